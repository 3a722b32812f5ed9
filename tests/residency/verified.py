"""What MitID and the desk say of made-up people, for the tests of what becomes of it."""

from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from apps.accounts.models import User
from apps.ledger.models import Entry
from apps.residency.actions import ShownAtDesk, grant_residency
from apps.residency.engine.evidence import Evidence
from apps.residency.engine.person_keys import person_keys
from apps.residency.models import Residency
from apps.residency.sessions import KEPT_UNDER
from tests import factories, personas

BROKER = "https://broker.example"
OLD, NEW = "o" * 40, "n" * 40
CVR = "10150817"
YEARS = timedelta(days=731)
CODE = "0661"
NUMBER, ANOTHER_NUMBER = "0107871234", "1109901235"
HOME = {"name": "Ida Holm", "address": "Klintevej 12, 6990 Ulfborg"}


def evidence(
    subject: str = "ida", *, issuer: str = BROKER, secrets: dict[int, str] | None = None, **other: Any
) -> Evidence:
    """Return what is kept of a MitID log-in of somebody who lives here."""
    facts: dict[str, Any] = {
        "municipality_code": CODE,
        "district_id": None,
        "assurance_level": "substantial",
        "age_band": "",
        "is_protected": False,
        "keys": person_keys(issuer, subject, secrets or {1: OLD}),
    }
    return Evidence(**facts | other)


def account(at: datetime, name: str = "ida", *, number: int = 1) -> User:
    """Return a new account with a confirmed address."""
    return personas.unverified(at=at, email=f"{name}{number}@example.org", display_name=name.capitalize())


def doubles(at: datetime) -> tuple[User, User, Residency]:
    """Return two accounts of the same name at the same address, and the second one's residency, which waits."""
    first, second, official = account(at), account(at, number=2), factories.an_official(at)
    shown = ShownAtDesk(document="passport", **HOME)
    grant_residency(person=first, district=None, by=official, at=at, shown=shown)
    waiting = grant_residency(person=second, district=None, by=official, at=at, shown=shown)
    return first, second, waiting


def kinds() -> list[str]:
    """Return what the ledger says of residencies, in order."""
    return list(Entry.objects.filter(kind__startswith="residency").order_by("id").values_list("kind", flat=True))


def browser_of(person: User, told: Evidence | None = None, *, at: datetime, owner: int | None = None) -> Client:
    """Return the browser of somebody who is signed in, perhaps just back from MitID."""
    client = Client()
    client.force_login(person)
    if told is not None:
        back_from_mitid(client, told, at=at, owner=owner or person.pk)
    return client


def back_from_mitid(client: Client, told: Evidence, *, at: datetime, owner: int) -> None:
    """Put into the session what the way back from MitID puts there."""
    session = client.session
    session[KEPT_UNDER] = {"owner": owner, "kept_at": at.timestamp(), "evidence": told.as_json()}
    session.save()
