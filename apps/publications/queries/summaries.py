"""Reading summaries, from their side and from the side of what they cite."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Substr
from django.utils.translation import get_language

from apps.common.richtext import plain
from apps.consultations.models import Consultation
from apps.consultations.queries import DANISH, ENGLISH, Said, public, teams_of
from apps.discussions.models import Contribution
from apps.discussions.queries import published_by_people
from apps.publications.engine.statements import StatementText, fingerprint_of_danish
from apps.publications.enums import SummaryStatus
from apps.publications.models import Citation, Statement, Summary

BEGINNING, EXCERPT = 600, 160


def _with_citations() -> "Prefetch[Any]":
    return Prefetch("citations", queryset=Citation.objects.order_by("number"))


def visible_summaries(viewer: Any) -> QuerySet[Summary]:
    """Return the summaries that the viewer may see, unordered. Pair: `rules.why_not_view_summary`."""
    found = Summary.objects.select_related("author", "consultation")
    return found.filter(Q(status=SummaryStatus.PUBLISHED) | Q(consultation__in=teams_of(viewer)))


def published_summary(consultation: Consultation) -> Summary | None:
    """Return the consultation's summary if it is published."""
    found = Summary.objects.filter(consultation=consultation, status=SummaryStatus.PUBLISHED)
    return found.select_related("author").first()


def latest_summaries(*, limit: int = 3) -> list[Summary]:
    """Return the latest published summaries, newest first, each with its consultation."""
    found = Summary.objects.filter(public("consultation__"), status=SummaryStatus.PUBLISHED)
    return list(found.select_related("consultation", "author").order_by("-published_at", "-pk")[:limit])


def published_versions(ids: Collection[int]) -> dict[int, int]:
    """Return the version of the published summary of each of these consultations that has one."""
    found = Summary.objects.filter(consultation__in=ids, status=SummaryStatus.PUBLISHED)
    return dict(found.values_list("consultation_id", "version"))


def summary_of(viewer: Any, consultation: Consultation) -> Summary | None:
    """Return the summary, also an unpublished one for the team."""
    return visible_summaries(viewer).filter(consultation=consultation).first()


def statements_of(summary: Summary, *, is_public: bool) -> list[Statement]:
    """Return the summary's statements in order with whom they cite."""
    found = Statement.objects.filter(summary=summary, is_public=is_public)
    return list(found.order_by("position").prefetch_related(_with_citations()))


def is_same(some: Sequence[Statement], others: Sequence[Statement]) -> bool:
    """Tell whether two rows of statements say the same and cite the same."""
    return [_said(one) for one in some] == [_said(one) for one in others]


def _said(statement: Statement) -> tuple[str, bool, list[int]]:
    numbers = [citation.number for citation in statement.citations.all()]
    return statement.words, is_older_in_english(statement), numbers


def translations_of(summary: Summary | None) -> dict[tuple[str, str], str]:
    """Return the fingerprint of the Danish text that each English one of the draft was written to."""
    if summary is None:
        return {}
    drafts = Statement.objects.filter(summary=summary, is_public=False).exclude(title_en="").order_by("position")
    return {(row.title_en, row.body_en): row.english_of or fingerprint_of_danish(row.title, row.body) for row in drafts}


def english_of(text: StatementText, translations: Mapping[tuple[str, str], str]) -> str:
    """Return the fingerprint of the Danish text that a statement's English was written to; empty for this very one."""
    return "" if text.fits else translations.get((text.title_en, text.body_en), "")


def is_older_in_english(statement: Statement) -> bool:
    """Tell whether the Danish text was changed after the English one was written."""
    if not statement.title_en or not statement.english_of:
        return False
    return statement.english_of != fingerprint_of_danish(statement.title, statement.body)


def is_older_here(statement: Statement) -> bool:
    """Tell whether the page is in English, and the Danish text was changed after the English one was written."""
    return get_language() == ENGLISH and is_older_in_english(statement)


def body_of(statement: Statement) -> Said:
    """Return what it says in the language of the page, or in Danish with its mark."""
    if get_language() != ENGLISH:
        return Said(statement.body, statement.body_html)
    if statement.title_en:
        return Said(statement.body_en, statement.body_en_html)
    return Said(statement.body, statement.body_html, DANISH)


def title_of(statement: Statement) -> Said:
    """Return its title in the language of the page, or in Danish with its mark."""
    is_english = get_language() == ENGLISH
    if is_english and statement.title_en:
        return Said(statement.title_en)
    return Said(statement.title, language=DANISH if is_english else "")


def is_summarised(slug: str) -> Exists:
    """Return an expression that tells whether the consultation at that address has a published summary."""
    return Exists(Summary.objects.filter(consultation__slug=slug, status=SummaryStatus.PUBLISHED))


def statements_citing(contribution_ids: Sequence[int]) -> dict[int, list[Statement]]:
    """Return for each of these contributions the published statements that cite it, in order."""
    citing: dict[int, list[Statement]] = defaultdict(list)
    found = Citation.objects.filter(contribution_id__in=contribution_ids, statement__is_public=True)
    for citation in found.select_related("statement").order_by("statement__position"):
        citing[citation.contribution_id].append(citation.statement)
    return citing


def cited_in_public(contribution_ids: Collection[int]) -> set[int]:
    """Return those of these contributions that a published summary cites."""
    cited = Citation.objects.filter(contribution_id__in=contribution_ids, statement__is_public=True)
    return set(cited.values_list("contribution_id", flat=True))


def cited_from_elsewhere(summary: Summary) -> list[int]:
    """Return the numbers that the draft cites of texts which have been moved to another consultation since."""
    drafts = Citation.objects.filter(statement__summary=summary, statement__is_public=False)
    moved = drafts.exclude(contribution__consultation=summary.consultation_id)
    return sorted(set(moved.values_list("number", flat=True)))


@dataclass(frozen=True)
class Uncited:
    """What nobody cites yet: how many, some of them by number with an excerpt, and after which number to go on."""

    count: int
    rows: Sequence[tuple[Contribution, str]]
    next_after: int | None


def uncited_by_draft(consultation: Consultation, summary: Summary | None, *, after: int = 0, size: int = 20) -> Uncited:
    """Return the published contributions that the draft does not cite, by number, with the beginnings of their texts.

    Who sent the same letter as somebody who is cited is answered with them. Two queries; the texts are cut short in
    the database.
    """
    found = published_by_people(consultation.pk)
    if summary is not None:
        drafts = Citation.objects.filter(statement__summary=summary, statement__is_public=False)
        cited = drafts.filter(contribution=OuterRef("pk"))
        same_letter = drafts.filter(contribution__cluster=OuterRef("cluster"))
        found = found.filter(~Exists(cited), ~Exists(same_letter))
    count = found.order_by().count()
    shown = found.filter(number__gt=after).annotate(beginning=Substr("body", 1, BEGINNING, output_field=CharField()))
    found_rows = shown.only("number", "author_name", "kind", "consultation_id")[: size + 1]
    rows = [(row, plain(row.beginning, EXCERPT)) for row in found_rows]
    return Uncited(count, rows[:size], rows[size - 1][0].number if len(rows) > size else None)
