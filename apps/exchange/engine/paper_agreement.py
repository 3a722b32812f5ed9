"""Holds a white paper's rows against the story that the entries tell."""

from dataclasses import dataclass, field

from apps.exchange.engine.agreement import same, same_set
from apps.exchange.engine.story import ConsultationStory, Disagreement


@dataclass(frozen=True, kw_only=True, slots=True)
class VersionRow:
    """A published version. `proven` is the checksum of the content that is there now.

    `is_indexed`: the rows by number say of each what the content says.
    """

    version: int
    checksum: str
    proven: str
    received: int
    left_out: int
    statements: int
    is_indexed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class WhitePaperRow:
    """A white paper as its rows say, without what was moved to another consultation since."""

    subject_id: int
    status: str
    version: int
    statements: dict[int, tuple[str, str]] = field(default_factory=dict)
    points: dict[tuple[int, int], int] = field(default_factory=dict)
    noted: set[int] = field(default_factory=set)
    left_out: dict[int, tuple[str, int | None]] = field(default_factory=dict)
    versions: list[VersionRow] = field(default_factory=list)


def hold_white_paper(story: ConsultationStory, row: WhitePaperRow | None) -> None:
    """Compare the white paper with the story; what was moved to another consultation counts for nothing in either."""
    told = story.white_paper
    if told is None or row is None:
        same("the white paper", row, told)
        return
    here = {number for number, contribution in story.numbers.items() if not contribution.is_moved_away}
    same("the white paper's row", row.subject_id, told.subject_id)
    same("where the white paper stands", row.status, told.status)
    same("the white paper's version", row.version, len(told.versions))
    same("the statements of the white paper (disposition, fingerprint)", row.statements, told.statements)
    points = {place: count for place, count in told.points.items() if place[1] in here}
    same("the points of the white paper (statement, number)", row.points, points)
    same_set("what the white paper notes", row.noted, told.noted & here)
    left_out = {number: why for number, why in told.left_out.items() if number in here}
    same("what the white paper leaves out (ground, same as)", row.left_out, left_out)
    facts = {one.version: (one.checksum, one.received, one.left_out, one.statements) for one in row.versions}
    same("the versions of the white paper (checksum, received, left out, statements)", facts, told.versions)
    for version in row.versions:
        _hold_version(version)


def _hold_version(row: VersionRow) -> None:
    if row.proven != row.checksum:
        raise Disagreement(f"Version {row.version} of the white paper is not the one in the ledger")
    if not row.is_indexed:
        raise Disagreement(f"Version {row.version} of the white paper treats other numbers than its rows say")
