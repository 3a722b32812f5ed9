"""What came by letter, mail, telephone or at a meeting: received by the rules of all, with its sender kept apart."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from apps.accounts.models import User
from apps.accounts.rules import as_moderator
from apps.common.calendar import end_of_day
from apps.common.errors import NotAllowed
from apps.consultations.actions import ConsultationText, extend_deadline, revise_consultation
from apps.consultations.enums import NamePolicy
from apps.consultations.models import Topic
from apps.discussions.actions import (
    clear_senders,
    correct_voice,
    forget_sender,
    post_receipt,
    publish_contribution,
    take_out_senders,
)
from apps.discussions.enums import Channel, ContributionKind, ContributionStatus
from apps.discussions.errors import NotCorrectable, UnfitVoice
from apps.discussions.models import Contribution, OffsiteAuthor, OutsideVoice, PastText, SenderAddress
from apps.discussions.queries import waiting_contributions
from apps.discussions.rules.outside import SENDERS_KEPT
from apps.exchange.queries import check_ledger
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.screening.enums import Flag
from apps.screening.queries import flags_of
from tests import factories, personas
from tests.discussions.outside import MAIL, NAME, STREET, a_letter, a_scan, entered, in_team

pytestmark = pytest.mark.django_db
NUMBER = "240688-3391"


def entries(kind: str) -> list[Entry]:
    return list(Entry.objects.filter(kind=kind).order_by("pk"))


def test_a_letter_is_received_like_any_text_and_waits(at: datetime) -> None:
    topic = factories.the_topic(factories.a_hearing(at=at - timedelta(days=7)))
    factories.a_published(topic, at=at)

    voice = entered(topic, at=at, came_on=at.date() - timedelta(days=2), kind=ContributionKind.QUESTION)
    row = voice.contribution

    assert (row.number, row.status, row.kind, row.author_name) == (2, "waiting", "question", NAME)
    assert (row.received_at, row.came_late, row.author_id) == (at, False, None)
    assert row in waiting_contributions()
    (told,) = entries("contribution.entered")
    assert (told.number, told.actor_role) == (2, "official")
    assert facts_of(told) == {"channel": "letter", "came_on": (at.date() - timedelta(days=2)).isoformat()}
    assert check_ledger().problem == ""


def test_nothing_of_the_sender_but_the_name_stands_outside_the_private_table(topic: Topic, at: datetime) -> None:
    voice = entered(topic, at=at)

    assert (voice.sender.address, voice.sender.email, voice.sender.name) == (STREET, MAIL, NAME)
    payloads = "".join(Entry.objects.values_list("payload", flat=True))
    assert NAME not in payloads
    assert STREET not in payloads


@pytest.mark.parametrize(
    ("policy", "said", "shown"),
    [
        (NamePolicy.FULL_NAME, {}, NAME),
        (NamePolicy.FIRST_NAME, {}, "Ottilie"),
        (NamePolicy.FIRST_NAME, {"name": "Vesterhav Sejlklub", "is_organisation": True}, "Vesterhav Sejlklub"),
        (NamePolicy.FULL_NAME, {"is_protected": True}, "Borger i Civic Forum"),
        (NamePolicy.FIRST_NAME, {"is_protected": True}, "Borger i Civic Forum"),
    ],
)
def test_the_name_is_shown_by_the_policy_of_the_hearing(
    policy: NamePolicy, said: dict[str, Any], shown: str, topic: Topic, at: datetime
) -> None:
    official, hearing = factories.an_official(at), topic.consultation
    texts = {name: getattr(hearing, name) for name in ConsultationText.__dataclass_fields__}
    revise_consultation(
        consultation=hearing, text=ConsultationText(**texts | {"name_policy": policy}), by=official, at=at
    )
    topic = factories.the_topic(hearing)

    voice = entered(topic, at=at, **said)

    row = voice.contribution
    assert (row.author_name, row.offsite_author.name) == (shown, shown)
    assert voice.sender.name == said.get("name", NAME)
    assert row.author_name_hidden is said.get("is_protected", False)


# The deadline is the end of 13 December; what came on that day is on time, whenever somebody types it in.
@pytest.mark.parametrize(
    ("came_on", "typed", "is_late"),
    [
        (date(2026, 12, 13), date(2026, 12, 13), False),
        (date(2026, 12, 13), date(2026, 12, 20), False),
        (date(2026, 12, 14), date(2026, 12, 14), True),
        (date(2026, 12, 14), date(2026, 12, 20), True),
    ],
)
def test_on_time_goes_by_the_day_it_came(came_on: date, typed: date, is_late: bool, at: datetime) -> None:
    closes = end_of_day(date(2026, 12, 13))
    hearing = factories.a_hearing(at=at, closes=closes - at)
    moment = end_of_day(typed) - timedelta(minutes=1)

    voice = entered(factories.the_topic(hearing), at=moment, came_on=came_on)

    assert voice.contribution.came_late is is_late
    (told,) = entries("contribution.received")
    assert facts_of(told)["late"] is is_late
    assert check_ledger().problem == ""


def test_on_time_goes_by_the_deadline_as_it_stands(at: datetime) -> None:
    hearing = factories.a_hearing(at=at, closes=end_of_day(at.date()) - at)
    topic, day = factories.the_topic(hearing), at.date() + timedelta(days=3)
    extend_deadline(consultation=hearing, last_day=day, cause="The site was down.", by=factories.an_official(at), at=at)

    voice = entered(topic, at=at + timedelta(days=9), came_on=day)

    assert not voice.contribution.came_late


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"came_on": timedelta(days=1)}, "came_on"),
        ({"came_on": timedelta(days=-1)}, "came_on"),
        ({"name": ""}, "name"),
        ({"name": "Anonym"}, "name"),
        ({"name": " ? "}, "name"),
        ({"name": NUMBER}, "name"),
        ({"email": f"{NUMBER}@post.example"}, "email"),
        ({"body": "  "}, "body"),
        ({"body": "a" * 10_001}, "body"),
    ],
)
def test_what_cannot_be_received_is_refused_at_its_field_and_nothing_is_kept(
    said: dict[str, Any], field: str, topic: Topic, at: datetime
) -> None:
    said = {name: at.date() + value if isinstance(value, timedelta) else value for name, value in said.items()}
    before = Entry.objects.count()

    with pytest.raises(UnfitVoice) as refused:
        entered(topic, at=at, **said)

    assert refused.value.field == field
    assert not Contribution.stored.exists()
    assert not OffsiteAuthor.objects.exists()
    assert Entry.objects.count() == before


@pytest.mark.parametrize("persona", [name for name in personas.PERSONAS if name not in {"official", "anonymous"}])
def test_only_officials_type_in(persona: str, topic: Topic, at: datetime) -> None:
    somebody = personas.PERSONAS[persona](at=at)
    assert isinstance(somebody, User)

    with pytest.raises(NotAllowed):
        entered(topic, at=at, by=somebody)

    assert not Contribution.stored.exists()


def test_nothing_is_typed_into_a_draft(at: datetime) -> None:
    topic = factories.a_topic(factories.a_draft(at=at), at=at)

    with pytest.raises(NotAllowed):
        entered(topic, at=at)


def test_one_form_sent_twice_gives_one_number(topic: Topic, at: datetime) -> None:
    key = uuid4()

    first, second = (entered(topic, at=at, key=key) for _turn in range(2))

    assert first == second
    assert SenderAddress.objects.count() == 1


def test_the_same_text_of_the_same_sender_is_received_once(topic: Topic, at: datetime) -> None:
    entered(topic, at=at)

    with pytest.raises(UnfitVoice, match=r"no\. 1 already"):
        entered(topic, at=at)

    entered(topic, at=at, name="Somebody Else")
    assert Contribution.stored.count() == 2


def test_what_is_typed_in_is_screened(topic: Topic, at: datetime) -> None:
    voice = entered(topic, at=at, body="Ring to 22 33 44 55 or write to me@example.org.")

    assert Flag.PHONE in flags_of([voice.contribution_id])[voice.contribution_id]


def test_it_waits_also_where_the_hearing_publishes_first(topic: Topic, at: datetime) -> None:
    factories.publishing_first(topic.consultation, at=at)

    assert entered(factories.the_topic(topic.consultation), at=at).contribution.is_waiting


def test_who_typed_it_corrects_it_until_a_moderator_has_decided(at: datetime) -> None:
    hearing = factories.a_hearing(at=at - timedelta(days=30), closes=timedelta(days=25))
    topic = factories.the_topic(hearing)
    voice = entered(topic, at=at, came_on=at.date() - timedelta(days=9), body="We are agianst it.")
    assert not voice.contribution.came_late
    better = a_letter(
        topic, at=at, body="We are against it.", came_on=at.date(), channel=Channel.EMAIL, name="Otto Gyldenspjæt"
    )

    correct_voice(voice=voice, text=better, by=factories.an_official(at), at=at)

    voice = OutsideVoice.objects.select_related("contribution__offsite_author", "sender").get()
    row = voice.contribution
    assert (row.number, row.body, row.version, row.came_late) == (1, "We are against it.", 2, True)
    assert (voice.channel, row.author_name, row.offsite_author.name) == ("email", *["Otto Gyldenspjæt"] * 2)
    assert voice.sender.name == "Otto Gyldenspjæt"
    assert PastText.objects.get().body == "We are agianst it."
    assert check_ledger().problem == ""


def test_nobody_else_corrects_it_and_nobody_once_it_is_decided(topic: Topic, at: datetime) -> None:
    voice = entered(topic, at=at)
    text = a_letter(topic, at=at, body="Otherwise.")

    with pytest.raises(NotAllowed, match="colleague"):
        correct_voice(voice=voice, text=text, by=in_team(topic, personas.colleague(at=at), at=at), at=at)
    stale = OutsideVoice.objects.select_related("contribution__consultation").get()
    publish(voice, at)
    with pytest.raises(NotCorrectable):
        correct_voice(voice=stale, text=text, by=factories.an_official(at), at=at)
    voice.contribution.refresh_from_db()
    with pytest.raises(NotAllowed, match="decided"):
        correct_voice(voice=voice, text=text, by=factories.an_official(at), at=at)


def publish(voice: OutsideVoice, at: datetime) -> None:
    by = as_moderator(factories.a_moderator(at))
    publish_contribution(contribution=voice.contribution, version=1, by=by, at=at)


def test_a_scan_is_kept_with_its_checksum_and_goes_with_the_text(
    topic: Topic, at: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    voice = entered(topic, at=at, scan=a_scan())
    assert voice.scan.read() == b"%PDF-1.7\na letter"
    assert len(voice.sha256) == 64
    assert voice.sha256 not in "".join(Entry.objects.values_list("payload", flat=True))
    storage, name = voice.scan.storage, voice.scan.name
    voice.scan.close()
    publish(voice, at)

    with django_capture_on_commit_callbacks(execute=True):
        factories.erase(voice.contribution, at=at)

    voice.refresh_from_db()
    assert (voice.scan.name, voice.sha256, voice.channel) == ("", "", "letter")
    assert not storage.exists(name)
    assert check_ledger().problem == ""


def test_taking_out_addresses_is_told_with_their_number_alone(topic: Topic, at: datetime) -> None:
    entered(topic, at=at)
    entered(topic, at=at, name="Another One")
    voices = list(OutsideVoice.objects.all())

    found = take_out_senders(consultation=topic.consultation, voices=voices, by=factories.an_official(at), at=at)

    assert [sender.address for sender in found] == [STREET, STREET]
    (told,) = entries("senders.taken_out")
    assert facts_of(told) == {"count": 2}
    with pytest.raises(NotAllowed):
        take_out_senders(consultation=topic.consultation, voices=voices, by=personas.resident(at=at), at=at)


def test_a_receipt_is_posted_once(topic: Topic, at: datetime) -> None:
    voice = entered(topic, at=at)

    assert post_receipt(voice=voice, by=factories.an_official(at), at=at)
    assert not post_receipt(voice=voice, by=factories.an_official(at), at=at)

    assert [entry.number for entry in entries("receipt.posted")] == [1]
    assert check_ledger().problem == ""


def test_a_sender_is_erased_early_or_in_time_and_the_text_stays(topic: Topic, at: datetime) -> None:
    early = entered(topic, at=at)
    entered(topic, at=at, name="Another One")

    assert forget_sender(voice=early, by=factories.an_official(at), at=at)
    assert not forget_sender(voice=early, by=factories.an_official(at), at=at)
    assert clear_senders(at=at + SENDERS_KEPT - timedelta(seconds=1)) == 0
    assert clear_senders(at=at + SENDERS_KEPT) == 1

    assert not SenderAddress.objects.exists()
    assert Contribution.stored.filter(author_name=NAME, status=ContributionStatus.WAITING).exists()
    assert len(entries("sender.forgotten")) == 1
