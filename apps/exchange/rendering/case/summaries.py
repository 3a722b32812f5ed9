"""The interim summary, as it is published."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from apps.common.richtext import trusted
from apps.common.wording import number_ranges
from apps.exchange.engine.case_numbers import Direction, Filed, Piece
from apps.exchange.queries.case_changes import Case
from apps.exchange.rendering.case.shared import day_of, page
from apps.publications.queries import published_summary, statements_of

NUMBER = "S1"


def summaries(case: Case) -> Iterator[Piece]:
    """Yield the published summary with the numbers that each statement rests on."""
    summary = published_summary(case.consultation)
    if summary is None or summary.published_at is None or not case.holds(lambda changed: changed.has_summary):
        return
    title = _("Interim summary, version %(number)s") % {"number": summary.version}
    told = Filed(
        number=NUMBER,
        title=title,
        kind=_("Summary"),
        on=day_of(summary.published_at),
        direction=Direction.OUT,
        version=summary.version,
        state=_("Published"),
    )
    statements = [
        (row.title, trusted(row.body_html), number_ranges(one.number for one in row.citations.all()))
        for row in statements_of(summary, is_public=True)
    ]
    content = page("summary", case=case, summary=summary, statements=statements, title=title)
    yield Piece(name=f"summary/{NUMBER}.pdf", content=content, documents=[told], title=title)
