"""The white paper of the town: it rests on texts that are hidden later, and notes all others by their numbers."""

from datetime import datetime

from apps.consultations.models import Consultation
from apps.discussions.models import Contribution
from apps.publications.actions import note_contributions
from apps.publications.models import WhitePaper
from apps.publications.queries import coverage_of
from tests import factories
from tests.factories.whitepapers import a_paper, a_statement, marked, publish_paper


def resting_on(hearing: Consultation, *rows: Contribution, at: datetime) -> None:
    """Put texts that everyone can read now under the white paper's statement."""
    paper = a_paper(hearing, at=at)
    statement = paper.statements.first() or a_statement(paper, at=at)
    for row in rows:
        row.refresh_from_db()
        marked(statement, row, at=at)


def accounted_for(hearing: Consultation, *, at: datetime) -> None:
    """Note all that no statement rests on, and publish the white paper."""
    paper = WhitePaper.objects.get(consultation=hearing)
    missing = coverage_of(paper).missing
    note_contributions(paper=paper, numbers=missing, sentence="Weighed.", by=factories.an_official(at), at=at)
    publish_paper(paper, at=at)
