"""What one network and one account may try, and that no answer tells who has an account."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from statistics import median
from typing import Any

import pytest
import time_machine
from allauth.core.internal import ratelimit
from django.conf import settings as site
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client, RequestFactory

from apps.accounts.adapters import STRANGERS, AccountAdapter, network_of
from apps.accounts.models import User
from apps.notifications.enums import MailStatus
from apps.notifications.models import OutgoingMail
from civic_forum.settings.abuse import ACCOUNT_RATE_LIMITS
from tests import personas
from tests.accounts.with_app import CODE, NOW, code, confirm_password, give_app, log_in
from tests.personas import PASSWORD

pytestmark = pytest.mark.django_db

SIGN_UP, LOG_IN, RESET = "/en/accounts/signup/", "/en/accounts/login/", "/en/accounts/password/reset/"
NAME = {"display_name": "Nina Nyhus", "password1": PASSWORD}
WRONG = "wrong wrong wrong"
TRAP = site.ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD
KNOWN, UNKNOWN = "una@example.org", "nobody@example.org"


@pytest.fixture(autouse=True)
def _limits_are_on(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = ACCOUNT_RATE_LIMITS


@pytest.fixture
def the_clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def sign_up(number: int, network: str = "203.0.113.5", **headers: str) -> Any:
    client = Client(REMOTE_ADDR=network, headers=headers)
    return client.post(SIGN_UP, NAME | {"email": f"p{number}@example.org"})


def guess(email: str, address: str = "203.0.113.5", password: str = WRONG) -> Any:
    return Client(REMOTE_ADDR=address).post(LOG_IN, {"login": email, "password": password})


def is_limited(answer: Any) -> bool:
    return answer.status_code == 429 or "too many attempts" in answer.content.decode()


# Networks.


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0"),
        ("203.0.113.255", "203.0.113.0"),
        ("::ffff:203.0.113.77", "203.0.113.0"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("127.0.0.1", "127.0.0.0"),
    ],
)
def test_of_an_address_only_its_network_is_known(address: str, network: str) -> None:
    assert network_of(address) == network
    request = RequestFactory(REMOTE_ADDR=address).get("/")
    assert AccountAdapter(request).get_client_ip(request) == network


@pytest.mark.parametrize(
    ("proxies", "forwarded", "network"),
    [
        (0, "198.51.100.9", "203.0.113.0"),
        (0, "198.51.100.9, 192.0.2.1", "203.0.113.0"),
        (1, "198.51.100.9", "198.51.100.0"),
        (1, "192.0.2.1, 198.51.100.9", "198.51.100.0"),
        (1, "127.0.0.1, evil, 198.51.100.9", "198.51.100.0"),
        (2, "192.0.2.1, 198.51.100.9, 10.0.0.1", "198.51.100.0"),
    ],
)
def test_of_what_proxies_say_only_ours_are_believed(proxies: int, forwarded: str, network: str, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory(REMOTE_ADDR="203.0.113.5").get("/", headers={"X-Forwarded-For": forwarded})

    assert AccountAdapter(request).get_client_ip(request) == network


# Signing up.


def test_one_network_makes_twenty_accounts_a_minute_and_no_more(the_clock: Any) -> None:
    answers = [sign_up(number, f"203.0.113.{number}") for number in range(1, 31)]

    assert [answer.status_code for answer in answers] == [302] * 20 + [429] * 10
    assert User.objects.count() == 20
    assert sign_up(99, "203.0.114.5").status_code == 302


def test_spoofing_the_address_makes_no_more(the_clock: Any) -> None:
    spoofs = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "CF-Connecting-IP", "True-Client-IP", "X-Client-IP")
    for number in range(40):
        sign_up(number, **dict.fromkeys(spoofs, f"198.51.{number}.9"))

    assert User.objects.count() == 20


def passed_of(times: int) -> int:
    """Ask the limiter that stands before the form of signing up, and return how often it let one through."""
    request = RequestFactory(REMOTE_ADDR="203.0.113.5").post(SIGN_UP)
    return sum(bool(ratelimit.consume(request, app="allauth.account", action="signup")) for _turn in range(times))


def test_ten_thousand_sign_ups_in_a_minute_are_turned_away_quickly(the_clock: Any) -> None:
    begun = time.process_time()

    assert passed_of(10_000) == 20
    assert time.process_time() - begun < 10


def test_an_hour_has_a_limit_of_its_own(the_clock: Any) -> None:
    passed = []
    for _minute in range(7):
        passed.append(passed_of(25))
        the_clock.shift(61)

    assert passed == [20] * 5 + [0, 0]


def test_the_page_says_when_to_try_again_and_keeps_no_secret(the_clock: Any) -> None:
    answers = [sign_up(number) for number in range(21)]
    page = answers[-1].content.decode()

    assert "Try again in 1 minute." in page
    assert answers[-1]["Retry-After"] == "60"
    assert PASSWORD not in page
    assert "no-" in answers[-1]["Cache-Control"]


# Guessing.


def test_an_account_takes_five_guesses_whatever_the_network(the_clock: Any, at: datetime) -> None:
    person = personas.unverified(at=at)

    answers = [guess(person.email, f"198.51.{number}.9") for number in range(8)]
    with_the_right_one = guess(person.email, "192.0.2.1", PASSWORD)

    assert [is_limited(answer) for answer in answers] == [False] * 5 + [True] * 3
    assert is_limited(with_the_right_one)
    the_clock.shift(301)
    assert guess(person.email, "192.0.2.1", PASSWORD).status_code == 302


@pytest.mark.parametrize(
    "spelling",
    [
        str.upper,
        str.title,
        lambda email: f" {email} ",
        lambda email: email.replace("example.org", "EXAMPLE.ORG"),
    ],
)
def test_another_spelling_gives_no_more_guesses(spelling: Callable[[str], str], the_clock: Any, at: datetime) -> None:
    person = personas.unverified(at=at)
    for number in range(5):
        guess(person.email, f"198.51.{number}.9")

    assert is_limited(guess(spelling(person.email), "192.0.2.1", PASSWORD))


@pytest.mark.parametrize("email", ["uná@example.org", "una@éxample.org", "ｕna@example.org", "una@example.org\u200b"])
def test_a_likeness_of_an_address_is_not_that_account(email: str, the_clock: Any, at: datetime) -> None:
    personas.unverified(at=at)

    client = Client()
    client.post(LOG_IN, {"login": email, "password": PASSWORD})

    assert "_auth_user_id" not in client.session


def test_a_network_guesses_thirty_times_a_minute_over_all_accounts(the_clock: Any) -> None:
    answers = [guess(f"p{number}@example.org", f"203.0.113.{number}") for number in range(40)]

    assert [is_limited(answer) for answer in answers] == [False] * 30 + [True] * 10


def test_an_own_log_in_between_gives_no_more_guesses(the_clock: Any, at: datetime) -> None:
    victim, own = personas.unverified(at=at), personas.resident(at=at)
    limited = []
    for _turn in range(7):
        limited.append(is_limited(guess(victim.email)))
        guess(own.email, password=PASSWORD)

    assert limited == [False] * 5 + [True] * 2


def test_codes_of_the_second_step_are_guessed_five_times(the_clock: Any, at: datetime) -> None:
    person = personas.moderator(at=at)
    give_app(person)
    client = Client()
    log_in(client, person)
    for number in range(5):
        client.post(CODE, {"code": f"{number:06}"}, REMOTE_ADDR=f"198.51.{number}.9")

    answer = client.post(CODE, {"code": code()})

    assert is_limited(answer)
    assert "_auth_user_id" not in client.session


def test_new_passwords_are_asked_for_five_times_an_hour(the_clock: Any, at: datetime) -> None:
    personas.unverified(at=at)
    answers = []
    for number in range(7):
        browser = Client(REMOTE_ADDR=f"198.51.{number}.9")
        answers.append(browser.post(RESET, {"email": KNOWN if number % 2 else KNOWN.upper()}).status_code)

    assert answers == [302] * 5 + [429] * 2


# Mail.


def test_a_thousand_sign_ups_to_one_address_are_three_mails_at_most(
    the_clock: Any, settings: Any, at: datetime
) -> None:
    """Whatever is asked for, in whichever language, from whichever network."""
    settings.EMAIL_BACKEND = "apps.notifications.adapters.OutboxBackend"
    settings.ACCOUNT_RATE_LIMITS = ACCOUNT_RATE_LIMITS | dict.fromkeys(("signup", "reset_password", "login_failed"))
    for number in range(40):
        browser = Client(REMOTE_ADDR=f"10.0.{number}.9")
        start = SIGN_UP if number % 2 else SIGN_UP.removeprefix("/en")
        browser.post(start, NAME | {"email": "Bombed@example.org"})
        browser.post(RESET, {"email": "bombed@example.org"})
    for number in range(1_000):
        EmailMessage(f"Subject {number}", "Text", to=["bombed@example.org"], headers=STRANGERS).send()

    mails = OutgoingMail.objects.filter(to="bombed@example.org")
    assert 1 <= mails.exclude(status=MailStatus.REFUSED).count() <= 3
    assert mails.count() <= 4
    assert not any(b"X-About" in row.body.encode() for row in mails)


# Who has an account.


def _answer(address: str, sent: dict[str, str], viewer: User | None = None) -> tuple[int, str, str, list[str]]:
    client = Client()
    if viewer:
        client.force_login(viewer)
        confirm_password(client)
    before = len(mail.outbox)
    answer = client.post(address, sent)
    page = client.get(answer["Location"]) if answer.status_code == 302 else answer
    words = page.content.decode().replace(sent.get("email", sent.get("login", "")), "THE ADDRESS")
    masked = "".join(line for line in words.splitlines(True) if "csrfmiddlewaretoken" not in line)
    return answer.status_code, answer.get("Location", ""), masked, [m.subject for m in mail.outbox[before:]]


ASKED = {
    "sign-up": (SIGN_UP, lambda email: NAME | {"email": email}),
    "log-in": (LOG_IN, lambda email: {"login": email, "password": "wrong wrong wrong"}),
    "new password": (RESET, lambda email: {"email": email}),
    "other address": ("/en/accounts/email/", lambda email: {"email": email, "action_add": "1"}),
    "mail again": ("/en/accounts/email/", lambda email: {"email": email, "action_send": "1"}),
}


@pytest.mark.parametrize("asked", ASKED)
def test_no_answer_tells_who_has_an_account(asked: str, settings: Any, at: datetime) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    personas.unverified(at=at)
    viewer = personas.resident(at=at) if asked in {"other address", "mail again"} else None
    address, sent = ASKED[asked]

    known = _answer(address, sent(KNOWN), viewer)
    unknown = _answer(address, sent(UNKNOWN), viewer)

    assert known[:3] == unknown[:3]
    assert len(known[3]) == len(unknown[3])


@pytest.mark.parametrize("asked", ["sign-up", "log-in", "new password"])
def test_no_answer_takes_longer_for_those_who_have_one(asked: str, settings: Any, at: datetime) -> None:
    """With hashing as slow as it is for real, whose absence would tell. Work is measured: a clock is unsteady."""
    settings.ACCOUNT_RATE_LIMITS = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    personas.unverified(at=at)
    address, sent = ASKED[asked]
    spent: dict[bool, list[float]] = {True: [], False: []}
    for number in range(3):
        for is_known in (True, False):
            browser, email = Client(), KNOWN if is_known else f"nobody{number}@example.org"
            begun = time.process_time()
            browser.post(address, sent(email))
            spent[is_known].append(time.process_time() - begun)

    known, unknown = median(spent[True]), median(spent[False])
    assert abs(known - unknown) < 0.3 * max(known, unknown) + 0.01


def test_the_mails_fit_who_gets_them(settings: Any, at: datetime) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    personas.unverified(at=at)
    for email in (KNOWN, UNKNOWN):
        Client().post(SIGN_UP, NAME | {"email": email})
    Client().post(RESET, {"email": "third@example.org"})

    assert [(message.to[0], message.subject) for message in mail.outbox] == [
        (KNOWN, "You already have an account"),
        (UNKNOWN, "Confirm your e-mail address"),
        ("third@example.org", "No account with this address"),
    ]


# The field that people do not see.


def test_what_fills_in_the_hidden_field_is_answered_like_everybody_and_makes_nothing(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    person = Client().post(SIGN_UP, NAME | {"email": UNKNOWN, TRAP: ""})
    program = Client().post(SIGN_UP, NAME | {"email": "spam@example.org", TRAP: "https://spam.example"})

    assert (person.status_code, person["Location"]) == (program.status_code, program["Location"])
    assert [user.email for user in User.objects.all()] == [UNKNOWN]
    assert len(mail.outbox) == 1


def test_people_do_not_meet_it(client: Client) -> None:
    page = client.get(SIGN_UP).content.decode()
    (field,) = (part for part in page.split("<input")[1:] if f'name="{TRAP}"' in part)

    assert 'tabindex="-1"' in field
    assert 'autocomplete="off"' in field
    assert "style=" not in field.split(">")[0]
    assert 'class="trap" aria-hidden="true"' in page
