"""Who is to be told of a decision, and how far the notices are."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from apps.accounts.models import User
from apps.consultations.models import Consultation
from apps.discussions.models import Contribution
from apps.discussions.queries import heard_on_time, sender_of
from apps.publications.engine.notices import Addressee, Plan, Voice, addressees, plan_of
from apps.publications.enums.notices import NoticeStatus, NoticeWay
from apps.publications.models.decisions import CaseMeetingVersion
from apps.publications.models.notices import DecisionNotice

NOTICE_PAGE, MOST_LETTERS = 50, 100
PAPER = Q(status=NoticeStatus.DUE, way=NoticeWay.LETTER)
SHOWN = {"paper": PAPER, "due": Q(status=NoticeStatus.DUE), "trouble": ~Q(trouble="")}


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far the notices of a decision are."""

    total: int
    given: int
    paper: int
    trouble: int

    @property
    def due(self) -> int:
        """How many have not left yet."""
        return self.total - self.given


def people_to_tell(version: CaseMeetingVersion) -> list[Addressee]:
    """Return those who wrote on time and have no notice of this version yet, each once, by their first numbers."""
    consultation = version.meeting.consultation
    told = {number for numbers in _numbers_told(version) for number in numbers}
    found = addressees(_voice(row) for row in heard_on_time(consultation))
    return [one for one in found if told.isdisjoint(one.numbers)]


def notice_plan(version: CaseMeetingVersion, ways: Collection[str]) -> Plan:
    """Return who is told how if these ways are chosen, in a fixed number of queries."""
    return plan_of(people_to_tell(version), ways)


def _numbers_told(version: CaseMeetingVersion) -> list[list[int]]:
    return list(DecisionNotice.objects.filter(version=version).values_list("numbers", flat=True))


def _voice(row: Contribution) -> Voice:
    """Return a contribution with who it was: an account, the name and address of a letter, or nobody known."""
    if row.author is not None:
        reached = {NoticeWay.MAIL.value} if row.author.is_active and row.author.email else set()
        return Voice(pk=row.pk, number=row.number, person=("account", row.author_id), reached_by=frozenset(reached))
    sender = sender_of(row)
    if sender is None:
        return Voice(pk=row.pk, number=row.number, person=("nobody", row.offsite_author_id), reached_by=frozenset())
    ways = {NoticeWay.MAIL.value} if sender.is_told_by_mail else set()
    if sender.can_be_posted_to:
        ways |= {NoticeWay.LETTER.value, NoticeWay.DIGITAL_POST.value}
    where = sender.address or sender.email
    return Voice(
        pk=row.pk,
        number=row.number,
        person=("sender", sender.name.casefold(), where.casefold(), sender.postal_line.casefold()),
        reached_by=frozenset(ways),
    )


def notices_of(version: CaseMeetingVersion, *, show: str = "", after: int | None = None) -> QuerySet[DecisionNotice]:
    """Return the notices of a decision by number, from behind one on: all, or those on paper, under way, in trouble."""
    rows = DecisionNotice.objects.filter(SHOWN.get(show, Q()), version=version)
    rows = rows if after is None else rows.filter(number__gt=after)
    return rows.select_related("contribution__outside__sender").order_by("number")


def notice_at(consultation: Consultation, pk: int) -> DecisionNotice | None:
    """Return one notice of that hearing."""
    found = DecisionNotice.objects.filter(pk=pk, version__meeting__consultation=consultation)
    return found.select_related("version__meeting__consultation", "contribution__outside").first()


def progress_of(version: CaseMeetingVersion) -> Progress:
    """Return how far the notices of a decision are, in one query."""
    counted: dict[str, Any] = DecisionNotice.objects.filter(version=version).aggregate(
        total=Count("pk"),
        given=Count("pk", filter=Q(status=NoticeStatus.GIVEN)),
        paper=Count("pk", filter=PAPER),
        trouble=Count("pk", filter=~Q(trouble="")),
    )
    return Progress(**counted)


def letters_to_print(version: CaseMeetingVersion) -> list[DecisionNotice]:
    """Return the notices that wait to be printed, the first hundred by number, until they are posted."""
    rows = DecisionNotice.objects.filter(PAPER, version=version, contribution__outside__sender__isnull=False)
    rows = rows.exclude(contribution__outside__sender__address="")
    rows = rows.exclude(contribution__outside__sender__postal_line="")
    return list(rows.select_related("contribution__outside").order_by("number")[:MOST_LETTERS])


def notices_to_hand_over() -> QuerySet[DecisionNotice]:
    """Return the notices that wait for Digital Post, oldest first."""
    return DecisionNotice.objects.filter(status=NoticeStatus.DUE, way=NoticeWay.DIGITAL_POST).order_by("pk")


def notices_to_mail(version_id: int, *, at: Any) -> list[DecisionNotice]:
    """Return the notices that were begun at that moment and go by mail, with those who get them."""
    rows = DecisionNotice.objects.filter(version=version_id, made_at=at, way=NoticeWay.MAIL)
    about = ("contribution__author", "contribution__outside__sender", "version__meeting__consultation")
    return list(rows.select_related(*about).order_by("number"))


def told_among(ids: Collection[int]) -> Sequence[int]:
    """Return those of these contributions by which somebody was told of a decision: they stay in their hearing."""
    return list(DecisionNotice.objects.filter(contribution__in=ids).values_list("contribution_id", flat=True))


def contributions_of_notices(ids: Collection[int]) -> dict[int, int]:
    """Return by which contribution each of these notices is given."""
    return dict(DecisionNotice.objects.filter(pk__in=ids).values_list("pk", "contribution_id"))


def told_of(consultation: Consultation) -> list[DecisionNotice]:
    """Return all notices of the decisions of a hearing, by version and number."""
    rows = DecisionNotice.objects.filter(version__meeting__consultation=consultation)
    return list(rows.select_related("version__meeting").order_by("version_id", "number"))


def notices_to(person: User) -> list[dict[str, Any]]:
    """Return the notices of decisions that the person was given, oldest first, for the copy of their data."""
    rows = DecisionNotice.objects.filter(contribution__author=person)
    return [
        {
            "consultation": row.version.meeting.consultation.title,
            "numbers": row.listed,
            "way": row.get_way_display(),
            "status": row.get_status_display(),
            "given_at": row.given_at,
        }
        for row in rows.select_related("version__meeting__consultation").order_by("pk")
    ]
