"""After each way of verifying, nothing of who somebody is, was born or lives is left: in no row, log, entry or mail.

People with unmistakable numbers, birth dates, streets and names walk through the real pages. Looked for is each of
these in every spelling, packed and as a digest without a key (traces.py; that the search finds, test_traces.py shows).
"""

import csv
import io
import re
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.municipality.models import District, Municipality
from apps.notifications.tasks import send_mail, write_mail
from apps.portal.actions import clear_away
from apps.portal.tasks import build_exports
from apps.residency.models import Letter, LetterBatch
from apps.residency.queries import residency_of
from tests import factories, personas
from tests.leaks.traces import Lines, all_logs, traces
from tests.mitid.walk import ABORT, ELSEWHERE, LOW, PROTECTED, RESIDENT, SECRETS, Desk

pytestmark = pytest.mark.django_db

NUMBER, BIRTH = "240688-3391", "1988-06-24"
STREET, CODE, TOWN = "Hvalrosstræde 77", "6993", "Nordskær"
NAME = "Ottilie Gyldenspjæt"
ADDRESS = f"{STREET}, {CODE} {TOWN}"
# A postal code or a town on its own is many people's.
PERSON = (NUMBER, BIRTH, STREET, ADDRESS, NAME)
REGISTER = f"street,house_number,floor,door,postal_code,city,district\nHvalrosstræde,77,,,{CODE},{TOWN},Nord\n"


@pytest.fixture(autouse=True)
def lines(at: datetime, settings: Any, tmp_path: Path) -> Iterator[Lines]:
    """Everything that is logged from the first moment on, in a town with a register of addresses."""
    (tmp_path / "addresses.csv").write_text(REGISTER)
    settings.ADDRESS_REGISTER, settings.DATA_DIR = tmp_path / "addresses.csv", tmp_path / "data"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.DESK_ASKS_IDENTITY_NUMBER = True
    code = settings.MITID_OF_DEMO.municipality_code if hasattr(settings.MITID_OF_DEMO, "municipality_code") else "0999"
    Municipality.objects.create(pk=1, name="Vesterhav Kommune", site_name="Vesterhav taler", code=code)
    District.objects.create(name="Nord", postal_codes=CODE)
    cache.clear()
    with all_logs() as said:
        yield said


@pytest.fixture
def stopped(at: datetime) -> Iterator[None]:
    """A clock that stands; not for walks to the broker, who has a clock of its own."""
    with time_machine.travel(at, tick=False):
        yield


def browser(person: User | None = None) -> Client:
    client = Client()
    if person:
        client.force_login(person)
        factor: Any = {"method": "password", "reauthenticated": True}
        session = client.session
        kept = session.get("account_authentication_methods", [])
        session["account_authentication_methods"] = [*kept, factor | {"at": time.time()}]
        session["account_authentication_methods_user"] = str(person.pk)
        session.save()
    return client


def all_mail_is_out() -> None:
    write_mail()
    send_mail()


# ------------------------------------------------------------ MitID


def mitid_values(desk: Desk, citizen: str) -> tuple[str, ...]:
    subject = desk.subject(citizen)
    return (*SECRETS[citizen], subject, subject.strip("{}"))


@pytest.mark.parametrize("citizen", [RESIDENT, PROTECTED, ELSEWHERE, LOW])
def test_mitid_leaves_nothing_behind_at_any_step(citizen: str, mitid: Desk, lines: Lines, client: Client) -> None:
    values = mitid_values(mitid, citizen)

    came_back = mitid.walk(client, citizen)
    assert traces(values, lines) == []
    if came_back.status_code == 302:
        client.get(came_back["Location"], follow=True)
    client.post(reverse("socialaccount_signup"), {"display_name": "Some Body", "email": "some.body@example.org"})
    assert traces(values, lines) == []
    person = User.objects.filter(email="some.body@example.org").first()
    assert (person is None) == (citizen == LOW), "the flow went as far as it should"
    if person is not None:
        address = re.search(r"https?://[^/]+(/\S*confirm-email/\S+)", str(mail.outbox[-1].body))
        assert address
        client.post(address[1])
        client.get(reverse("residency:verify"))
        client.post(reverse("residency:verify"), {"action": "confirm"})
    all_mail_is_out()

    assert traces(values, lines) == []
    at = datetime.now().astimezone()
    assert (person is not None and residency_of(person, at=at) is not None) == (citizen in {RESIDENT, PROTECTED})


def test_mitid_leaves_nothing_behind_on_an_account_that_is_there(mitid: Desk, lines: Lines) -> None:
    at = datetime.now().astimezone()
    first, second = (personas.unverified(at=at, email=f"p{number}@example.org") for number in (1, 2))
    values, client = mitid_values(mitid, RESIDENT), Client()

    for person in (first, second):
        client = browser(person)
        mitid.walk(client, RESIDENT, "verify")
        assert traces(values, lines) == []
        client.get(reverse("residency:verify"))
        client.post(reverse("residency:verify"), {"action": "confirm"})
        assert traces(values, lines) == []
    client.post(reverse("residency:verify"), {"action": "move"})
    all_mail_is_out()

    assert residency_of(first, at=datetime.now().astimezone()) is None
    assert residency_of(second, at=datetime.now().astimezone())
    assert traces(values, lines) == []


@pytest.mark.parametrize(
    "fault",
    [
        "expired",
        "wrong-key",
        "wrong-audience",
        "wrong-issuer",
        "old-nonce",
        "low-assurance",
        "other-subject",
        "not-a-token",
    ],
)
def test_what_goes_wrong_leaves_nothing_behind_either(fault: str, mitid: Desk, lines: Lines, client: Client) -> None:
    values = mitid_values(mitid, RESIDENT)
    mitid.fault(fault)

    answer = mitid.walk(client, RESIDENT)

    assert answer.get("Location") != reverse("socialaccount_signup"), "it did go wrong"
    assert traces(values, lines) == []


def test_who_stops_half_way_leaves_nothing_behind(mitid: Desk, lines: Lines, client: Client) -> None:
    mitid.walk(client, ABORT)
    mitid.walk(client, RESIDENT)

    assert traces(mitid_values(mitid, RESIDENT), lines) == []


# ------------------------------------------------------------ the letter


TYPED = {"name": NAME, "street": STREET, "home": "", "postal_code": CODE}
OF_LETTER = {"residency_letter.name", "residency_letter.address"}


@pytest.mark.usefixtures("stopped")
def test_the_letter_keeps_its_address_until_it_is_posted_and_nowhere_else(lines: Lines, at: datetime) -> None:
    person, official = personas.unverified(at=at), factories.an_official(at)
    citizen, desk = browser(person), browser(official)

    citizen.post(reverse("residency:letter-request"), TYPED | {"street": "Hvalrosstræde 78"})
    citizen.post(reverse("residency:letter-request"), TYPED)
    assert traces(PERSON, lines) == [], "nothing before it is confirmed"
    assert citizen.post(reverse("residency:letter-request"), TYPED | {"action": "send"}).status_code == 302
    _only_in_the_letter(lines)
    desk.get(reverse("residency:letter-list"))
    desk.post(reverse("residency:letter-list"), {"letters": [Letter.objects.get().pk]})
    batch = LetterBatch.objects.get()
    table = desk.post(reverse("residency:letter-batch-table", args=[batch.pk])).content.decode("utf-8-sig")
    assert STREET in table
    code = _code_in(table)
    assert desk.post(reverse("residency:letter-batch-pdf", args=[batch.pk])).status_code in {200, 302}
    code = _code_in(desk.post(reverse("residency:letter-batch-table", args=[batch.pk])).content.decode("utf-8-sig"))
    all_mail_is_out()
    _only_in_the_letter(lines)
    assert traces([code, code.replace("-", "")], lines) == [], "the code is nowhere in clear"
    desk.post(reverse("residency:letter-batch-post", args=[batch.pk]))

    assert traces(PERSON, lines) == []
    assert citizen.post(reverse("residency:code-enter"), {"code": "ABCDE-FGHJK"}).status_code == 422
    assert citizen.post(reverse("residency:code-enter"), {"code": code}).status_code == 302
    all_mail_is_out()
    assert residency_of(person, at=at)
    assert traces([*PERSON, code, code.replace("-", "")], lines) == []


@pytest.mark.usefixtures("stopped")
@pytest.mark.parametrize("by", ["its person", "an official"])
def test_a_letter_that_is_called_off_leaves_nothing_behind(by: str, lines: Lines, at: datetime) -> None:
    person = personas.unverified(at=at)
    citizen = browser(person)
    citizen.post(reverse("residency:letter-request"), TYPED | {"action": "send"})
    letter = Letter.objects.get()

    if by == "its person":
        citizen.post(reverse("residency:letter-cancel"))
    else:
        address = reverse("residency:letter-call-off", args=[letter.pk])
        browser(factories.an_official(at)).post(address, {"sentence": "Ask again."})
    all_mail_is_out()

    assert Letter.objects.get().status == "cancelled"
    assert traces(PERSON, lines) == []


def _only_in_the_letter(lines: Lines) -> None:
    found = traces(PERSON, lines)
    assert {place.split(": ")[0] for place in found} == OF_LETTER, found
    assert not [place for place in found if NUMBER in place]


def _code_in(table: str) -> str:
    [row] = list(csv.DictReader(io.StringIO(table), delimiter=";"))
    [code] = [value for value in row.values() if re.fullmatch(r"[A-Z0-9]{5}[ -]?[A-Z0-9]{5}", value or "")]
    return code


# ------------------------------------------------------------ the desk


def desk_words(person: User, **other: str) -> dict[str, str]:
    shown = {"name": NAME, "address": ADDRESS, "identity_number": NUMBER, "document": "passport"}
    return {"email": person.email, "grant": "1", **shown, **other}


@pytest.mark.usefixtures("stopped")
def test_the_desk_leaves_nothing_behind(lines: Lines, at: datetime) -> None:
    first, second = (personas.unverified(at=at, email=f"p{number}@example.org") for number in (1, 2))
    desk, address = browser(factories.an_official(at)), reverse("residency:desk")

    for wrong in ({"document": ""}, {"identity_number": f"{NUMBER}1"}, {"address": "Hvalrosstræde"}, {"email": "x"}):
        assert desk.post(address, desk_words(first, **wrong)).status_code == 422
    assert desk.post(address, desk_words(first)).status_code == 302
    assert residency_of(first, at=at)
    assert traces(PERSON, lines) == []
    assert desk.post(address, desk_words(second)).status_code == 422, "the same person on another account"
    assert desk.post(address, desk_words(second, grant="move")).status_code == 302
    assert residency_of(second, at=at)
    assert desk.post(address, desk_words(first, identity_number="")).status_code == 302, "waits: a possible double"
    all_mail_is_out()

    assert traces(PERSON, lines) == []


@pytest.mark.usefixtures("stopped")
def test_a_double_at_the_desk_leaves_nothing_behind(lines: Lines, at: datetime) -> None:
    first, second = (personas.unverified(at=at, email=f"p{number}@example.org") for number in (1, 2))
    desk, colleague = browser(factories.an_official(at)), browser(personas.colleague(at=at))
    for person in (first, second):
        desk.post(reverse("residency:desk"), desk_words(person, identity_number=""))
    waiting = second.residencies.get()
    place = reverse("residency:double-decide", args=[waiting.pk])

    colleague.get(reverse("residency:waiting-list"))
    colleague.post(place)
    colleague.post(place, {"decision": "decline", "sentence": f"You are {NUMBER}."})
    assert traces(PERSON, lines) == [], "a sentence with a number is not kept"
    colleague.post(place, {"decision": "decline", "sentence": "You are a resident already."})
    all_mail_is_out()

    waiting.refresh_from_db()
    assert waiting.status == "ended"
    assert traces(PERSON, lines) == []


# ------------------------------------------------------------ accounts, organisations, copies, leaving


PASSWORD = "Hvalrostand-og-syltet-graeskar-4711"


@pytest.mark.usefixtures("stopped")
def test_a_sign_up_leaves_no_password_and_no_network(lines: Lines, client: Client) -> None:
    network = "203.0.113.77"
    typed = {"email": "new@example.org", "display_name": "Nina Ny", "password1": PASSWORD}

    client.post(reverse("account_signup"), typed | {"password1": "short"}, REMOTE_ADDR=network)
    client.post(reverse("account_signup"), typed, REMOTE_ADDR=network)
    client.post(reverse("account_login"), {"login": typed["email"], "password": f"{PASSWORD}x"}, REMOTE_ADDR=network)
    assert User.objects.filter(email="new@example.org").exists()
    all_mail_is_out()

    assert traces([PASSWORD], lines) == []
    found = [place for place in traces([network], lines) if not place.startswith("cache")]
    assert found == [], "where somebody wrote from is counted in the cache, and kept nowhere"


@pytest.mark.usefixtures("stopped")
def test_who_speaks_for_an_organisation_stands_in_one_column(lines: Lines, at: datetime) -> None:
    person, official = personas.unverified(at=at), factories.an_official(at)
    asked = {"name": "Nordskær Vandværk", "cvr": "10150817", "speaker": f"{NAME}, forkvinde"}

    browser(person).post(reverse("accounts:organisation-request"), asked)
    row = person.organisation
    decided = {"decision": "confirm", "asked": row.requested_at.isoformat()}
    desk = browser(official)
    desk.get(reverse("accounts:organisation-decide", args=[row.pk]))
    desk.post(reverse("accounts:organisation-decide", args=[row.pk]), decided)
    all_mail_is_out()

    row.refresh_from_db()
    assert row.is_confirmed
    assert {place.split(": ")[0] for place in traces([NAME], lines)} == {"accounts_organisation.speaker"}


@pytest.mark.usefixtures("stopped")
def test_a_copy_of_ones_data_is_in_its_file_and_nowhere_else(lines: Lines, at: datetime, settings: Any) -> None:
    person = personas.unverified(at=at)
    citizen = browser(person)
    citizen.post(reverse("residency:letter-request"), TYPED | {"action": "send"})

    citizen.post(reverse("portal:export-request"))
    build_exports()
    all_mail_is_out()

    found = traces(PERSON, lines, folder=settings.DATA_DIR / "exports")
    assert any(".json" in place for place in found), "what is waiting to be posted stands in one's own copy"
    in_tables = {place.split(": ")[0] for place in found if not re.search(r"\.(json|html)", place)}
    assert in_tables == OF_LETTER


@pytest.mark.usefixtures("stopped")
def test_who_leaves_takes_address_and_name_with_them(
    lines: Lines, at: datetime, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    person = personas.unverified(at=at, email="ottilie.g@example.org", display_name=NAME)
    hearing = factories.a_hearing(at=at)
    factories.a_published(factories.the_topic(hearing), at=at, by=person)
    citizen = browser(person)
    citizen.post(reverse("residency:letter-request"), TYPED | {"action": "send"})
    citizen.post(reverse("portal:export-request"))
    build_exports()

    with django_capture_on_commit_callbacks(execute=True):
        assert citizen.post(reverse("portal:account-delete"), {"address": person.email}).status_code == 302
    all_mail_is_out()
    mail.outbox.clear()  # what is out is in the person's own mailbox
    left = {place.split(": ")[0] for place in traces([*PERSON, person.email], lines, folder=settings.DATA_DIR)}
    assert left <= {"notifications_outgoingmail.to"}, "the mail that says goodbye stands for a day"
    clear_away(at=at + timedelta(days=2))

    assert traces([*PERSON, person.email], lines, folder=settings.DATA_DIR) == []
