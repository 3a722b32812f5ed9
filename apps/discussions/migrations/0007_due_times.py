from datetime import timedelta

from django.db import migrations, models
from django.db.models import F

HOURS = timedelta(hours=4)


def fill(apps, schema_editor):
    """What waits keeps its order: due as long after its receipt as was promised when it came, by the clock."""
    contributions = apps.get_model("discussions", "Contribution")
    contributions._meta.default_manager.filter(status="waiting").update(due_at=F("received_at") + HOURS)


class Migration(migrations.Migration):
    dependencies = [
        ("discussions", "0006_sealed_texts"),
        ("municipality", "0006_working_hours"),
    ]

    operations = [
        migrations.AddField(
            model_name="contribution",
            name="due_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
