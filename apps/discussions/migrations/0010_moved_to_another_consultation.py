import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0003_writing_stopped"),
        ("discussions", "0009_redactions_can_be_lifted"),
        ("municipality", "0006_working_hours"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="contribution",
            name="moved_from",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="discussions.contribution"
            ),
        ),
        migrations.AddField(
            model_name="contribution",
            name="moved_to",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="numbers_before",
                to="discussions.contribution",
            ),
        ),
        migrations.AlterField(
            model_name="contribution",
            name="status",
            field=models.CharField(
                choices=[
                    ("waiting", "Waiting for a moderator"),
                    ("published", "Published"),
                    ("refused", "Not published"),
                    ("returned", "Sent back to its author"),
                    ("hidden", "Hidden by a moderator"),
                    ("withdrawn", "Withdrawn by its author"),
                    ("erased", "Text erased"),
                    ("moved", "Moved to another consultation"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("moved_to__isnull", False),
                        ("status", "moved"),
                        ("author_name", ""),
                        ("body", ""),
                        ("body_html", ""),
                        ("note", ""),
                        ("source", ""),
                        ("source_ref", ""),
                        ("submission_key", None),
                    ),
                    models.Q(models.Q(("status", "moved"), _negated=True), ("moved_to", None)),
                    _connector="OR",
                ),
                name="contribution_moved_has_no_text",
            ),
        ),
    ]
