"""The work of moderators: cases they claim, decisions they make."""

from datetime import timedelta
from hashlib import sha256
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.consultations.models import Topic
from apps.discussions.models import Attachment, Contribution, WritingPause
from apps.moderation.engine.statements import NOT_AUTOMATED, TEXT, VOLUNTARY
from apps.moderation.enums import OF_FILE, WITH_REASON, AppealOutcome, Outcome, ReportOutcome, Verdict
from apps.moderation.models.by_letter import AppealLetter as AppealLetter
from apps.municipality.enums import ReasonGround
from apps.municipality.models import RefusalReason

CLAIM_LASTS = timedelta(minutes=15)
# A page that is looked at says so every twenty seconds.
LOOK_LASTS = timedelta(seconds=45)
# As long as settings.UNDO_SECONDS holds mail and doorbells back.
UNDO_LASTS = timedelta(seconds=60)
PAUSE_OUTCOMES = [(outcome.value, outcome.label) for outcome in (AppealOutcome.UPHELD, AppealOutcome.REVERSED)]


class Case(models.Model):
    """A contribution that a moderator has taken up. There is none before the first claim or note."""

    contribution = models.OneToOneField(Contribution, on_delete=models.PROTECT, related_name="case")
    claimed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    claimed_at = models.DateTimeField(null=True)
    # The member of staff whom the text is about, as moderators noted: they decide nothing on it.
    about_staff = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"case of {self.contribution_id}"


class Look(models.Model):
    """What a moderator has open at this moment. It binds nobody, and is gone when they look away."""

    person = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+", primary_key=True)
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="looks")
    looked_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"look at {self.contribution_id}"


class Decision(models.Model):
    """What a moderator decided, with the facts that only moderators see. One that was undone in a minute stays.

    `is_first_reading`: the text had been published by rule, and no moderator had read it before.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    version = models.PositiveIntegerField()
    reason = models.ForeignKey(RefusalReason, on_delete=models.PROTECT, null=True, related_name="+")
    moved_to = models.ForeignKey(Topic, on_delete=models.PROTECT, null=True, related_name="+")
    # What keeps the number that the text had in the consultation that it was moved out of.
    left = models.OneToOneField(Contribution, on_delete=models.PROTECT, null=True, related_name="+")
    # The file that is held back or shown again, for as long as there is such a file.
    file = models.ForeignKey(Attachment, on_delete=models.SET_NULL, null=True, related_name="decisions")
    sentence = models.CharField(_("sentence shown to everyone"), max_length=500, blank=True)
    internal_facts = models.TextField(_("facts for moderators only"), blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    is_first_reading = models.BooleanField(default=False)
    undone_at = models.DateTimeField(null=True)
    # What put right an earlier decision, or a report that came to nothing, on an appeal.
    is_of_appeal = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(outcome__in=WITH_REASON) | Q(reason__isnull=False) & ~Q(sentence=""),
                name="decision_withholds_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.MOVE) | Q(moved_to__isnull=False), name="decision_moves_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(left=None) | Q(outcome=Outcome.MOVE), name="decision_leaves_a_number_by_moving"
            ),
            models.CheckConstraint(condition=Q(file=None) | Q(outcome__in=OF_FILE), name="decision_about_a_file"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["case", "-id"], name="decision_by_case"),
            models.Index(fields=["decided_by", "decided_at"], name="decision_by_moderator"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} of case {self.case_id}"


class SecondReading(models.Model):
    """What a second moderator would have decided, without having been told what the first one did.

    Only sums of these are shown: they measure the rules and how clear they are, not persons.
    """

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="second_reading")
    first_reader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    read_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reader=F("first_reader")), name="second_reader_is_another"),
        ]
        indexes: ClassVar = [models.Index(fields=["read_at"], name="second_reading_by_time")]

    def __str__(self) -> str:
        return f"second reading of decision {self.decision_id}"


class ReportCase(models.Model):
    """All reports on one text until somebody looks into them: however many, they are one case."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="report_cases")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=ReportOutcome.choices, blank=True)
    sentence = models.CharField(_("sentence to who reported it"), max_length=500, blank=True)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["contribution"], condition=Q(settled_at=None), name="report_case_open_once"
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None, outcome="")
                | Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(outcome=""),
                name="report_case_settled_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=ReportOutcome.LEFT) | ~Q(sentence=""), name="report_case_left_with_sentence"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at", "id"], condition=Q(settled_at=None), name="report_case_due"),
            models.Index(
                fields=["settled_at", "id"], condition=Q(settled_at__isnull=False), name="report_case_settled"
            ),
        ]

    def __str__(self) -> str:
        return f"reports on {self.contribution_id}"

    @property
    def is_open(self) -> bool:
        """Nobody has looked into it yet."""
        return self.settled_at is None


class Report(models.Model):
    """What somebody reported, signed in or not. `key` opens its receipt: only who reported it knows it.

    It tells of two people, so who, where to and what they wrote are emptied when the time for an appeal is over.
    """

    case = models.ForeignKey(ReportCase, on_delete=models.PROTECT, related_name="reports")
    key = models.CharField(max_length=64, unique=True)
    submission_key = models.UUIDField(unique=True)
    reporter = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(max_length=5)
    reason = models.ForeignKey(RefusalReason, on_delete=models.PROTECT, related_name="+")
    legal_ground = models.CharField(_("law that it may break"), max_length=200, blank=True)
    explanation = models.TextField(_("explanation"), blank=True)
    received_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "reporter"], name="report_once_a_person"),
            models.CheckConstraint(condition=Q(reporter=None) | Q(email=""), name="report_of_account_or_address"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["case", "id"], name="report_by_case"),
            models.Index(fields=["reporter", "-id"], name="report_by_person"),
        ]

    def __str__(self) -> str:
        return f"report {self.pk}"

    @property
    def receipt_number(self) -> str:
        """The number that stands on its receipt. It opens nothing, and tells nothing of other reports."""
        digest = sha256(self.key.encode()).hexdigest().upper()
        return f"R-{digest[:4]}-{digest[4:8]}"


class Appeal(models.Model):
    """What an author says against a decision, or a reporter against a report that came to nothing.

    Who decided first is copied into the row, so that the database itself refuses the same person a second time.
    `sentence` is for who appealed; the text is for moderators only. One that lapsed was decided by nobody.
    """

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="appeals")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, null=True, related_name="appeal")
    report = models.OneToOneField(Report, on_delete=models.PROTECT, null=True, related_name="appeal")
    first_decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("why the decision is wrong"), blank=True)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=AppealOutcome.choices, blank=True)
    sentence = models.CharField(_("reasons to who appealed"), max_length=500, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("first_decided_by")), name="appeal_decided_by_another"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, outcome="")
                | Q(decided_at__isnull=False, decided_by=None, outcome=AppealOutcome.LAPSED)
                | Q(decided_at__isnull=False, decided_by__isnull=False)
                & Q(outcome__in=(AppealOutcome.UPHELD, AppealOutcome.REVERSED))
                & ~Q(sentence=""),
                name="appeal_decided_with_reasons",
            ),
            models.CheckConstraint(
                condition=Q(decision=None, report__isnull=False) | Q(decision__isnull=False, report=None),
                name="appeal_against_one_thing",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at", "id"], condition=Q(decided_at=None), name="appeal_due"),
            models.Index(fields=["contribution", "-id"], name="appeal_by_contribution"),
        ]

    def __str__(self) -> str:
        return f"appeal {self.pk}"

    @property
    def is_open(self) -> bool:
        """Nobody has decided it yet."""
        return self.decided_at is None


class PauseAppeal(models.Model):
    """What somebody says against a pause in their writing. Decided by another than who paused it.

    As in `Appeal`, who decided first is copied into the row: the database itself refuses them a second time.
    `contribution` is the pause's, for the queue.
    """

    pause = models.OneToOneField(WritingPause, on_delete=models.PROTECT, related_name="appeal")
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="+")
    first_decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("why the decision is wrong"), blank=True)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=PAUSE_OUTCOMES, blank=True)
    sentence = models.CharField(_("reasons to who appealed"), max_length=500, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("first_decided_by")),
                name="pause_appeal_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, outcome="")
                | Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(outcome="") & ~Q(sentence=""),
                name="pause_appeal_decided_with_reasons",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at", "id"], condition=Q(decided_at=None), name="pause_appeal_due"),
        ]

    def __str__(self) -> str:
        return f"appeal against pause {self.pause_id}"

    @property
    def is_open(self) -> bool:
        """Nobody has decided it yet."""
        return self.decided_at is None


class Deputy(models.Model):
    """Who decides where fewer than two moderators without a conflict are left. At most one stands."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(models.Value(1), condition=Q(ended_at=None), name="deputy_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"deputy since {self.named_at:%Y-%m-%d}"


class StatementPosting(models.Model):
    """That a statement of reasons is in the post, to an author who has no account to be told in."""

    statement = models.OneToOneField("StatementOfReasons", on_delete=models.PROTECT, related_name="posting")
    posted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    posted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"posting {self.pk}"


class StatementOfReasons(models.Model):
    """Why a text or a file is not shown, or somebody's writing is paused: never changed after it was given.

    The fields are those of the EU's database of statements of reasons, and hold no personal data: `puid` leads to no
    person, and what moderators noted for each other is not among them. It is about a decision against a text, with its
    `contribution`, or about a pause, which is forgotten before it.
    """

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, null=True, related_name="statement")
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, null=True, related_name="+")
    pause = models.OneToOneField(WritingPause, on_delete=models.SET_NULL, null=True, related_name="statement")
    reason = models.ForeignKey(RefusalReason, on_delete=models.PROTECT, related_name="+")
    puid = models.CharField(max_length=64, unique=True)
    decision_visibility = models.CharField(max_length=60, blank=True)
    decision_visibility_other = models.CharField(max_length=500, blank=True)
    decision_provision = models.CharField(max_length=60, blank=True)
    service_until = models.DateField(null=True)
    ground = models.CharField(max_length=20, choices=ReasonGround.choices)
    legal_ground = models.CharField(max_length=500)
    explanation = models.CharField(max_length=2000)
    category = models.CharField(max_length=80)
    keyword = models.CharField(max_length=80, blank=True)
    decision_facts = models.TextField(max_length=5000)
    source_type = models.CharField(max_length=40, default=VOLUNTARY)
    automated_detection = models.BooleanField(default=False)
    automated_decision = models.CharField(max_length=40, default=NOT_AUTOMATED)
    content_type = models.CharField(max_length=40, default=TEXT)
    content_type_other = models.CharField(max_length=40, blank=True)
    content_date = models.DateField()
    given_at = models.DateTimeField()
    appeal_until = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(legal_ground="") & ~Q(explanation="") & ~Q(decision_facts=""), name="statement_is_complete"
            ),
            models.CheckConstraint(condition=Q(appeal_until__gt=F("given_at")), name="statement_can_be_appealed"),
            models.CheckConstraint(
                condition=Q(decision__isnull=False, contribution__isnull=False, pause=None, decision_provision="")
                & ~Q(decision_visibility="")
                | Q(decision=None, contribution=None, decision_visibility="") & ~Q(decision_provision=""),
                name="statement_of_one_restriction",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["given_at", "id"], name="statement_by_moment"),
            models.Index(fields=["contribution", "-id"], name="statement_by_contribution"),
        ]

    def __str__(self) -> str:
        return self.puid

    @property
    def ruling(self) -> Decision:
        """The decision that it is about; of a pause there is none."""
        assert self.decision is not None  # noqa: S101 - whoever asks has one about a text
        return self.decision

    @property
    def text(self) -> Contribution:
        """The text that was decided about; a pause's is not told."""
        assert self.contribution is not None  # noqa: S101 - whoever asks has one about a text
        return self.contribution
