from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("discussions", "0022_citizen_proposals_stand_still"),
    ]

    operations = [
        migrations.AddField(
            model_name="senderaddress",
            name="email_failed_at",
            field=models.DateTimeField(null=True),
        ),
    ]
