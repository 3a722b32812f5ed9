import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("discussions", "0001_initial"),
        ("discussions", "0002_lists_of_answers_and_questions"),
        ("discussions", "0003_queue_of_one_consultation"),
        ("discussions", "0004_names_and_erasure"),
        ("discussions", "0005_returned_and_hidden"),
        ("discussions", "0006_sealed_texts"),
        ("discussions", "0007_due_times"),
        ("discussions", "0008_queue_by_due_time"),
        ("discussions", "0009_redactions_can_be_lifted"),
        ("discussions", "0010_moved_to_another_consultation"),
        ("discussions", "0011_published_unread"),
        ("discussions", "0012_writing_pauses"),
        ("discussions", "0013_letter_clusters"),
        ("discussions", "0014_version_written_to"),
        ("discussions", "0015_came_late"),
        ("discussions", "0016_contribution_files"),
        ("discussions", "0017_suggestion_steps"),
        ("discussions", "0018_agreements"),
        ("discussions", "0019_places_on_the_map"),
        ("discussions", "0020_voices_from_outside"),
        ("discussions", "0021_citizen_proposals"),
    ]

    dependencies = [
        ("consultations", "0001_squashed_0020_drafts_and_maps_saved_once"),
        ("municipality", "0012_crest_or_logo"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Contribution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("root_number", models.PositiveIntegerField()),
                ("in_reply_to_number", models.PositiveIntegerField(null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("view", "View"),
                            ("question", "Question"),
                            ("proposal", "Proposal"),
                            ("answer", "Answer"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "status",
                    models.CharField(
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
                ("author_name", models.CharField(blank=True, max_length=120)),
                ("author_title", models.CharField(blank=True, max_length=120)),
                ("author_district", models.CharField(blank=True, max_length=100)),
                ("author_is_resident", models.BooleanField(default=False)),
                ("author_is_organisation", models.BooleanField(default=False)),
                ("author_name_hidden", models.BooleanField(default=False)),
                ("body", models.TextField(blank=True)),
                ("body_html", models.TextField(blank=True)),
                ("salt", models.BinaryField(max_length=32)),
                ("version", models.PositiveIntegerField(default=1)),
                ("proposal_version", models.PositiveSmallIntegerField(default=0)),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("note", models.CharField(blank=True, max_length=200)),
                ("received_at", models.DateTimeField()),
                ("came_late", models.BooleanField(default=False)),
                ("due_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("unread_since", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("refusal_sentence", models.CharField(blank=True, max_length=500)),
                ("text_erased_at", models.DateTimeField(null=True)),
                (
                    "erasure_ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("third_party", "It held unlawful personal data about somebody else"),
                            ("unlawful", "The text itself was a criminal offence"),
                            ("confidential", "It held what the law keeps confidential"),
                            ("order", "A court or an authority ordered it"),
                            ("erasure_right", "The right to erasure was granted (GDPR article 17)"),
                        ],
                        max_length=20,
                    ),
                ),
                ("signed_version", models.PositiveIntegerField(default=0)),
                ("submission_key", models.UUIDField(null=True)),
                ("source_ref", models.CharField(blank=True, max_length=200)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="consultations.consultation"
                    ),
                ),
                (
                    "in_reply_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="discussions.contribution",
                    ),
                ),
                (
                    "moved_from",
                    models.ForeignKey(
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
                        related_name="numbers_before",
                        to="discussions.contribution",
                    ),
                ),
                (
                    "refusal_reason",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="municipality.refusalreason",
                    ),
                ),
                (
                    "root",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="discussions.contribution",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="consultations.topic"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "waiting"), _negated=True),
                        fields=["topic", "root_number", "number"],
                        name="thread_oldest_first",
                    ),
                    models.Index(
                        condition=models.Q(("status", "waiting"), _negated=True),
                        fields=["topic", "-root_number", "number"],
                        name="thread_newest_first",
                    ),
                    models.Index(
                        condition=models.Q(("status", "waiting")),
                        fields=["due_at", "number", "id"],
                        name="contribution_queue",
                    ),
                    models.Index(
                        condition=models.Q(("status", "waiting")),
                        fields=["consultation", "due_at", "number", "id"],
                        name="contribution_queue_part",
                    ),
                    models.Index(
                        condition=models.Q(("unread_since__isnull", False)),
                        fields=["due_at", "number", "id"],
                        name="contribution_unread",
                    ),
                    models.Index(
                        condition=models.Q(("unread_since__isnull", False)),
                        fields=["consultation", "due_at", "number", "id"],
                        name="contribution_unread_part",
                    ),
                    models.Index(fields=["author", "-id"], name="contribution_by_author"),
                    models.Index(
                        condition=models.Q(("kind", "answer")),
                        fields=["-received_at", "-id"],
                        name="contribution_latest_answers",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("answered_at__isnull", True), ("kind", "question"), ("status", "published")
                        ),
                        fields=["received_at", "id"],
                        name="contribution_open_questions",
                    ),
                    models.Index(
                        condition=models.Q(("status__in", ("refused", "hidden")), ("text_erased_at__isnull", True)),
                        fields=["decided_at", "id"],
                        name="contribution_kept_back",
                    ),
                    models.Index(
                        condition=models.Q(("status", "returned")),
                        fields=["decided_at", "id"],
                        name="contribution_returned",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("signed_version__lt", models.F("version")),
                            ("text_erased_at", None),
                            models.Q(("status", "withdrawn"), _negated=True),
                            models.Q(("kind", "answer"), _negated=True),
                        ),
                        fields=["id"],
                        name="contribution_unsigned",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("consultation", "number"), name="contribution_number_once"),
                    models.UniqueConstraint(fields=("author", "submission_key"), name="contribution_submitted_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("source_ref", ""), _negated=True),
                        fields=("consultation", "source_ref"),
                        name="contribution_imported_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("root", None), ("root_number", models.F("number"))),
                            ("root__isnull", False),
                            _connector="OR",
                        ),
                        name="contribution_root_is_its_own",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ("refused", "returned", "hidden")), _negated=True),
                            ("refusal_reason__isnull", False),
                            _connector="OR",
                        ),
                        name="contribution_withheld_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "waiting"), _negated=True), ("due_at__isnull", False), _connector="OR"
                        ),
                        name="contribution_waiting_is_due",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("unread_since__isnull", False), _negated=True),
                            models.Q(("due_at__isnull", False), ("status", "published")),
                            _connector="OR",
                        ),
                        name="contribution_unread_is_published",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("author_is_organisation", True), ("author_is_resident", True), _negated=True
                        ),
                        name="contribution_of_resident_or_organisation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status", "erased"),
                                ("text_erased_at__isnull", False),
                                models.Q(("erasure_ground", ""), _negated=True),
                            ),
                            models.Q(models.Q(("status", "erased"), _negated=True), ("erasure_ground", "")),
                            _connector="OR",
                        ),
                        name="contribution_erased_on_a_ground",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("text_erased_at", None),
                            models.Q(("body", ""), ("body_html", ""), ("note", ""), ("source", "")),
                            _connector="OR",
                        ),
                        name="contribution_erased_has_no_text",
                    ),
                    models.CheckConstraint(
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
                ],
            },
            managers=[
                ("stored", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="AgreementSum",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("told", models.PositiveIntegerField()),
                ("counted_at", models.DateTimeField(null=True)),
                (
                    "contribution",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agreement_sum",
                        to="discussions.contribution",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ContributionPlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("longitude", models.FloatField()),
                ("latitude", models.FloatField()),
                ("near", models.CharField(max_length=80)),
                ("metres", models.PositiveIntegerField()),
                ("is_shown", models.BooleanField(default=True)),
                (
                    "contribution",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="place", to="discussions.contribution"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LetterCluster",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shown_number", models.PositiveIntegerField(null=True)),
                ("size", models.PositiveIntegerField(default=0)),
                ("confirmed_at", models.DateTimeField()),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="consultations.topic"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("shown_number", None), ("size", 0)),
                            models.Q(("shown_number__isnull", False), ("size__gt", 0)),
                            _connector="OR",
                        ),
                        name="letter_shows_what_is_published",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="contribution",
            name="cluster",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="discussions.lettercluster",
            ),
        ),
        migrations.CreateModel(
            name="OffsiteAuthor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source_ref", models.CharField(max_length=200)),
                ("name", models.CharField(max_length=120)),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="consultations.consultation"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("consultation", "source_ref"), name="offsite_author_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="contribution",
            name="offsite_author",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="discussions.offsiteauthor"
            ),
        ),
        migrations.CreateModel(
            name="OutsideVoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("letter", "Letter"),
                            ("email", "E-mail"),
                            ("phone", "Phone call"),
                            ("meeting", "Said at a meeting"),
                            ("other", "In another way"),
                        ],
                        max_length=20,
                        verbose_name="how it came",
                    ),
                ),
                ("came_on", models.DateField(verbose_name="came on")),
                ("scan", models.FileField(blank=True, upload_to="voices/")),
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
                ("receipt_posted_at", models.DateTimeField(null=True)),
                (
                    "contribution",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outside",
                        to="discussions.contribution",
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
                        name="outside_voice_scan_is_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PastText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("body", models.TextField(blank=True)),
                ("salt", models.BinaryField(max_length=32)),
                ("replaced_at", models.DateTimeField()),
                ("is_sealed", models.BooleanField(default=False)),
                ("passage", models.TextField(blank=True)),
                ("bar", models.TextField(blank=True)),
                ("lifts", models.PositiveIntegerField(null=True)),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="past_texts",
                        to="discussions.contribution",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("contribution", "version"), name="past_text_version_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SenderAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="address")),
                ("postal_line", models.CharField(blank=True, max_length=100, verbose_name="postal code and town")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail address")),
                ("entered_at", models.DateTimeField()),
                (
                    "voice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sender",
                        to="discussions.outsidevoice",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["entered_at"], name="sender_by_entry")],
            },
        ),
        migrations.CreateModel(
            name="Signpost",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("root_number", models.PositiveIntegerField()),
                ("moved_at", models.DateTimeField()),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="discussions.contribution"
                    ),
                ),
                (
                    "to_topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="consultations.topic"
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="consultations.topic"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["topic", "root_number", "number"], name="signpost_oldest_first"),
                    models.Index(fields=["topic", "-root_number", "number"], name="signpost_newest_first"),
                ],
                "constraints": [models.UniqueConstraint(fields=("topic", "contribution"), name="signpost_once")],
            },
        ),
        migrations.CreateModel(
            name="SuggestionStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("received", "Received"),
                            ("looked_at", "Being looked at"),
                            ("to_council", "Goes to the council"),
                            ("planned", "Planned"),
                            ("done", "Done"),
                            ("not_done", "Not done"),
                        ],
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("sentence", models.CharField(blank=True, max_length=500)),
                ("salt", models.BinaryField(max_length=32)),
                ("is_current", models.BooleanField(default=True)),
                ("set_at", models.DateTimeField()),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="discussions.contribution"
                    ),
                ),
                (
                    "set_by",
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
                        condition=models.Q(("is_current", True)),
                        fields=("contribution",),
                        name="suggestion_stands_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status", "received"), _negated=True), name="suggestion_step_leads_on"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "not_done"), _negated=True),
                            models.Q(("sentence", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="suggestion_not_done_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TextErasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("third_party", "It held unlawful personal data about somebody else"),
                            ("unlawful", "The text itself was a criminal offence"),
                            ("confidential", "It held what the law keeps confidential"),
                            ("order", "A court or an authority ordered it"),
                            ("erasure_right", "The right to erasure was granted (GDPR article 17)"),
                        ],
                        max_length=20,
                        verbose_name="ground",
                    ),
                ),
                ("sentence", models.CharField(max_length=500, verbose_name="why, for your colleague")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "Waits for a colleague"),
                            ("confirmed", "Erased"),
                            ("declined", "Declined"),
                        ],
                        default="proposed",
                        max_length=20,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="erasures",
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "proposed")),
                        fields=("contribution",),
                        name="erasure_proposed_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="erasure_takes_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("status", "proposed")),
                            models.Q(
                                models.Q(("status", "proposed"), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="erasure_decided_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WritingPause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("legal_ground", models.CharField(max_length=500)),
                ("sentence", models.CharField(max_length=500, verbose_name="sentence to the person")),
                ("internal_facts", models.TextField(blank=True, verbose_name="facts for moderators only")),
                ("days", models.PositiveSmallIntegerField(verbose_name="days")),
                ("begins_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(null=True)),
                (
                    "consultation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="consultations.consultation",
                    ),
                ),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="discussions.contribution"
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "paused_by",
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
                (
                    "reason",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="municipality.refusalreason"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["person", "ends_at", "id"], name="pause_by_person"),
                    models.Index(fields=["ends_at", "id"], name="pause_by_end"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("days__gte", 1), ("days__lte", 30)), name="pause_is_limited"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("begins_at"))), name="pause_ends_after_it_begins"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person", models.F("paused_by")), _negated=True),
                        name="pause_of_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("legal_ground", ""), _negated=True), models.Q(("sentence", ""), _negated=True)
                        ),
                        name="pause_with_reasons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lifted_at", None), ("lifted_by", None)),
                            models.Q(("lifted_at__isnull", False), ("lifted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="pause_lifted_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CitizenProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("threshold", models.PositiveIntegerField()),
                ("days", models.PositiveSmallIntegerField()),
                ("minimum_age", models.PositiveSmallIntegerField()),
                ("starts_at", models.DateTimeField(null=True)),
                ("ends_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("reached", "Enough support"), ("lapsed", "Too little support in time")],
                        max_length=20,
                    ),
                ),
                ("settled_at", models.DateTimeField(null=True)),
                ("supporters", models.PositiveIntegerField(null=True)),
                (
                    "contribution",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citizen_proposal",
                        to="discussions.contribution",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("outcome", "")), fields=["ends_at", "id"], name="citizen_proposal_under_way"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("days__gt", 0), ("threshold__gt", 0)), name="citizen_proposal_has_terms"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ends_at", None), ("starts_at", None)),
                            ("ends_at__gt", models.F("starts_at")),
                            _connector="OR",
                        ),
                        name="citizen_proposal_ends_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", ""), ("settled_at", None), ("supporters", None)),
                            models.Q(
                                models.Q(("outcome", ""), _negated=True),
                                ("settled_at__isnull", False),
                                ("supporters__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="citizen_proposal_settled_with_a_count",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
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
                ("name", models.CharField(blank=True, max_length=100)),
                ("description", models.CharField(blank=True, max_length=500, verbose_name="what it shows")),
                ("file", models.FileField(blank=True, upload_to="attachments/", verbose_name="file")),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("salt", models.BinaryField(max_length=32)),
                ("fingerprint", models.CharField(max_length=64)),
                ("version", models.PositiveIntegerField()),
                ("added_at", models.DateTimeField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("shown", "Shown with the text"),
                            ("held", "Held back by a moderator"),
                            ("left_out", "Left out by its author"),
                            ("removed", "Removed"),
                        ],
                        default="shown",
                        max_length=10,
                    ),
                ),
                ("held_sentence", models.CharField(blank=True, max_length=500)),
                ("held_with", models.PositiveIntegerField(null=True)),
                (
                    "held_reason",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="municipality.refusalreason",
                    ),
                ),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="discussions.contribution",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("contribution", "position"), name="attachment_position_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("held_reason__isnull", False), ("status", "held")),
                            models.Q(
                                models.Q(("status", "held"), _negated=True),
                                ("held_reason", None),
                                ("held_sentence", ""),
                                ("held_with", None),
                            ),
                            _connector="OR",
                        ),
                        name="attachment_held_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "removed"), _negated=True),
                            models.Q(("description", ""), ("file", ""), ("name", ""), ("sha256", ""), ("size", 0)),
                            _connector="OR",
                        ),
                        name="attachment_removed_is_empty",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agreed_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agreements",
                        to="discussions.contribution",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("contribution", "person"), name="agreed_once")],
            },
        ),
        migrations.CreateModel(
            name="LetterApart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("told_at", models.DateTimeField()),
                (
                    "apart_from",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="discussions.contribution"
                    ),
                ),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="discussions.contribution"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("contribution", "apart_from"), name="letters_apart_once")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(
                condition=models.Q(("cluster__isnull", False)),
                fields=["cluster", "number"],
                name="contribution_of_letter",
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("author", None), ("offsite_author__isnull", False)),
                    models.Q(("author__isnull", False), ("offsite_author", None)),
                    _connector="OR",
                ),
                name="contribution_has_one_author",
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cluster", None),
                    models.Q(
                        ("status__in", ("published", "hidden")),
                        ("text_erased_at", None),
                        models.Q(("kind", "answer"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="contribution_of_letter_is_there",
            ),
        ),
    ]
