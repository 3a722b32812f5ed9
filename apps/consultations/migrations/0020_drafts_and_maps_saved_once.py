from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0019_invitation_address"),
    ]

    operations = [
        migrations.AddField(model_name="consultation", name="form_key", field=models.UUIDField(null=True)),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.UniqueConstraint(fields=("form_key",), name="consultation_made_once"),
        ),
        migrations.AddField(model_name="consultationmap", name="form_key", field=models.UUIDField(null=True)),
    ]
