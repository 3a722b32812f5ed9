"""Answers from MitID that do not confirm who is signed in: of others, broken off, late, twice, or not whole."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from apps.accounts.models import User
from apps.residency.sessions import KEPT_UNDER
from tests.mitid.alone import AGAIN, DELETE, deletion, is_there, only_mitid, way_back, with_session
from tests.mitid.refusals import DISTRUSTED, SLOW, STALE, TOO_LOW, changed
from tests.mitid.walk import ABORT, LOW, RESIDENT, SECOND_RESIDENT, Desk, begin

pytestmark = pytest.mark.django_db

ANOTHER = "is not the one that this account is opened with"
STATES = "socialaccount_states"


def not_believed(answer: Any, sentence: str, person: User, status: int = 403) -> None:
    """Check that the answer is the one sentence, nothing was done, and nothing more can be done with the session."""
    page = answer.content.decode()
    assert (answer.status_code, sentence in page) == (status, True), page
    assert is_there(person)
    client = answer.client
    assert deletion(client, person)["Location"].startswith(AGAIN)
    assert client.session["_auth_user_id"] == str(person.pk)
    assert KEPT_UNDER not in client.session


def test_another_persons_mitid_confirms_nothing(mitid: Desk, stolen: Client, person: User) -> None:
    deletion(stolen, person)

    not_believed(stolen.get(way_back(mitid, stolen, SECOND_RESIDENT)), ANOTHER, person)


def test_the_mitid_of_another_account_here_confirms_nothing(mitid: Desk, stolen: Client, person: User, at: Any) -> None:
    thief = only_mitid(mitid, at, SECOND_RESIDENT, "thief@example.org")

    not_believed(stolen.get(way_back(mitid, stolen, SECOND_RESIDENT)), ANOTHER, person)

    assert is_there(thief)


def test_who_aborts_confirms_nothing_and_can_begin_again(mitid: Desk, stolen: Client, person: User) -> None:
    deletion(stolen, person)

    answer = stolen.get(way_back(mitid, stolen, ABORT), follow=True)

    assert answer.redirect_chain == [(f"{AGAIN}?next=%2Fen%2Fme%2Fdelete%2F", 302)]
    assert "You stopped the login with MitID" in answer.content.decode()
    assert is_there(person)
    stolen.get(way_back(mitid, stolen))
    assert not is_there(person)


def test_an_answer_counts_once(mitid: Desk, stolen: Client, person: User) -> None:
    place = way_back(mitid, stolen, to="/en/me/data/")
    assert stolen.get(place)["Location"] == "/en/me/data/"
    with_session(stolen, person)

    not_believed(stolen.get(f"/en{place}"), STALE, person)


def test_an_answer_that_was_begun_in_another_session_confirms_nothing(
    mitid: Desk, stolen: Client, person: User
) -> None:
    place = way_back(mitid, with_session(Client(), person))

    not_believed(stolen.get(f"/en{place}"), STALE, person)


def test_an_answer_begun_by_another_account_in_this_browser_confirms_nothing(
    mitid: Desk, stolen: Client, person: User, at: Any
) -> None:
    other = only_mitid(mitid, at, SECOND_RESIDENT, "other@example.org")
    with_session(stolen, other)
    place, states = way_back(mitid, stolen), stolen.session[STATES]
    with_session(stolen, person)
    session = stolen.session
    session[STATES] = states
    session.save()

    not_believed(stolen.get(f"/en{place}"), STALE, person)


def test_an_answer_after_ten_minutes_confirms_nothing(mitid: Desk, stolen: Client, person: User) -> None:
    place = way_back(mitid, stolen)
    session = stolen.session
    session[STATES] = {state: [kept, begun - 601, of] for state, (kept, begun, of) in session[STATES].items()}
    session.save()

    not_believed(stolen.get(f"/en{place}"), STALE, person)


@pytest.mark.parametrize("process", ["login", "verify"])
def test_what_was_begun_for_something_else_confirms_nothing(
    process: str, mitid: Desk, client: Client, person: User
) -> None:
    if process == "verify":
        with_session(client, person)
    place = mitid.log_in(begin(client, process, prefix="/en"), RESIDENT)
    with_session(client, person)

    client.get(place)

    assert deletion(client, person)["Location"].startswith(AGAIN)


def test_a_verification_of_this_session_confirms_nothing(mitid: Desk, stolen: Client, person: User) -> None:
    stolen.get(mitid.log_in(begin(stolen, "verify", prefix="/en"), RESIDENT))

    assert deletion(stolen, person)["Location"].startswith(AGAIN)


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("old-login", DISTRUSTED),
        ("strange-login-time", DISTRUSTED),
        ("wrong-key", DISTRUSTED),
        ("old-nonce", DISTRUSTED),
        ("other-subject", DISTRUSTED),
        ("low-assurance", TOO_LOW),
    ],
)
def test_an_answer_that_is_not_as_it_must_be_confirms_nothing(
    fault: str, sentence: str, mitid: Desk, stolen: Client, person: User
) -> None:
    deletion(stolen, person)
    place = way_back(mitid, stolen)
    mitid.fault(fault)

    answer = stolen.get(place)

    mitid.fault("")
    not_believed(answer, sentence, person)


def test_a_low_level_confirms_nothing(mitid: Desk, client: Client, at: Any) -> None:
    person = only_mitid(mitid, at, LOW)

    not_believed(with_session(client, person).get(way_back(mitid, client, LOW)), TOO_LOW, person)


def test_a_broker_that_is_down_confirms_nothing(mitid: Desk, stolen: Client, person: User) -> None:
    place = way_back(mitid, stolen)
    mitid.fault("failing:token")

    answer = stolen.get(place)

    mitid.fault("")
    not_believed(answer, SLOW, person, 503)


@pytest.mark.parametrize("code", [None, "", "guessed"], ids=str)
def test_a_code_that_was_not_given_confirms_nothing(
    code: str | None, mitid: Desk, stolen: Client, person: User
) -> None:
    not_believed(stolen.get(changed(way_back(mitid, stolen), code=code)), DISTRUSTED, person)


def test_nobody_confirms_who_is_not_signed_in(mitid: Desk, client: Client) -> None:
    answer = client.post("/en/accounts/mitid/", {"process": "confirm"})

    assert answer["Location"].startswith("/en/accounts/login/")


def test_who_has_a_password_or_a_second_step_is_asked_for_that(
    mitid: Desk, stolen: Client, person: User, at: Any
) -> None:
    """A confirmation with MitID stands in for neither, also when it was begun before there was one."""
    place = way_back(mitid, stolen)
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "SEALED"})

    came_back = stolen.get(place)
    begun = stolen.post("/en/accounts/mitid/", {"process": "confirm", "next": DELETE})

    for answer in (came_back, begun, deletion(stolen, person)):
        assert "/reauthenticate/" in answer["Location"]
    assert is_there(person)


def test_it_ends_on_this_site(mitid: Desk, stolen: Client) -> None:
    for address in ("https://evil.example/", "//evil.example/", "/\\evil.example"):
        answer = stolen.get(way_back(mitid, stolen, to=address))
        assert answer["Location"] == "/en/me/"
