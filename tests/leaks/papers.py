"""The white paper, published and on the desk: it rests on texts that are hidden later, and notes the others."""

from collections.abc import Iterable
from datetime import datetime

from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.consultations.models import Consultation
from apps.discussions.models import Contribution
from apps.publications.actions import (
    add_statement,
    begin_correction,
    begin_white_paper,
    mark_points,
    note_contributions,
)
from apps.publications.models import PaperStatement, WhitePaper
from apps.publications.queries import coverage_of
from tests.factories import an_official
from tests.factories.whitepapers import publish_paper, weigh
from tests.leaks.visits import Output, SecretTown


def resting_on(hearing: Consultation, rows: Iterable[Contribution], at: datetime) -> None:
    """Let statements of the white paper rest on texts while they are public: on all of each, and on a passage."""
    by = an_official(at)
    paper = begin_white_paper(consultation=hearing, by=by, at=at)
    whole, part = (add_statement(paper=paper, topic=None, title=title, by=by, at=at) for title in ("Whole", "Part"))
    for row in rows:
        row.refresh_from_db()
        mark_points(statement=whole, contribution=row, text_version=row.version, by=by, at=at)
        passages = [(0, len(row.body))]
        mark_points(statement=part, contribution=row, passages=passages, text_version=row.version, by=by, at=at)


def accounted_for(hearing: Consultation, *, at: datetime, by: User | None = None) -> None:
    """Publish the white paper with all that no statement rests on noted by its number, and begin a correction of it."""
    paper = WhitePaper.objects.get(consultation=hearing)
    for statement in paper.statements.order_by("pk"):
        weigh(statement, at=at)
    if missing := coverage_of(paper).missing:
        note_contributions(paper=paper, numbers=missing, sentence="Weighed.", by=an_official(at), at=at)
    publish_paper(paper, by=by, at=at)
    begin_correction(paper=paper, note="A word was wrong.", by=an_official(at), at=at)


def desk_page(name: str, *queries: str) -> Output:
    """Return the output of one of the desk's pages about the white paper, with each of these queries."""

    def output(client: Client, town: SecretTown) -> bytes:
        address = reverse(f"publications:{name}", kwargs={"slug": town.hearing.slug})
        return b"".join(_read(client, f"{address}{query}") for query in queries or ("",))

    return output


def workbench(client: Client, town: SecretTown) -> bytes:
    """Return the workbench, with what is like each hidden text, and what may fit each statement."""
    queries = ["", "?show=unplaced", "?show=untreated", "?letter=several"]
    queries += [f"?like={row.number}" for row in town.hidden.values()]
    queries += [f"?letter={row.number}" for row in town.hidden.values()]
    queries += [f"?fits={pk}" for pk in PaperStatement.objects.order_by("pk").values_list("pk", flat=True)]
    return desk_page("coding", *queries)(client, town)


def statements(client: Client, town: SecretTown) -> bytes:
    """Return the pages of all statements."""
    where = {"slug": town.hearing.slug}
    return b"".join(
        _read(client, reverse("publications:paper-statement", kwargs=where | {"statement_id": pk}))
        for pk in PaperStatement.objects.order_by("pk").values_list("pk", flat=True)
    )


def _read(client: Client, address: str) -> bytes:
    return bytes(client.get(address, follow=True).content)
