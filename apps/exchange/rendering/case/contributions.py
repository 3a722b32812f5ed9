"""What people wrote and the municipality answered, in received order: as pages, a table, for programs, and the files.

Of what is not published there is the number, its state and the reason. Its words are not even read.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import IO

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from apps.common.richtext import trusted
from apps.common.uploads import FileKind
from apps.discussions.enums import WITH_REASON
from apps.discussions.models import Attachment, Contribution
from apps.discussions.queries import contributions_to_file, files_beside, near_of, redacted_among, voice_of
from apps.exchange.engine.case_numbers import Direction, Filed, Piece, of_attachment, of_contribution, of_extract
from apps.exchange.queries.case_changes import Case
from apps.exchange.rendering.case.shared import again, day_of, json_line, page, stamp, stored, table
from apps.municipality.models import RefusalReason

FOLDER = "contributions"
# Keys of the table and of the JSON, in the records system's language.
KEYS = (
    "nummer",
    "dokumentnummer",
    "type",
    "status",
    "begrundelse",
    "modtaget",
    "rettidigt",
    "kanal",
    "indkommet",
    "navn",
    "stilling",
    "organisation",
    "bekraeftet_borger",
    "bydel",
    "emne",
    "svar_paa",
    "traad",
    "version",
    "forslagets_version",
    "samme_brev_som",
    "flyttet_fra",
    "flyttet_til",
    "sted",
    "kilde",
    "bilag",
    "tekst",
)


@dataclass(frozen=True)
class Shown:
    """A contribution as it stands in the file: what is told of it, and its text as everyone reads it."""

    row: Contribution
    told: dict[str, object]
    html: SafeString | None = None
    files: list[tuple[Attachment, str]] = field(default_factory=list)
    is_redacted: bool = False

    @property
    def state(self) -> str:
        """The state in words."""
        return str(self.told["status"])

    @property
    def reason(self) -> str:
        """Why its words are sealed, as everyone reads it."""
        return str(self.told["begrundelse"])


def contributions(case: Case) -> Iterator[Piece]:
    """Yield the parts with a hundred numbers each, the files beside them, and at last the table and the JSON."""
    with TemporaryFile() as lines, TemporaryFile() as data:
        count = 0
        for first, last in case.parts():
            among = case.changed.numbers if case.changed else None
            found = contributions_to_file(case.consultation.pk, first=first, last=last, among=among)
            redacted = redacted_among([row.pk for row in found if row.is_published])
            shown = [_shown(row, is_redacted=row.pk in redacted) for row in found]
            yield from _pages(case, shown, first, last)
            for one in shown:
                yield from _files(one)
                _write(lines, data, one, is_first=count == 0)
                count += 1
        if count:
            yield from _lists(case, lines, data)


def _write(lines: IO[bytes], data: IO[bytes], shown: Shown, *, is_first: bool) -> None:
    """Put a contribution into the table and into the JSON; memory holds one at a time."""
    told = table(KEYS, [[shown.told.get(key, "") for key in KEYS]])
    head = next(told)
    lines.writelines([head, *told] if is_first else told)
    data.write((("[\n" if is_first else ",\n") + json_line(shown.told)).encode())


def _lists(case: Case, lines: IO[bytes], data: IO[bytes]) -> Iterator[Piece]:
    data.write(b"\n]\n")
    for name, letters, content in (("contributions.csv", "T1", lines), ("contributions.json", "T2", data)):
        title = _("All contributions as a table") if letters == "T1" else _("All contributions for programs (JSON)")
        document = Filed(
            number=of_extract(letters, case.since),
            title=title,
            kind=_("List"),
            on=day_of(case.at),
            direction=Direction.INTERNAL,
        )
        yield Piece(name=f"{FOLDER}/{name}", content=again(content), documents=[document], title=title)


def _pages(case: Case, shown: list[Shown], first: int, last: int) -> Iterator[Piece]:
    """Yield the PDF of a part; where nothing of it is filed there is none."""
    if not shown:
        return
    words = {"first": first, "last": last}
    title = _("Contributions no. %(first)s to %(last)s") % words
    yield Piece(
        name=f"{FOLDER}/{first:04}-{last:04}.pdf",
        content=page("contributions", case=case, shown=shown, title=title),
        documents=[_document(one) for one in shown],
        title=title,
    )


def _document(shown: Shown) -> Filed:
    row = shown.row
    title = (
        _("The municipality's answer no. %(number)s")
        if row.is_published and row.is_answer
        else _("Contribution no. %(number)s")
    )
    return Filed(
        number=of_contribution(row.number),
        title=title % {"number": row.number},
        kind=str(shown.told.get("type") or _("Contribution")),
        on=day_of(row.received_at),
        direction=Direction.OUT if row.is_answer else Direction.IN,
        version=row.version,
        state=shown.state,
        reason=shown.reason,
    )


def _files(shown: Shown) -> Iterator[Piece]:
    """Yield the files beside a public text; of one that is held back or removed the state alone."""
    for file in files_beside(shown.row):
        content = stored(file.file) if file.is_shown else None
        about = {"position": file.position, "number": shown.row.number}
        nameless = _("File %(position)s beside contribution no. %(number)s") % about
        document = Filed(
            number=of_attachment(shown.row.number, file.position),
            title=file.name if file.is_shown else nameless,
            kind=_("Attachment"),
            on=day_of(file.added_at),
            direction=Direction.OUT if shown.row.is_answer else Direction.IN,
            state=file.get_status_display() if content or not file.is_shown else _("The file is missing"),
            reason=in_words(file.held_reason) if file.is_held else "",
        )
        if content is None:
            yield Piece(documents=[document])
        else:
            title = _("Files beside contributions")
            yield Piece(name=_place(file, shown.row.number), content=content, documents=[document], title=title)


def _place(file: Attachment, number: int) -> str:
    return f"{FOLDER}/files/{of_attachment(number, file.position)}.{FileKind(file.kind).endings[0]}"


def in_words(reason: RefusalReason | None) -> str:
    """Return the reason of a decision without the sentence that a moderator wrote to it."""
    if reason is None:
        return ""
    if reason.rule_number:
        return _("%(reason)s (house rule %(rule)s)") % {"reason": reason.title, "rule": reason.rule_number}
    return reason.title


def _shown(row: Contribution, *, is_redacted: bool) -> Shown:
    told: dict[str, object] = {
        "nummer": row.number,
        "dokumentnummer": of_contribution(row.number),
        "status": row.get_status_display(),
        "begrundelse": "",
        "modtaget": stamp(row.received_at),
        "rettidigt": _yes(not row.came_late),
    }
    if not row.is_published:
        return Shown(row, told | {"begrundelse": _sealed_because(row), **_where_to(row)})
    if is_redacted:
        told["status"] = _("Published, but for a passage that was redacted")
    files = [(file, _place(file, row.number)) for file in files_beside(row) if file.is_shown]
    told |= _beside(row) | {"bilag": ", ".join(place for _file, place in files), "tekst": vars(row)["shown_text"]}
    return Shown(row, told, trusted(vars(row)["shown_html"]), files, is_redacted)


def _sealed_because(row: Contribution) -> str:
    """Return the reason that everyone reads where the text is not shown."""
    if row.erasure_ground:
        return row.get_erasure_ground_display()
    return in_words(row.refusal_reason) if row.status in WITH_REASON else ""


def _where_to(row: Contribution) -> dict[str, object]:
    """Return under which number a text stands in another consultation that everyone sees."""
    text = row.moved_to
    if text is None or not text.consultation.is_published:
        return {}
    return {"flyttet_til": f"{text.consultation.slug}, {text.number}"}


def _beside(row: Contribution) -> dict[str, object]:
    """Return what stands beside a published text for everyone."""
    voice, near = voice_of(row), near_of(row)
    before = row.moved_from
    return {
        "type": row.get_kind_display(),
        "kanal": voice.get_channel_display() if voice else _("The site"),
        "indkommet": voice.came_on.isoformat() if voice else "",
        "navn": row.shown_name,
        "stilling": row.author_title,
        "organisation": _yes(row.author_is_organisation),
        "bekraeftet_borger": _yes(row.author_is_resident),
        "bydel": row.author_district,
        "emne": row.topic.title,
        "svar_paa": row.in_reply_to_number or "",
        "traad": row.root_number,
        "version": row.version,
        "forslagets_version": row.proposal_version or "",
        "samme_brev_som": row.same_as or "",
        "flyttet_fra": f"{before.consultation.slug}, {before.number}" if before else "",
        "sted": near.near if near else "",
        "kilde": row.source,
    }


def _yes(holds: bool) -> str:  # noqa: FBT001 - a question and its answer
    return _("yes") if holds else _("no")
