"""What stood beside a text is kept with its former versions."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("discussions", "0024_signposts_say_why")]

    operations = [
        migrations.AddField(
            model_name="pasttext",
            name="note",
            field=models.CharField(blank=True, default="", max_length=200),
            preserve_default=False,
        ),
    ]
