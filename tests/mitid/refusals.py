"""Coming back from MitID in ways that must be refused."""

from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from allauth.socialaccount.models import SocialAccount
from django.test import Client

from apps.accounts.models import User
from apps.ledger.models import Entry
from apps.residency.sessions import KEPT_UNDER
from tests.mitid.walk import RESIDENT, Desk, begin

DISTRUSTED = "could not be trusted"
TOO_LOW = "not at the level"
STALE = "not begun in this window"
SLOW = "does not answer at the moment"


def came_back(desk: Desk, client: Client, citizen: str = RESIDENT, process: str = "login") -> str:
    """Return the address with which somebody comes back from the English page."""
    return desk.log_in(begin(client, process, prefix="/en"), citizen)


def refused(answer: Any, sentence: str, status: int = 403) -> None:
    """Check that the answer is the one sentence, and that nobody was signed in and nothing made."""
    page = answer.content.decode()
    assert (answer.status_code, sentence in page) == (status, True), page
    assert page.count('role="alert"') == 1
    session = answer.wsgi_request.session
    assert "_auth_user_id" not in session
    assert "socialaccount_sociallogin" not in session
    assert KEPT_UNDER not in session
    assert not User.objects.exists()
    assert not SocialAccount.objects.exists()
    assert not Entry.objects.exists()


def changed(place: str, **parts: str | None) -> str:
    """Return an address with some parts of its query changed, or taken away."""
    query = {name: values[0] for name, values in parse_qs(urlsplit(place).query).items()} | parts
    return f"{urlsplit(place).path}?{urlencode({name: value for name, value in query.items() if value is not None})}"
