import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0003_writing_stopped"),
        ("discussions", "0010_moved_to_another_consultation"),
        ("moderation", "0009_appeals_that_lapse_and_their_decisions"),
        ("municipality", "0006_working_hours"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="left",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="discussions.contribution"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("left", None), ("outcome", "move"), _connector="OR"),
                name="decision_leaves_a_number_by_moving",
            ),
        ),
    ]
