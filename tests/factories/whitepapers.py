"""A white paper for tests, made through the house's own actions."""

from collections.abc import Sequence
from datetime import datetime

from apps.accounts.models import User
from apps.consultations.actions import add_member
from apps.consultations.enums import TeamRole
from apps.consultations.models import Consultation, TeamMember, Topic
from apps.discussions.models import Contribution
from apps.publications import actions
from apps.publications.actions import StatementWords
from apps.publications.enums import Disposition
from apps.publications.models import PaperStatement, PaperVersion, Point, WhitePaper
from tests import personas
from tests.factories import an_official


def a_colleague(consultation: Consultation, *, at: datetime) -> User:
    """Return a second official in the consultation's team, made at first use."""
    colleague = User.objects.filter(email="karl@example.org").first() or personas.colleague(at=at)
    if not TeamMember.objects.filter(consultation=consultation, person=colleague).exists():
        add_member(consultation=consultation, person=colleague, role=TeamRole.EDITOR, by=an_official(at), at=at)
    return colleague


def a_paper(consultation: Consultation, *, at: datetime) -> WhitePaper:
    """Return the consultation's white paper, begun at first use."""
    return actions.begin_white_paper(consultation=consultation, by=an_official(at), at=at)


def a_statement(
    paper: WhitePaper, topic: Topic | None = None, *, title: str = "Less noise.", reply: str = "Yes.", at: datetime
) -> PaperStatement:
    """Return a statement that the administration has replied to; without a reply, one that is not weighed yet."""
    made = actions.add_statement(paper=paper, topic=topic, title=title, by=an_official(at), at=at)
    if reply:
        weigh(made, topic, reply=reply, at=at)
    return made


def weigh(statement: PaperStatement, topic: Topic | None = None, *, reply: str = "Yes.", at: datetime) -> None:
    """Reply to a statement."""
    words = StatementWords(title=statement.title, disposition=Disposition.ACCOMMODATED, reply=reply)
    actions.save_statement(statement=statement, words=words, topic=topic, by=an_official(at), at=at)


def marked(
    statement: PaperStatement,
    contribution: Contribution,
    *,
    passages: Sequence[tuple[int, int]] | None = None,
    at: datetime,
) -> list[Point]:
    """Return the points of a contribution that were put under a statement."""
    return actions.mark_points(
        statement=statement,
        contribution=contribution,
        passages=passages,
        text_version=contribution.version,
        by=an_official(at),
        at=at,
    )


def publish_paper(paper: WhitePaper, *, by: User | None = None, at: datetime) -> PaperVersion:
    """Return the version that a colleague published after a review was asked for."""
    actions.ask_for_review(paper=paper, by=an_official(at), at=at)
    return actions.publish_white_paper(paper=paper, by=by or a_colleague(paper.consultation, at=at), at=at)
