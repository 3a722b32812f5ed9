from typing import Any

from django.db import migrations, models


def told_so_far(apps: Any, _editor: Any) -> None:
    """Who follows was told of every deadline that was moved before this."""
    last = apps.get_model("consultations", "DeadlineChange").objects.order_by("pk").values_list("consultation", "pk")
    for consultation, change in dict(last).items():
        apps.get_model("notifications", "Follow").objects.filter(consultation=consultation).update(told_change=change)


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0009_legal_clock"),
        ("notifications", "0004_told_stages"),
    ]

    operations = [
        migrations.AddField(
            model_name="follow",
            name="told_change",
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.RunPython(told_so_far, migrations.RunPython.noop),
    ]
