import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("notifications", "0001_initial"),
        ("notifications", "0002_mail_person"),
        ("notifications", "0003_follows"),
        ("notifications", "0004_told_stages"),
        ("notifications", "0005_told_changes"),
    ]

    dependencies = [
        ("consultations", "0001_squashed_0020_drafts_and_maps_saved_once"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Follow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField()),
                (
                    "told_state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("review", "Being reviewed"),
                            ("planned", "Opens later"),
                            ("open", "Open"),
                            ("closed", "Closed"),
                            ("considered", "Being considered"),
                            ("decided", "Decided"),
                            ("followed_up", "Followed up"),
                            ("archived", "Laid away"),
                            ("cancelled", "Called off"),
                        ],
                        max_length=20,
                    ),
                ),
                ("told_moment", models.DateTimeField(null=True)),
                ("told_summary", models.PositiveIntegerField(default=0)),
                ("told_change", models.PositiveBigIntegerField(default=0)),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="consultations.consultation"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("person", "consultation"), name="follow_once")],
            },
        ),
        migrations.CreateModel(
            name="OutgoingMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(blank=True, max_length=120)),
                ("to", models.EmailField(max_length=254)),
                ("sender", models.CharField(max_length=320)),
                ("subject", models.CharField(max_length=300)),
                ("body", models.TextField()),
                ("stop_link", models.CharField(blank=True, max_length=300)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("in_flight", "Being sent"),
                            ("sent", "Sent"),
                            ("refused", "Not sent"),
                        ],
                        default="queued",
                        max_length=20,
                    ),
                ),
                ("message_id", models.CharField(max_length=120)),
                ("written_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("claimed_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("problem", models.CharField(blank=True, max_length=300)),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("status__in", ["queued", "in_flight"])),
                        fields=["due_at", "id"],
                        name="mail_due",
                    ),
                    models.Index(fields=["to", "-written_at"], name="mail_by_address"),
                    models.Index(
                        condition=models.Q(
                            models.Q(("status__in", ["queued", "in_flight"]), _negated=True),
                            models.Q(("body", ""), _negated=True),
                        ),
                        fields=["written_at"],
                        name="mail_with_body",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("key", ""), _negated=True), fields=("key", "to"), name="mail_written_once"
                    )
                ],
            },
        ),
    ]
