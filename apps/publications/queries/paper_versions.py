"""What is published of white papers: versions, where each contribution is treated, and when a supplement is due."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, F, Q, QuerySet

from apps.consultations.models import Consultation
from apps.consultations.queries import public
from apps.publications.enums import Treatment
from apps.publications.models import PaperVersion, Treated, WhitePaper
from apps.publications.queries.accounts import PAGE, voices_of

# A published statement leads its readers to these at their numbers.
_RESTS = Q(how__in=(Treatment.STATEMENT, Treatment.LETTER)) | Q(how=Treatment.NOTED, was_public=True)
_NEWEST = Q(version__version=F("version__paper__version"))


def published_paper(consultation: Consultation) -> PaperVersion | None:
    """Return the newest version of the consultation's white paper, if one is published."""
    return versions_of_paper(consultation).first()


def paper_version(consultation: Consultation, version: int) -> PaperVersion | None:
    """Return a version of the consultation's white paper by its number."""
    return versions_of_paper(consultation).filter(version=version).first()


def versions_of_paper(consultation: Consultation) -> QuerySet[PaperVersion]:
    """Return the published versions of the consultation's white paper, newest first."""
    rows = PaperVersion.objects.filter(public("paper__consultation__"), paper__consultation=consultation)
    return rows.select_related("paper__consultation", "published_by").order_by("-version")


def has_white_paper(slug: str) -> Exists:
    """Return an expression that tells whether the consultation at that address has a published white paper."""
    return Exists(WhitePaper.objects.filter(consultation__slug=slug, version__gt=0))


@dataclass(frozen=True)
class TreatedIn:
    """Where the newest version treats a contribution: the label of a statement, as "3.2", or how else."""

    label: str
    how: str


def treated_in(contribution_ids: Collection[int]) -> dict[int, list[TreatedIn]]:
    """Return for each of these contributions where the newest published white paper treats it, in order. One query.

    Nothing for what was never accounted for, and no query for nothing.
    """
    if not contribution_ids:
        return {}
    rows = Treated.objects.filter(_NEWEST, contribution__in=contribution_ids)
    rows = rows.filter(contribution__consultation=F("version__paper__consultation"))
    found: dict[int, list[TreatedIn]] = defaultdict(list)
    for pk, label, how in rows.order_by("contribution_id", "place").values_list("contribution_id", "label", "how"):
        found[pk].append(TreatedIn(label, how))
    return dict(found)


def treated_page(version: PaperVersion, *, after: int = 0, size: int = PAGE) -> tuple[list[Treated], int | None]:
    """Return the annex: where a version treats each number, by number behind one, and after which to go on.

    All rows of `size` numbers. Two queries.
    """
    rows = Treated.objects.filter(version=version, number__gt=after)
    numbers = list(rows.order_by("number").values_list("number", flat=True).distinct()[: size + 1])
    shown = rows.filter(number__lte=numbers[size - 1]) if len(numbers) > size else rows
    return list(shown.order_by("number", "place")), numbers[size - 1] if len(numbers) > size else None


def supplement_due(paper: WhitePaper) -> list[int]:
    """Return the numbers that the newest version does not account for as they stand now, in order. Two queries.

    What was received since, and what was noted or left out by its number and is public now. Nothing before a version
    is published.
    """
    if not paper.is_public:
        return []
    rows = Treated.objects.filter(version__paper=paper, version__version=paper.version)
    # Whether it needs to be looked at again, now that everyone can read it.
    by_number = {
        pk: how in {Treatment.NOTED, Treatment.LEFT_OUT} and not was_public
        for pk, how, was_public in rows.values_list("contribution_id", "how", "was_public")
    }
    voices = voices_of(paper.consultation)
    return [row.number for row in voices if row.pk not in by_number or (by_number[row.pk] and row.is_public)]


def cited_by_papers(contribution_ids: Collection[int]) -> set[int]:
    """Return those of these contributions that a published version of a white paper rests on, or notes in public."""
    rows = Treated.objects.filter(_RESTS, contribution__in=contribution_ids)
    return set(rows.values_list("contribution_id", flat=True))
