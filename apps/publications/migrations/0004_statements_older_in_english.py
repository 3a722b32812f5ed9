"""What Danish text a statement's English one was written to; those there are taken as up to date."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("publications", "0003_statements_in_english"),
    ]

    operations = [
        migrations.AddField(
            model_name="statement",
            name="english_of",
            field=models.CharField(blank=True, max_length=64),
        ),
    ]
