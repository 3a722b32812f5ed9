"""A published white paper for tests of what comes out of it."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from pypdf import PdfReader

from apps.consultations.models import Consultation, Topic
from apps.discussions.models import Contribution
from apps.publications.actions import begin_correction, note_contributions, save_intro
from apps.publications.models import PaperFile, PaperStatement, PaperVersion, WhitePaper
from apps.publications.tasks import make_papers
from tests.factories import a_hearing, a_published, a_refused, an_official, the_topic
from tests.factories.whitepapers import a_paper, a_statement, marked, publish_paper

PASSAGE, REST = "Turbines keep me awake.", "My street is Mill Lane."
WHOLE = "Quieter ones exist."


@dataclass(frozen=True)
class Published:
    """A hearing with a white paper: one cited with a passage, one cited whole, one refused and noted."""

    topic: Topic
    cited: Contribution
    whole: Contribution
    refused: Contribution
    statement: PaperStatement
    version: PaperVersion

    @property
    def consultation(self) -> Consultation:
        """Where it belongs."""
        return self.topic.consultation

    @property
    def address(self) -> str:
        """Its page in English, without the last sign."""
        return f"/en/consultations/{self.consultation.slug}/whitepaper"


def published(at: datetime, *, more: int = 0) -> Published:
    """Return a hearing with a published white paper; `more` further contributions stand under its statement."""
    topic = the_topic(a_hearing(at=at))
    cited = a_published(topic, at=at, body=f"{PASSAGE} {REST}")
    whole = a_published(topic, at=at, body=WHOLE)
    refused = a_refused(topic, at=at)
    by, paper = an_official(at), a_paper(topic.consultation, at=at)
    save_intro(paper=paper, intro="We **listened**.", by=by, at=at)
    statement = a_statement(paper, topic, title="Turbines are loud.", reply="They are moved *away*.", at=at)
    marked(statement, cited, passages=[(0, len(PASSAGE))], at=at)
    marked(statement, whole, at=at)
    for _turn in range(more):
        marked(statement, a_published(topic, at=at), at=at)
    note_contributions(paper=paper, numbers=[refused.number], sentence="It was not published.", by=by, at=at)
    return Published(topic, cited, whole, refused, statement, publish_paper(paper, at=at))


def corrected(made: Published, *, at: datetime, note: str = "A word was wrong.") -> WhitePaper:
    """Return the white paper with a correction begun."""
    paper = WhitePaper.objects.get(consultation=made.consultation)
    begin_correction(paper=paper, note=note, by=an_official(at), at=at)
    return paper


def with_pdf(made: Published) -> str:
    """Return what is read in the PDF of the newest version, as the sweep makes it."""
    make_papers()
    with PaperFile.objects.get(version__paper__consultation=made.consultation).file.open("rb") as file:
        return words_of(file.read())


def words_of(pdf: bytes) -> str:
    """Return what is read in a PDF, page by page, on one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())
