import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("residency", "0001_initial"),
        ("residency", "0002_methods_keys_letters"),
        ("residency", "0003_lists_of_the_desk"),
        ("residency", "0004_expired_letters"),
    ]

    dependencies = [
        ("municipality", "0012_crest_or_logo"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LetterBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_at", models.DateTimeField()),
                ("posted_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "posted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("requested", "Waits to be printed"),
                            ("posted", "Posted"),
                            ("used", "Used"),
                            ("locked", "Locked after too many wrong codes"),
                            ("expired", "Not used in time"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="requested",
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name on the letterbox")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="address")),
                ("postal_line", models.CharField(blank=True, max_length=100)),
                ("address_key", models.CharField(db_index=True, max_length=64)),
                ("name_address_key", models.CharField(db_index=True, max_length=64)),
                ("code_hash", models.CharField(blank=True, max_length=128)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("requested_at", models.DateTimeField()),
                ("posted_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("sentence", models.CharField(blank=True, max_length=500)),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="municipality.district"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="letters", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="residency.letterbatch",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["status", "requested_at", "id"], name="letter_by_status")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ("requested", "posted"))),
                        fields=("person",),
                        name="letter_one_open",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Residency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "Waits for a second official"),
                            ("active", "Verified"),
                            ("ended", "Ended"),
                        ],
                        default="active",
                        max_length=20,
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("mitid", "With MitID"),
                            ("letter", "By a letter with a code"),
                            ("desk", "At the town-hall desk"),
                        ],
                        max_length=20,
                    ),
                ),
                ("municipality_code", models.CharField(max_length=4)),
                ("assurance_level", models.CharField(blank=True, max_length=20)),
                (
                    "age_band",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("under_18", "Under 18"),
                            ("18_29", "18 to 29"),
                            ("30_44", "30 to 44"),
                            ("45_64", "45 to 64"),
                            ("from_65", "65 or older"),
                        ],
                        max_length=20,
                    ),
                ),
                ("person_key", models.CharField(blank=True, max_length=64)),
                ("key_version", models.PositiveSmallIntegerField(null=True)),
                ("key_issuer", models.CharField(blank=True, max_length=200)),
                ("address_key", models.CharField(blank=True, max_length=64)),
                ("name_address_key", models.CharField(blank=True, max_length=64)),
                (
                    "shown_document",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("passport", "Passport and health card"),
                            ("driving_licence", "Driving licence and health card"),
                            ("residence_card", "Residence card and health card"),
                            ("identity_card", "Danish or EU identity card and health card"),
                            ("other", "Other proof that a colleague has approved"),
                        ],
                        max_length=20,
                        verbose_name="what was shown",
                    ),
                ),
                ("verified_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("expired", "it ran out"),
                            ("renewed", "it was renewed"),
                            ("moved_account", "it was moved to another account of the same person"),
                            ("moved_out", "the person moved away"),
                            ("mistake", "it was granted by mistake"),
                            ("double", "the person has it on another account"),
                            ("misuse", "it was obtained wrongly"),
                            ("own_wish", "the person wished it"),
                            ("declined", "the second official declined it"),
                        ],
                        max_length=20,
                    ),
                ),
                ("end_sentence", models.CharField(blank=True, max_length=500)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="municipality.district"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="residencies",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "verified_by",
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
                        condition=models.Q(("name_address_key", ""), _negated=True),
                        fields=["name_address_key"],
                        name="residency_doubles",
                    ),
                    models.Index(
                        condition=models.Q(("address_key", ""), _negated=True),
                        fields=["address_key"],
                        name="residency_by_address",
                    ),
                    models.Index(fields=["-verified_at", "-id"], name="residency_newest_first"),
                    models.Index(
                        condition=models.Q(("status", "proposed")),
                        fields=["verified_at", "id"],
                        name="residency_waiting",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "ended"), _negated=True),
                        fields=("person",),
                        name="residency_one_of_an_account",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("status", "ended"), _negated=True), models.Q(("person_key", ""), _negated=True)
                        ),
                        fields=("person_key",),
                        name="residency_one_of_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("verified_at"))), name="residency_expires_later"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(models.Q(("status", "ended"), _negated=True), ("ended_at", None)),
                            models.Q(("status", "ended"), ("ended_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="residency_ended_has_a_moment",
                    ),
                ],
            },
        ),
    ]
