"""What was written, weighed and published of a consultation's white paper, as its entries tell it.

That every voice is accounted for is counted here once more, from the entries alone.
"""

from collections.abc import Iterator

from apps.discussions.enums import ContributionKind
from apps.exchange.engine.story.shapes import (
    Chapter,
    ConsultationStory,
    ContributionStory,
    Disagreement,
    Told,
    WhitePaperStory,
    expect,
)
from apps.publications.enums import (
    CONTRIBUTION_LEFT_OUT,
    CONTRIBUTION_UNWEIGHED,
    CONTRIBUTIONS_NOTED,
    POINT_MARKED,
    POINT_MOVED,
    POINT_UNMARKED,
    STATEMENT_ADDED,
    STATEMENT_CHANGED,
    STATEMENT_REMOVED,
    WHITE_PAPER_BEGUN,
    WHITE_PAPER_DRAFTED,
    WHITE_PAPER_PUBLISHED,
    WHITE_PAPER_REOPENED,
    WHITE_PAPER_REVIEW_ASKED,
    WHITE_PAPER_SENT_BACK,
    WHITE_PAPER_TAKEN_BACK,
    PaperStatus,
    Scope,
)


def _begun(story: ConsultationStory, told: Told) -> None:
    expect(story.white_paper is None, told, "the white paper was begun twice")
    story.white_paper = WhitePaperStory(told.subject_id)


def _drafted(story: ConsultationStory, told: Told) -> None:
    _open(story, told)


def _added(story: ConsultationStory, told: Told) -> None:
    paper = _open(story, told)
    expect(told.facts["statement"] not in paper.statements, told, "the statement was added twice")
    paper.statements[told.facts["statement"]] = ("", told.facts["fingerprint"])


def _changed(story: ConsultationStory, told: Told) -> None:
    paper, key = _open(story, told), told.facts["statement"]
    expect(key in paper.statements, told, "the statement was never added")
    paper.statements[key] = (told.facts["disposition"], told.facts["fingerprint"])


def _removed(story: ConsultationStory, told: Told) -> None:
    paper, key = _open(story, told), told.facts["statement"]
    expect(paper.statements.pop(key, None) is not None, told, "the statement was never added")
    expect(all(statement != key for statement, _number in paper.points), told, "points stood under the statement")


def _marked(story: ConsultationStory, told: Told) -> None:
    paper, contribution = _open(story, told), story.numbers.get(told.number or 0)
    is_fit = contribution is not None and contribution.is_published and contribution.kind != ContributionKind.ANSWER
    expect(is_fit, told, "no statement rests on what is not public, or on an answer")
    expect(told.number not in paper.left_out, told, "it was left out")
    expect(told.facts["points"] > 0, told, "nothing was marked")
    _set(paper, told, told.facts["statement"], told.facts["points"])


def _point_moved(story: ConsultationStory, told: Told) -> None:
    paper, left = _open(story, told), told.facts["from"]
    before = paper.points.get((left, told.number or 0), 0)
    expect(before == told.facts["left"] + 1, told, "another number of points stood under the statement that it left")
    _set(paper, told, left, told.facts["left"])
    _set(paper, told, told.facts["statement"], told.facts["points"])


def _unmarked(story: ConsultationStory, told: Told) -> None:
    paper, key = _open(story, told), told.facts["statement"]
    before = paper.points.get((key, told.number or 0), 0)
    expect(before == told.facts["points"] + 1, told, "another number of points stood under the statement")
    _set(paper, told, key, told.facts["points"])


def _set(paper: WhitePaperStory, told: Told, key: int, points: int) -> None:
    expect(key in paper.statements, told, "the statement was never added")
    if points:
        paper.points[key, told.number or 0] = points
    else:
        paper.points.pop((key, told.number or 0), None)


def _noted(story: ConsultationStory, told: Told) -> None:
    paper = _open(story, told)
    for number in told.facts["numbers"]:
        expect(number in story.numbers, told, f"no. {number} was never received")
        paper.left_out.pop(number, None)
        paper.noted.add(number)


def _left_out(story: ConsultationStory, told: Told) -> None:
    paper, number = _open(story, told), told.number or 0
    expect(number in story.numbers, told, "it was never received")
    expect(all(marked != number for _statement, marked in paper.points), told, "a statement rests on it")
    paper.noted.discard(number)
    paper.left_out[number] = (told.facts["ground"], told.facts["same_as"])


def _unweighed(story: ConsultationStory, told: Told) -> None:
    paper, number = _open(story, told), told.number or 0
    expect(number in paper.noted or number in paper.left_out, told, "it was neither noted nor left out")
    paper.noted.discard(number)
    paper.left_out.pop(number, None)


def _review_asked(story: ConsultationStory, told: Told) -> None:
    _open(story, told).status = PaperStatus.IN_REVIEW


def _back(story: ConsultationStory, told: Told) -> None:
    paper = _paper(story, told)
    expect(paper.status == PaperStatus.IN_REVIEW, told, "nobody read it")
    paper.status = PaperStatus.DRAFT


def _published(story: ConsultationStory, told: Told) -> None:
    paper, facts = _paper(story, told), told.facts
    expect(paper.status == PaperStatus.IN_REVIEW, told, "no second official read it")
    expect(facts["version"] == len(paper.versions) + 1, told, "a version is missing or told twice")
    counted = {row.number: row for row in _counted(story, facts["scope"])}
    out = {
        number for number, (_ground, same) in paper.left_out.items() if number in counted and _is_there(same, counted)
    }
    expect(facts["left_out"] == len(out), told, f"{len(out)} were left out")
    expect(facts["received"] == len(counted) - len(out), told, f"{len(counted) - len(out)} were received")
    expect(facts["statements"] == len(paper.statements), told, f"there were {len(paper.statements)} statements")
    expect(all(disposition for disposition, _print in paper.statements.values()), told, "a statement has no reply")
    missing = counted.keys() - out - _treated(paper, counted, out)
    expect(not missing, told, f"no. {min(missing, default=0)} is neither treated nor noted")
    paper.versions[facts["version"]] = (facts["checksum"], facts["received"], facts["left_out"], facts["statements"])
    paper.status = PaperStatus.PUBLISHED


def _reopened(story: ConsultationStory, told: Told) -> None:
    paper = _paper(story, told)
    is_newest = told.facts["version"] == len(paper.versions)
    expect(paper.status == PaperStatus.PUBLISHED and is_newest, told, "there was no such version to correct")
    paper.status = PaperStatus.DRAFT


def _counted(story: ConsultationStory, scope: str) -> Iterator[ContributionStory]:
    rows = (row for row in story.numbers.values() if row.kind != ContributionKind.ANSWER and not row.is_moved_away)
    return (row for row in rows if scope == Scope.RECEIVED or row.is_published)


def _is_there(same_as: int | None, counted: dict[int, ContributionStory]) -> bool:
    return same_as is None or same_as in counted


def _treated(paper: WhitePaperStory, counted: dict[int, ContributionStory], out: set[int]) -> set[int]:
    """Return the numbers that a statement rests on, those of the same letters, and those that are noted."""
    marked = {number for _statement, number in paper.points if number in counted and number not in out}
    letters = {counted[number].letter for number in marked} - {None}
    return marked | paper.noted | {row.number for row in counted.values() if row.letter in letters}


def _paper(story: ConsultationStory, told: Told) -> WhitePaperStory:
    if story.white_paper is None:
        raise Disagreement(f"Entry {told.entry} ({told.kind}): the white paper was never begun")
    return story.white_paper


def _open(story: ConsultationStory, told: Told) -> WhitePaperStory:
    paper = _paper(story, told)
    expect(paper.status == PaperStatus.DRAFT, told, "nothing of the white paper could be changed then")
    return paper


CHAPTERS: dict[str, Chapter] = {
    WHITE_PAPER_BEGUN.name: _begun,
    WHITE_PAPER_DRAFTED.name: _drafted,
    STATEMENT_ADDED.name: _added,
    STATEMENT_CHANGED.name: _changed,
    STATEMENT_REMOVED.name: _removed,
    POINT_MARKED.name: _marked,
    POINT_MOVED.name: _point_moved,
    POINT_UNMARKED.name: _unmarked,
    CONTRIBUTIONS_NOTED.name: _noted,
    CONTRIBUTION_LEFT_OUT.name: _left_out,
    CONTRIBUTION_UNWEIGHED.name: _unweighed,
    WHITE_PAPER_REVIEW_ASKED.name: _review_asked,
    WHITE_PAPER_TAKEN_BACK.name: _back,
    WHITE_PAPER_SENT_BACK.name: _back,
    WHITE_PAPER_PUBLISHED.name: _published,
    WHITE_PAPER_REOPENED.name: _reopened,
}
