"""What tests of appeals look at: an author's pages and mails, and what is told of a number."""

from django.test import Client

from apps.accounts.models import User
from apps.discussions.models import Contribution
from apps.ledger.models import Entry
from apps.notifications.models import OutgoingMail
from apps.notifications.tasks import write_mail


def browser(person: User | None) -> Client:
    """Return a browser in which somebody is signed in."""
    client = Client()
    client.force_login(person)  # type: ignore[arg-type]
    return client


def address(row: Contribution, page: str) -> str:
    """Return the address of a page of a contribution."""
    return f"/en/consultations/{row.consultation.slug}/c/{row.number}/{page}/"


def author_of(row: Contribution) -> User:
    """Return who wrote it."""
    assert row.author is not None
    return row.author


def kinds(row: Contribution) -> list[str]:
    """Return the kinds of entries about a number, in order."""
    return list(Entry.objects.filter(number=row.number).order_by("pk").values_list("kind", flat=True))


def mails_to(person: User) -> list[OutgoingMail]:
    """Write the mails that are due, and return those to somebody, latest first."""
    write_mail()
    return list(OutgoingMail.objects.filter(to=person.email).order_by("-pk"))
