from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("discussions", "0013_letter_clusters"),
    ]

    operations = [
        # What was received before versions were kept was written to the first.
        migrations.AddField(
            model_name="contribution",
            name="proposal_version",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AlterField(
            model_name="contribution",
            name="proposal_version",
            field=models.PositiveSmallIntegerField(default=0),
        ),
    ]
