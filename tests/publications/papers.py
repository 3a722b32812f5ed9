"""A published white paper for tests of what comes out of it."""

from dataclasses import dataclass
from datetime import datetime

from apps.consultations.models import Consultation, Topic
from apps.discussions.models import Contribution
from apps.publications.actions import note_contributions, save_intro
from apps.publications.models import PaperVersion
from apps.publications.tasks import make_papers
from tests.factories import a_contribution, a_hearing, a_published, a_refused, an_official, the_topic
from tests.factories.whitepapers import a_paper, a_statement, marked, publish_paper

PASSAGE, REST = "Turbines keep me awake.", "My street is Mill Lane."


@dataclass(frozen=True)
class Published:
    """A hearing with a white paper: one cited with a passage, one cited whole, one refused and noted."""

    topic: Topic
    cited: Contribution
    whole: Contribution
    refused: Contribution
    version: PaperVersion

    @property
    def consultation(self) -> Consultation:
        """Where it belongs."""
        return self.topic.consultation

    @property
    def address(self) -> str:
        """Its page in English."""
        return f"/en/consultations/{self.consultation.slug}/whitepaper"


def published(at: datetime, *, more: int = 0) -> Published:
    """Return a hearing with a published white paper; `more` further contributions stand under the statement."""
    topic = the_topic(a_hearing(at=at))
    cited = a_published(topic, at=at, body=f"{PASSAGE} {REST}")
    whole = a_published(topic, at=at, body="Quieter ones exist.")
    refused = a_refused(topic, at=at)
    paper = a_paper(topic.consultation, at=at)
    save_intro(paper=paper, intro="We **listened**.", by=an_official(at), at=at)
    statement = a_statement(paper, topic, title="Turbines are loud.", reply="They are moved *away*.", at=at)
    marked(statement, cited, passages=[(0, len(PASSAGE))], at=at)
    marked(statement, whole, at=at)
    for _turn in range(more):
        marked(statement, a_published(topic, at=at), at=at)
    note_contributions(paper=paper, numbers=[refused.number], sentence="It was not published.", by=an_official(at), at=at)
    return Published(topic, cited, whole, refused, publish_paper(paper, at=at))


def with_pdf(made: Published) -> bytes:
    """Return the PDF of the newest version, as the sweep makes it."""
    make_papers()
    with made.version.pdf.file.open("rb") as file:
        return bytes(file.read())


def words_of(pdf: bytes) -> str:
    """Return what is read in a PDF, page by page."""
    from io import BytesIO  # noqa: PLC0415 - for tests of PDFs alone

    from pypdf import PdfReader  # noqa: PLC0415

    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


__all__ = ["PASSAGE", "REST", "Published", "a_contribution", "published", "with_pdf", "words_of"]
