import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("moderation", "0001_initial"),
        ("moderation", "0002_decision_keeps_its_topic"),
        ("moderation", "0003_returning_and_hiding"),
        ("moderation", "0004_second_readings"),
        ("moderation", "0005_reports_appeals_deputy"),
        ("moderation", "0006_statements_of_reasons"),
        ("moderation", "0007_redacting"),
        ("moderation", "0008_undoing_and_looking"),
        ("moderation", "0009_appeals_that_lapse_and_their_decisions"),
        ("moderation", "0010_decision_leaves_a_number"),
        ("moderation", "0011_first_readings"),
        ("moderation", "0012_pause_appeals"),
        ("moderation", "0013_statements_by_post"),
        ("moderation", "0014_statements_of_pauses_and_files"),
        ("moderation", "0015_appeals_by_letter"),
    ]

    dependencies = [
        ("accounts", "0003_roles_from_groups"),
        ("consultations", "0001_squashed_0020_drafts_and_maps_saved_once"),
        ("discussions", "0001_squashed_0021_citizen_proposals"),
        ("municipality", "0012_crest_or_logo"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("claimed_at", models.DateTimeField(null=True)),
                (
                    "about_staff",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "claimed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "contribution",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="case", to="discussions.contribution"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("publish", "Publish"),
                            ("refuse", "Refuse"),
                            ("return", "Ask for an edit"),
                            ("move", "Move to another topic"),
                            ("hide", "Hide"),
                            ("restore", "Show again"),
                            ("redact", "Redact a passage"),
                            ("lift", "Put a passage back"),
                            ("review", "Let it stand"),
                            ("hold_file", "Hold a file back"),
                            ("show_file", "Show a file again"),
                        ],
                        max_length=20,
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("sentence", models.CharField(blank=True, max_length=500, verbose_name="sentence shown to everyone")),
                ("internal_facts", models.TextField(blank=True, verbose_name="facts for moderators only")),
                ("decided_at", models.DateTimeField()),
                ("is_first_reading", models.BooleanField(default=False)),
                ("undone_at", models.DateTimeField(null=True)),
                ("is_of_appeal", models.BooleanField(default=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="moderation.case"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="decisions",
                        to="discussions.attachment",
                    ),
                ),
                (
                    "left",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="discussions.contribution",
                    ),
                ),
                (
                    "moved_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="consultations.topic",
                    ),
                ),
                (
                    "reason",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="municipality.refusalreason",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["case", "-id"], name="decision_by_case"),
                    models.Index(fields=["decided_by", "decided_at"], name="decision_by_moderator"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("outcome__in", ("refuse", "return", "hide", "redact", "hold_file")), _negated=True
                            ),
                            models.Q(("reason__isnull", False), models.Q(("sentence", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="decision_withholds_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "move"), _negated=True), ("moved_to__isnull", False), _connector="OR"
                        ),
                        name="decision_moves_somewhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("left", None), ("outcome", "move"), _connector="OR"),
                        name="decision_leaves_a_number_by_moving",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("file", None), ("outcome__in", ("hold_file", "show_file")), _connector="OR"
                        ),
                        name="decision_about_a_file",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Deputy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("named_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "named_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.Value(1), condition=models.Q(("ended_at", None)), name="deputy_one_at_a_time"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("looked_at", models.DateTimeField(db_index=True)),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="looks", to="discussions.contribution"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PauseAppeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(blank=True, verbose_name="why the decision is wrong")),
                ("received_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("upheld", "The decision stands"), ("reversed", "The decision was reversed")],
                        max_length=20,
                    ),
                ),
                ("sentence", models.CharField(blank=True, max_length=500, verbose_name="reasons to who appealed")),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="discussions.contribution"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "first_decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "pause",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeal",
                        to="discussions.writingpause",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("decided_at", None)), fields=["due_at", "id"], name="pause_appeal_due"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("first_decided_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="pause_appeal_decided_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("outcome", "")),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                                models.Q(("sentence", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="pause_appeal_decided_with_reasons",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, unique=True)),
                ("submission_key", models.UUIDField(unique=True)),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail address")),
                ("language", models.CharField(max_length=5)),
                ("legal_ground", models.CharField(blank=True, max_length=200, verbose_name="law that it may break")),
                ("explanation", models.TextField(blank=True, verbose_name="explanation")),
                ("received_at", models.DateTimeField()),
                (
                    "reason",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="municipality.refusalreason"
                    ),
                ),
                (
                    "reporter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["reporter", "-id"], name="report_by_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reporter", None), ("email", ""), _connector="OR"),
                        name="report_of_account_or_address",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Appeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(blank=True, verbose_name="why the decision is wrong")),
                ("received_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("upheld", "The decision stands"),
                            ("reversed", "The decision was reversed"),
                            ("lapsed", "There was nothing left to decide"),
                        ],
                        max_length=20,
                    ),
                ),
                ("sentence", models.CharField(blank=True, max_length=500, verbose_name="reasons to who appealed")),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeals",
                        to="discussions.contribution",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "first_decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeal",
                        to="moderation.decision",
                    ),
                ),
                (
                    "report",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeal",
                        to="moderation.report",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("decided_at", None)), fields=["due_at", "id"], name="appeal_due"),
                    models.Index(fields=["contribution", "-id"], name="appeal_by_contribution"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("first_decided_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="appeal_decided_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("outcome", "")),
                            models.Q(("decided_at__isnull", False), ("decided_by", None), ("outcome", "lapsed")),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("outcome__in", ("upheld", "reversed")),
                                models.Q(("sentence", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="appeal_decided_with_reasons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision", None), ("report__isnull", False)),
                            models.Q(("decision__isnull", False), ("report", None)),
                            _connector="OR",
                        ),
                        name="appeal_against_one_thing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("opened_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("left", "The text stays"),
                            ("acted", "The text is no longer shown"),
                            ("gone", "The text was taken back or erased meanwhile"),
                        ],
                        max_length=20,
                    ),
                ),
                ("sentence", models.CharField(blank=True, max_length=500, verbose_name="sentence to who reported it")),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report_cases",
                        to="discussions.contribution",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("settled_at", None)), fields=["due_at", "id"], name="report_case_due"
                    ),
                    models.Index(
                        condition=models.Q(("settled_at__isnull", False)),
                        fields=["settled_at", "id"],
                        name="report_case_settled",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("settled_at", None)), fields=("contribution",), name="report_case_open_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", ""), ("settled_at", None), ("settled_by", None)),
                            models.Q(
                                ("settled_at__isnull", False),
                                ("settled_by__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="report_case_settled_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "left"), _negated=True),
                            models.Q(("sentence", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="report_case_left_with_sentence",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="report",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="moderation.reportcase"
            ),
        ),
        migrations.CreateModel(
            name="SecondReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verdict",
                    models.CharField(
                        choices=[("publish", "I would publish it"), ("refuse", "I would not publish it")], max_length=20
                    ),
                ),
                ("read_at", models.DateTimeField()),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="second_reading",
                        to="moderation.decision",
                    ),
                ),
                (
                    "first_reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["read_at"], name="second_reading_by_time")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reader", models.F("first_reader")), _negated=True),
                        name="second_reader_is_another",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StatementOfReasons",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("puid", models.CharField(max_length=64, unique=True)),
                ("decision_visibility", models.CharField(blank=True, max_length=60)),
                ("decision_visibility_other", models.CharField(blank=True, max_length=500)),
                ("decision_provision", models.CharField(blank=True, max_length=60)),
                ("service_until", models.DateField(null=True)),
                (
                    "ground",
                    models.CharField(
                        choices=[("incompatible", "Against a house rule"), ("illegal", "Against the law")],
                        max_length=20,
                    ),
                ),
                ("legal_ground", models.CharField(max_length=500)),
                ("explanation", models.CharField(max_length=2000)),
                ("category", models.CharField(max_length=80)),
                ("keyword", models.CharField(blank=True, max_length=80)),
                ("decision_facts", models.TextField(max_length=5000)),
                ("source_type", models.CharField(default="SOURCE_VOLUNTARY", max_length=40)),
                ("automated_detection", models.BooleanField(default=False)),
                ("automated_decision", models.CharField(default="AUTOMATED_DECISION_NOT_AUTOMATED", max_length=40)),
                ("content_type", models.CharField(default="CONTENT_TYPE_TEXT", max_length=40)),
                ("content_type_other", models.CharField(blank=True, max_length=40)),
                ("content_date", models.DateField()),
                ("given_at", models.DateTimeField()),
                ("appeal_until", models.DateTimeField()),
                (
                    "contribution",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="discussions.contribution",
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statement",
                        to="moderation.decision",
                    ),
                ),
                (
                    "pause",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="statement",
                        to="discussions.writingpause",
                    ),
                ),
                (
                    "reason",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="municipality.refusalreason"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["given_at", "id"], name="statement_by_moment"),
                    models.Index(fields=["contribution", "-id"], name="statement_by_contribution"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("legal_ground", ""), _negated=True),
                            models.Q(("explanation", ""), _negated=True),
                            models.Q(("decision_facts", ""), _negated=True),
                        ),
                        name="statement_is_complete",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("appeal_until__gt", models.F("given_at"))), name="statement_can_be_appealed"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("contribution__isnull", False),
                                ("decision__isnull", False),
                                ("decision_provision", ""),
                                ("pause", None),
                                models.Q(("decision_visibility", ""), _negated=True),
                            ),
                            models.Q(
                                ("contribution", None),
                                ("decision", None),
                                ("decision_visibility", ""),
                                models.Q(("decision_provision", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="statement_of_one_restriction",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StatementPosting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("posted_at", models.DateTimeField()),
                (
                    "posted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "statement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posting",
                        to="moderation.statementofreasons",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AppealLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("came_on", models.DateField(verbose_name="came on")),
                ("scan", models.FileField(blank=True, upload_to="appeals/")),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("pdf", "PDF"),
                            ("png", "PNG"),
                            ("jpeg", "JPEG"),
                            ("webp", "WebP"),
                            ("geojson", "GeoJSON"),
                        ],
                        max_length=10,
                    ),
                ),
                ("size", models.PositiveIntegerField(default=0)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("outcome_posted_at", models.DateTimeField(null=True)),
                (
                    "appeal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="letter", to="moderation.appeal"
                    ),
                ),
                (
                    "typed_by",
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
                        condition=models.Q(("outcome_posted_at", None)),
                        fields=["appeal"],
                        name="appeal_letter_to_answer",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", ""), ("scan", ""), ("sha256", ""), ("size", 0)),
                            models.Q(
                                models.Q(("scan", ""), _negated=True),
                                models.Q(("kind", ""), _negated=True),
                                models.Q(("sha256", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="appeal_letter_scan_is_whole",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["case", "id"], name="report_by_case"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(fields=("case", "reporter"), name="report_once_a_person"),
        ),
    ]
