import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("consultations", "0001_initial"),
        ("consultations", "0002_name_policy"),
        ("consultations", "0003_writing_stopped"),
        ("consultations", "0004_moderation_mode"),
        ("consultations", "0005_post_pause"),
        ("consultations", "0006_meetings_sign_up_and_minutes"),
        ("consultations", "0007_document_versions"),
        ("consultations", "0008_proposal_versions"),
        ("consultations", "0009_legal_clock"),
        ("consultations", "0010_consultation_maps"),
        ("consultations", "0011_one_suggestion_box"),
        ("consultations", "0012_team"),
        ("consultations", "0013_reviews_and_stages"),
        ("consultations", "0014_english_version"),
        ("consultations", "0015_hearing_parties"),
        ("consultations", "0016_merged_topics"),
        ("consultations", "0017_cancelled_for_good"),
        ("consultations", "0018_forms_carried_out_once"),
        ("consultations", "0019_invitation_address"),
        ("consultations", "0020_drafts_and_maps_saved_once"),
    ]

    dependencies = [
        ("municipality", "0012_crest_or_logo"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Consultation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stop_sentence",
                    models.CharField(blank=True, max_length=300, verbose_name="why nobody can write for now"),
                ),
                ("stopped_at", models.DateTimeField(null=True)),
                ("statutory_minimum", models.PositiveSmallIntegerField(null=True)),
                ("chosen_period", models.PositiveSmallIntegerField(null=True)),
                (
                    "shorter_because",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why the period is shorter than the law asks"
                    ),
                ),
                ("plandata_number", models.CharField(blank=True, max_length=20, verbose_name="number in Plandata")),
                ("plandata_published_on", models.DateField(null=True, verbose_name="published in Plandata on")),
                ("takes_late", models.BooleanField(default=False, verbose_name="late contributions are taken")),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="address")),
                (
                    "kind",
                    models.CharField(
                        choices=[("hearing", "Hearing"), ("suggestions", "Suggestion box"), ("news", "News")],
                        default="hearing",
                        max_length=20,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("review", "Being reviewed"),
                            ("published", "Published"),
                            ("considered", "Being considered"),
                            ("decided", "Decided"),
                            ("followed_up", "Followed up"),
                            ("archived", "Laid away"),
                            ("cancelled", "Called off"),
                        ],
                        default="draft",
                        max_length=20,
                    ),
                ),
                (
                    "write_access",
                    models.CharField(
                        choices=[
                            ("confirmed", "Anyone with a confirmed account"),
                            ("residents", "Verified residents only"),
                        ],
                        default="confirmed",
                        max_length=20,
                        verbose_name="who may write",
                    ),
                ),
                (
                    "name_policy",
                    models.CharField(
                        choices=[("full_name", "Full name"), ("first_name", "First name and district")],
                        default="full_name",
                        max_length=20,
                        verbose_name="how names are shown",
                    ),
                ),
                (
                    "moderation_mode",
                    models.CharField(
                        choices=[("before", "Before it is published"), ("after", "After it is published")],
                        default="before",
                        max_length=20,
                        verbose_name="when a moderator reads",
                    ),
                ),
                (
                    "post_pause",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "None"), (1, "1 minute"), (5, "5 minutes"), (15, "15 minutes"), (60, "1 hour")],
                        default=0,
                        verbose_name="minutes between two contributions of one person",
                    ),
                ),
                ("title", models.CharField(max_length=140, verbose_name="title")),
                ("lede", models.CharField(blank=True, max_length=300, verbose_name="in one sentence")),
                ("body", models.TextField(blank=True, max_length=40000, verbose_name="the proposal in plain words")),
                ("body_html", models.TextField(blank=True)),
                ("proposal_version", models.PositiveSmallIntegerField(default=0)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("english_revision", models.PositiveIntegerField(default=0)),
                ("decision_note", models.CharField(blank=True, max_length=200, verbose_name="who decides, and when")),
                ("contact", models.CharField(blank=True, max_length=300, verbose_name="whom to ask")),
                ("created_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("next_number", models.PositiveIntegerField(default=1)),
                ("last_received_at", models.DateTimeField(null=True)),
                ("published_count", models.PositiveIntegerField(default=0)),
                ("is_imported", models.BooleanField(default=False)),
                ("form_key", models.UUIDField(null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "legal_basis",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="municipality.legalbasis",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["-published_at", "-id"], name="consultation_by_publication")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["cancelled", "draft", "review"]),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="consultation_published_has_time",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "suggestions")), fields=("kind",), name="one_suggestion_box"
                    ),
                    models.UniqueConstraint(fields=("form_key",), name="consultation_made_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConsultationMap",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("description", models.CharField(blank=True, max_length=1000, verbose_name="what the map shows")),
                ("rings", models.JSONField(default=list)),
                ("features", models.PositiveIntegerField(default=0)),
                ("sha256", models.CharField(max_length=64)),
                ("set_at", models.DateTimeField()),
                ("form_key", models.UUIDField(null=True)),
                (
                    "consultation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="map", to="consultations.consultation"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DeadlineChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("old", models.DateTimeField()),
                ("new", models.DateTimeField()),
                ("cause", models.CharField(blank=True, max_length=300, verbose_name="why the deadline is moved")),
                ("changed_at", models.DateTimeField()),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deadline_changes",
                        to="consultations.consultation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("form_key", models.UUIDField(null=True)),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="consultations.consultation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("consultation", "position"), name="document_position_once"),
                    models.UniqueConstraint(fields=("consultation", "form_key"), name="document_made_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DocumentVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
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
                ("title", models.CharField(max_length=140, verbose_name="title")),
                ("description", models.CharField(blank=True, max_length=1000, verbose_name="what it shows")),
                ("what_changed", models.CharField(blank=True, max_length=300, verbose_name="what changed")),
                ("file", models.FileField(upload_to="documents/", verbose_name="file")),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("added_at", models.DateTimeField()),
                ("held_sentence", models.CharField(blank=True, max_length=300, verbose_name="why it is held back")),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="consultations.document",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("document", "version"), name="document_version_once")],
            },
        ),
        migrations.CreateModel(
            name="DraftComment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("body", models.TextField(max_length=4000, verbose_name="comment")),
                ("written_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="consultations.consultation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EnglishText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.CharField(max_length=40)),
                ("danish", models.TextField()),
                ("text", models.TextField(verbose_name="English version")),
                ("html", models.TextField(blank=True)),
                ("version", models.PositiveSmallIntegerField(default=0)),
                ("written_at", models.DateTimeField()),
                ("danish_changed_at", models.DateTimeField(null=True)),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="english_texts",
                        to="consultations.consultation",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("consultation", "place"), name="english_text_once")],
            },
        ),
        migrations.CreateModel(
            name="HearingParty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("authority", "Authority"),
                            ("organisation", "Organisation"),
                            ("group", "Group, as neighbours"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=140, verbose_name="name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail address")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="address")),
                ("postal_line", models.CharField(blank=True, max_length=100, verbose_name="postal code and town")),
                ("answered_number", models.PositiveIntegerField(null=True, verbose_name="number of its contribution")),
                ("added_at", models.DateTimeField()),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parties",
                        to="consultations.consultation",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("consultation", "name"), name="hearing_party_once")],
            },
        ),
        migrations.CreateModel(
            name="HearingInvitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("site", "By mail from the site"),
                            ("email", "E-mail from the office"),
                            ("digital_post", "Digital Post"),
                            ("letter", "Letter"),
                            ("meeting", "At a meeting"),
                        ],
                        max_length=20,
                        verbose_name="how",
                    ),
                ),
                ("invited_on", models.DateField(verbose_name="invited on")),
                ("sent_to", models.EmailField(blank=True, max_length=254, verbose_name="sent to")),
                ("deadline", models.DateTimeField(null=True, verbose_name="deadline they were told")),
                ("noted_at", models.DateTimeField()),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="consultations.hearingparty",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("party", "way", "invited_on", "sent_to"), name="hearing_invitation_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MapFeature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("area", "Area"),
                            ("line", "Line"),
                            ("turbine", "Wind turbine"),
                            ("point", "Other point"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=6, verbose_name="number")),
                ("name", models.CharField(blank=True, max_length=80, verbose_name="name")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("geometry", models.JSONField()),
                ("height_m", models.FloatField(null=True, verbose_name="total height")),
                ("rotor_m", models.FloatField(null=True, verbose_name="rotor diameter")),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="map_features",
                        to="consultations.consultation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("consultation", "position"), name="map_feature_position_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("uid", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("sequence", models.PositiveIntegerField(default=0)),
                (
                    "status",
                    models.CharField(
                        choices=[("announced", "Announced"), ("called_off", "Called off")],
                        default="announced",
                        max_length=20,
                    ),
                ),
                ("title", models.CharField(max_length=140, verbose_name="title")),
                ("starts_at", models.DateTimeField(verbose_name="from")),
                ("ends_at", models.DateTimeField(verbose_name="until")),
                ("place", models.CharField(max_length=200, verbose_name="place")),
                ("access", models.CharField(blank=True, max_length=300, verbose_name="access")),
                ("about", models.TextField(blank=True, max_length=2000, verbose_name="what it is about")),
                ("about_html", models.TextField(blank=True)),
                (
                    "online_link",
                    models.URLField(blank=True, max_length=300, verbose_name="link for taking part online"),
                ),
                ("takes_sign_ups", models.BooleanField(default=False, verbose_name="people sign up")),
                ("places", models.PositiveSmallIntegerField(null=True, verbose_name="places")),
                ("sign_up_until", models.DateTimeField(null=True, verbose_name="sign-up until")),
                ("taken", models.PositiveIntegerField(default=0)),
                ("waiting", models.PositiveIntegerField(default=0)),
                ("announced_at", models.DateTimeField(null=True)),
                ("form_key", models.UUIDField(null=True)),
                ("changed_at", models.DateTimeField(null=True)),
                ("call_off_reason", models.CharField(blank=True, max_length=300, verbose_name="why it was called off")),
                ("called_off_at", models.DateTimeField(null=True)),
                ("minutes", models.TextField(blank=True, max_length=20000, verbose_name="minutes")),
                ("minutes_html", models.TextField(blank=True)),
                ("minutes_published_at", models.DateTimeField(null=True)),
                ("attended", models.PositiveIntegerField(null=True, verbose_name="how many came")),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meetings",
                        to="consultations.consultation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["starts_at"], name="meeting_by_start"),
                    models.Index(fields=["ends_at"], name="meeting_by_end"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("consultation", "number"), name="meeting_number_once"),
                    models.UniqueConstraint(fields=("consultation", "form_key"), name="meeting_made_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="meeting_ends_after_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("places", None), ("taken__lte", models.F("places")), _connector="OR"),
                        name="meeting_not_overfull",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "announced"), models.Q(("call_off_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="meeting_called_off_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingSignUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("companions", models.PositiveSmallIntegerField(default=0, verbose_name="how many you bring")),
                (
                    "status",
                    models.CharField(
                        choices=[("placed", "Has a place"), ("waiting", "On the waiting list")], max_length=20
                    ),
                ),
                ("signed_up_at", models.DateTimeField()),
                ("reminded_of", models.DateTimeField(null=True)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sign_ups", to="consultations.meeting"
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
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "person"), name="signed_up_once"),
                    models.CheckConstraint(condition=models.Q(("companions__lte", 4)), name="sign_up_few_companions"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Phase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=80, verbose_name="title")),
                ("opens_at", models.DateTimeField(verbose_name="from")),
                ("closes_at", models.DateTimeField(null=True, verbose_name="until")),
                ("accepts_contributions", models.BooleanField(default=False, verbose_name="people can write")),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="phases",
                        to="consultations.consultation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("consultation", "position"), name="phase_position_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closes_at", None), ("closes_at__gt", models.F("opens_at")), _connector="OR"
                        ),
                        name="phase_closes_after_opening",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PhaseNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("opened", "Begun"), ("closed", "Ended")], max_length=10)),
                ("moment", models.DateTimeField()),
                ("noted_at", models.DateTimeField(null=True)),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="phase_notes",
                        to="consultations.consultation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("consultation", "kind", "moment"), name="phase_noted_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ProposalVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=140, verbose_name="title")),
                ("lede", models.CharField(blank=True, max_length=300, verbose_name="in one sentence")),
                ("body", models.TextField(blank=True, verbose_name="the proposal in plain words")),
                ("salt", models.BinaryField(max_length=32)),
                ("what_changed", models.CharField(blank=True, max_length=300, verbose_name="what changed")),
                ("made_at", models.DateTimeField()),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="consultations.consultation",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("consultation", "version"), name="proposal_version_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[("asked", "Asked for"), ("approved", "Approved"), ("sent_back", "Sent back")],
                        default="asked",
                        max_length=20,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("seen", models.BigIntegerField(default=0)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reviews",
                        to="consultations.consultation",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "asked")), fields=("consultation",), name="review_asked_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StageChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("review", "Being reviewed"),
                            ("published", "Published"),
                            ("considered", "Being considered"),
                            ("decided", "Decided"),
                            ("followed_up", "Followed up"),
                            ("archived", "Laid away"),
                            ("cancelled", "Called off"),
                        ],
                        max_length=20,
                    ),
                ),
                ("sentence", models.CharField(blank=True, max_length=500, verbose_name="what everyone reads about it")),
                ("changed_at", models.DateTimeField()),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stages",
                        to="consultations.consultation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["cancelled", "decided", "followed_up"]), _negated=True),
                            models.Q(("sentence", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="stage_with_sentence",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TeamMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("owner", "Owner"), ("editor", "Editor"), ("answerer", "Answers")],
                        max_length=20,
                        verbose_name="role in the team",
                    ),
                ),
                ("added_at", models.DateTimeField(null=True)),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="team",
                        to="consultations.consultation",
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
                "constraints": [models.UniqueConstraint(fields=("consultation", "person"), name="team_member_once")],
            },
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stop_sentence",
                    models.CharField(blank=True, max_length=300, verbose_name="why nobody can write for now"),
                ),
                ("stopped_at", models.DateTimeField(null=True)),
                ("slug", models.SlugField(max_length=80, verbose_name="address")),
                ("position", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=140, verbose_name="title")),
                ("question", models.CharField(blank=True, max_length=300, verbose_name="question to people")),
                (
                    "icon",
                    models.CharField(
                        choices=[
                            ("chat", "Speech bubble"),
                            ("sound", "Sound"),
                            ("leaf", "Leaf"),
                            ("view", "Landscape"),
                            ("home", "House"),
                            ("coin", "Coin"),
                            ("road", "Road"),
                        ],
                        default="chat",
                        max_length=20,
                        verbose_name="sign",
                    ),
                ),
                ("facts_source", models.CharField(blank=True, max_length=200, verbose_name="source of the facts")),
                ("published_count", models.PositiveIntegerField(default=0)),
                ("answered_count", models.PositiveIntegerField(default=0)),
                ("last_activity_at", models.DateTimeField(null=True)),
                ("merged_at", models.DateTimeField(null=True)),
                ("form_key", models.UUIDField(null=True)),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="topics",
                        to="consultations.consultation",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="consultations.topic",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("consultation", "slug"), name="topic_slug_once"),
                    models.UniqueConstraint(fields=("consultation", "position"), name="topic_position_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("merged_at", None), ("merged_into", None)),
                            models.Q(
                                ("answered_count", 0),
                                ("merged_at__isnull", False),
                                ("merged_into__isnull", False),
                                ("published_count", 0),
                            ),
                            _connector="OR",
                        ),
                        name="topic_merged_is_empty",
                    ),
                    models.UniqueConstraint(fields=("consultation", "form_key"), name="topic_made_once"),
                ],
            },
        ),
        migrations.AddField(
            model_name="meeting",
            name="minutes_topics",
            field=models.ManyToManyField(related_name="+", to="consultations.topic"),
        ),
        migrations.CreateModel(
            name="Fact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("value", models.CharField(max_length=40, verbose_name="figure")),
                ("unit", models.CharField(blank=True, max_length=20, verbose_name="unit")),
                ("label", models.CharField(max_length=140, verbose_name="what it says")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="facts",
                        to="consultations.consultation",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="facts",
                        to="consultations.topic",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("topic", "position"), name="fact_position_once_a_topic"),
                    models.UniqueConstraint(
                        condition=models.Q(("topic", None)),
                        fields=("consultation", "position"),
                        name="fact_position_once",
                    ),
                ],
            },
        ),
    ]
