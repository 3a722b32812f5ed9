from typing import Any

from django.db import migrations, models


def cancelled_so_far(apps: Any, _editor: Any) -> None:
    """What was cancelled before this stood in a column of its own, also where it was laid away since."""
    changes = apps.get_model("consultations", "StageChange").objects.filter(status="cancelled")
    for pk, moment in changes.order_by("pk").values_list("consultation", "changed_at"):
        apps.get_model("consultations", "Consultation").objects.filter(pk=pk).update(cancelled_at=moment)


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0016_merged_topics"),
    ]

    operations = [
        migrations.AddField(
            model_name="consultation",
            name="cancelled_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(cancelled_so_far, migrations.RunPython.noop),
    ]
