"""Taking a person out of their account. The row stays, empty, because the record refers to it."""

import json
import re
from datetime import datetime
from typing import Any
from urllib.parse import unquote_plus

from django.apps import registry
from django.contrib.auth import SESSION_KEY
from django.db import transaction
from django.db.models import F

from apps.accounts.enums import ACCOUNT_ERASED, HeldSubject
from apps.accounts.errors import Held
from apps.accounts.models import Organisation, RoleAssignment, User
from apps.accounts.queries import addresses_of, held_ids, sessions_to_clear
from apps.ledger.actions import record
from apps.ledger.models import Actor

NOBODY = "erased-{}@nobody.invalid"
# Tables of allauth that hold something of a person.
OF_ALLAUTH = (
    ("account", "EmailAddress"),
    ("socialaccount", "SocialAccount"),
    ("mfa", "Authenticator"),
    ("usersessions", "UserSession"),
)


@transaction.atomic
def erase_account(*, person: User, reason: str, by: Actor, at: datetime) -> bool:
    """Take name, address, sign-in and sessions from the account for ever; answer False when it was done before.

    `reason` is a code: own_wish or retention. What other apps know of the person is theirs to erase first.
    Raises Held while a legal hold is on the person.
    """
    # Whoever places a hold locks the same row: it is seen here, or refused because the account is gone.
    User.objects.select_for_update().filter(pk=person.pk).first()
    if held_ids(HeldSubject.PERSON, [person.pk]):
        raise Held
    empty = {
        "email": NOBODY.format(person.pk),
        "display_name": "",
        "job_title": "",
        "password": "",
        "is_active": False,
        "is_staff": False,
        "is_superuser": False,
        "last_login": None,
        "erased_at": at,
        "session_stamp": F("session_stamp") + 1,
    }
    if not User.objects.filter(pk=person.pk, erased_at=None).update(**empty):
        return False
    RoleAssignment.objects.filter(person=person).delete()
    Organisation.objects.filter(account=person).delete()
    _end_sessions(person)
    for app, table in OF_ALLAUTH:
        rows: Any = registry.apps.get_model(app, table)
        rows.objects.filter(user=person).delete()
    record(ACCOUNT_ERASED, subject=person, by=by, at=at, facts={"reason": reason})
    person.refresh_from_db()
    return True


def _end_sessions(person: User) -> None:
    """Delete the sessions that know the person, with what is kept unsent in them.

    Among them are log-ins that stopped half-way, which no list holds: so every session is looked into.
    """
    sessions: Any = registry.apps.get_model("sessions", "Session")
    addresses = addresses_of(person)
    known = [row.pk for row in sessions.objects.iterator() if _knows(row.get_decoded(), person, addresses)]
    sessions.objects.filter(pk__in=known).delete()


def _knows(session: dict[str, Any], person: User, addresses: list[str]) -> bool:
    if session.get(SESSION_KEY) == str(person.pk):
        return True
    texts = json.dumps(session, default=str, ensure_ascii=False)
    is_kept = any(json.dumps(address, ensure_ascii=False) in texts.lower() for address in addresses)
    return is_kept or _was_typed(unquote_plus(texts).lower(), addresses)


def _was_typed(texts: str, addresses: list[str]) -> bool:
    """A post that waits for a password to be typed keeps its form as it was sent: `email=una%40example.org&...`."""
    return any(re.search(rf'=\s*{re.escape(address)}\s*[&"\\]', texts) for address in addresses)


@transaction.atomic
def clear_sessions(*, at: datetime) -> int:
    """Delete the sessions that have run out, and the rows that list them for their people. Return how many."""
    listed: Any = registry.apps.get_model("usersessions", "UserSession")
    sessions: Any = registry.apps.get_model("sessions", "Session")
    cleared, _by_table = sessions_to_clear(at=at).delete()
    listed.objects.exclude(session_key__in=sessions.objects.values("pk")).delete()
    return int(cleared)
