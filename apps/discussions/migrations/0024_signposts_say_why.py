"""A signpost may say in a sentence why the text was moved."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("discussions", "0023_senders_mail_that_failed")]

    operations = [
        migrations.AddField(
            model_name="signpost",
            name="sentence",
            field=models.CharField(blank=True, default="", max_length=200),
            preserve_default=False,
        ),
    ]
