"""A signpost may say in a sentence why the text was moved."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("discussions", "0022_citizen_proposals_stand_still")]

    operations = [
        migrations.AddField(
            model_name="signpost",
            name="sentence",
            field=models.CharField(blank=True, default="", max_length=200),
            preserve_default=False,
        ),
    ]
