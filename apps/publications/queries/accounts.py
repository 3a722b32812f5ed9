"""What a white paper accounts for, read once: everything that is counted of it comes from here."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, CharField, QuerySet, Value, When
from django.db.models.functions import Substr

from apps.common.richtext import plain
from apps.consultations.models import Consultation
from apps.discussions.enums import ContributionStatus
from apps.discussions.models import Contribution
from apps.discussions.queries import received_by_people
from apps.publications.engine.accounts import Account, Coverage, Mark, Noted, Voice
from apps.publications.enums import Scope, Weight
from apps.publications.models import PaperStatement, Point, Weighing, WhitePaper
from apps.publications.queries.summaries import BEGINNING, EXCERPT
from apps.publications.rules import scope_of

PAGE = 50
_OF_VOICE = ("pk", "number", "cluster_id", "author_id", "offsite_author_id", "status")
_OF_POINT = ("number", "text_version", "start", "end", "statement_id", "pk")


def counted_in(consultation: Consultation) -> QuerySet[Contribution]:
    """Return what a white paper of the consultation accounts for, by number. Pair: `rules.is_counted`."""
    rows = received_by_people(consultation.pk)
    return rows if scope_of(consultation) == Scope.RECEIVED else rows.filter(status=ContributionStatus.PUBLISHED)


def voices_of(consultation: Consultation) -> list[Voice]:
    """Return who is to be accounted for, by number, without a word of what they wrote. One query."""
    rows = counted_in(consultation).values_list(*_OF_VOICE)
    return [
        Voice(pk, number, letter, f"a{author}" if author else f"o{offsite}", status == ContributionStatus.PUBLISHED)
        for pk, number, letter, author, offsite, status in rows
    ]


def account_of(paper: WhitePaper) -> Account:
    """Return the account of a white paper as it stands. Four queries, however many wrote."""
    consultation = paper.consultation
    points = Point.objects.filter(statement__paper=paper, contribution__consultation=consultation.pk)
    weighings = Weighing.objects.filter(paper=paper, contribution__consultation=consultation.pk)
    weighed = PaperStatement.objects.filter(paper=paper).exclude(disposition="").exclude(reply="")
    return Account(
        voices=voices_of(consultation),
        marks=[Mark(*row) for row in points.order_by("number", "pk").values_list(*_OF_POINT)],
        noted=[_noted(row) for row in weighings.order_by("number")],
        weighed=frozenset(weighed.values_list("pk", flat=True)),
    )


def _noted(row: Weighing) -> Noted:
    return Noted(row.number, row.weight == Weight.LEFT_OUT, row.sentence, row.ground, row.same_as_number)


def coverage_of(paper: WhitePaper) -> Coverage:
    """Return how much of what was received a white paper treats. Four queries, however many wrote."""
    return account_of(paper).coverage


@dataclass(frozen=True)
class Missing:
    """A contribution that is not treated: with the beginning of its text where everyone reads it, else by its state."""

    contribution: Contribution
    beginning: str

    @property
    def number(self) -> int:
        """The receipt number."""
        return self.contribution.number


@dataclass(frozen=True)
class MissingPage:
    """What is not treated yet: how many in all, a page of them by number, and after which number to go on."""

    count: int
    rows: Sequence[Missing]
    next_after: int | None


def missing_page(paper: WhitePaper, *, account: Account | None = None, after: int = 0, size: int = PAGE) -> MissingPage:
    """Return what a white paper does not treat yet, by number behind one. One query more than the account's.

    The texts are cut short in the database, and those that are not public are not read at all.
    """
    missing = (account or account_of(paper)).coverage.missing
    first = bisect_right(missing, after)
    shown = missing[first : first + size]
    is_public = When(status=ContributionStatus.PUBLISHED, then=Substr("body", 1, BEGINNING))
    rows = counted_in(paper.consultation).filter(number__in=shown).select_related("topic")
    rows = rows.annotate(beginning=Case(is_public, default=Value(""), output_field=CharField()))
    rows = rows.defer("body", "body_html", "salt", "refusal_sentence", "source", "note")
    found = [Missing(row, plain(row.beginning, EXCERPT)) for row in rows]
    is_more = first + size < len(missing)
    return MissingPage(len(missing), found, shown[-1] if is_more else None)


def weighings_of(paper: WhitePaper, *, after: int = 0, size: int = PAGE) -> tuple[list[Weighing], int | None]:
    """Return what was noted and left out, by number behind one, and after which number to go on."""
    rows = Weighing.objects.filter(paper=paper, contribution__consultation=paper.consultation_id, number__gt=after)
    found = list(rows.select_related("contribution__topic").order_by("number")[: size + 1])
    return found[:size], found[size - 1].number if len(found) > size else None
