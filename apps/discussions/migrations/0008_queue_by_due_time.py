from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0002_name_policy"),
        ("discussions", "0007_due_times"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(model_name="contribution", name="contribution_queue"),
        migrations.RemoveIndex(model_name="contribution", name="contribution_queue_part"),
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(
                condition=models.Q(("status", "waiting")), fields=["due_at", "number", "id"], name="contribution_queue"
            ),
        ),
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(
                condition=models.Q(("status", "waiting")),
                fields=["consultation", "due_at", "number", "id"],
                name="contribution_queue_part",
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "waiting"), _negated=True), ("due_at__isnull", False), _connector="OR"
                ),
                name="contribution_waiting_is_due",
            ),
        ),
    ]
