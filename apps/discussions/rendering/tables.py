"""A thread as a table for other programs. No names: who takes it away could not be told that one was taken back."""

from collections.abc import Iterable, Iterator
from html import unescape

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.translation import get_language, override

from apps.common.tables import csv_lines
from apps.discussions.enums import ContributionStatus
from apps.discussions.models import Contribution
from apps.discussions.queries import Reading, ThreadRow, voice_of
from apps.discussions.rendering.articles import Article
from apps.discussions.rendering.printing import Printer

COLUMNS = (
    "number", "root", "in_reply_to", "kind", "state", "written_by", "came_by", "received_at", "is_late",
    "proposal_version", "answered_at", "files", "text", "source", "in_its_place", "address",
)  # fmt: skip


def thread_as_csv(rows: Iterable[ThreadRow], reading: Reading) -> Iterator[str]:
    """Return the articles line by line, in their order; of one that is not shown its number, and what stands there.

    In the language of the moment, though the lines are made later, when none is in force any more.
    """
    printer, language = Printer(reading), get_language()

    def cells(row: ThreadRow) -> list[object]:
        with override(language):
            told = _row(row, printer.article(row))
        return [told.get(name, "") for name in COLUMNS]

    return csv_lines(COLUMNS, map(cells, rows))


def _row(row: ThreadRow, article: Article) -> dict[str, object]:
    text = row.contribution
    place = {"number": row.number, "root": row.root_number, "address": f"{settings.SITE_URL}{article.link}"}
    if text is not None and not row.is_trace:
        return place | _shown(text, article)
    state = ContributionStatus.MOVED.value if text is None else text.status
    in_its_place = " ".join(str(part) for part in (article.name, article.moved_to, article.reason) if part)
    return place | {"state": state, "in_its_place": unescape(strip_tags(in_its_place))}


def _shown(text: Contribution, article: Article) -> dict[str, object]:
    voice = voice_of(text)
    return {
        "in_reply_to": text.in_reply_to_number or "",
        "kind": text.kind,
        "state": text.status,
        "written_by": _written_by(text),
        "came_by": voice.channel if voice else "import" if text.offsite_author_id else "web",
        "received_at": text.received_at.isoformat(timespec="seconds"),
        "is_late": "yes" if text.came_late else "no",
        "proposal_version": text.proposal_version or "",
        "answered_at": text.answered_at.isoformat(timespec="seconds") if text.answered_at else "",
        "files": len([file for file in article.files if file.url]),
        "text": unescape(strip_tags(article.html)),
        "source": text.source,
    }


def _written_by(text: Contribution) -> str:
    if text.is_answer:
        return "municipality"
    if text.author_is_organisation:
        return "organisation"
    return "resident" if text.author_is_resident else "person"
