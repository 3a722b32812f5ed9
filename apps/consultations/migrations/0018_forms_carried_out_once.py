from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0017_cancelled_for_good"),
    ]

    operations = [
        operation
        for name in ("document", "meeting", "topic")
        for operation in (
            migrations.AddField(model_name=name, name="form_key", field=models.UUIDField(null=True)),
            migrations.AddConstraint(
                model_name=name,
                constraint=models.UniqueConstraint(fields=("consultation", "form_key"), name=f"{name}_made_once"),
            ),
        )
    ]
