"""A text that waits, was refused, withdrawn or replaced comes out nowhere, for anyone but its author and moderators."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from pytest_django.plugin import DjangoDbBlocker

from apps.accounts.models import User
from apps.accounts.rules import as_moderator
from apps.consultations.models import Consultation, Topic
from apps.discussions.actions import (
    Enclosure,
    hide_contribution,
    move_contribution,
    move_to_consultation,
    publish_contribution,
    refuse_contribution,
    return_contribution,
    revise_contribution,
    withdraw_contribution,
)
from apps.discussions.enums import ContributionKind
from apps.discussions.models import Contribution
from apps.ledger.actions import sequence_entries
from apps.moderation.actions import Ruling, decide_contribution, hold_back_file
from apps.moderation.enums import Outcome
from apps.municipality.models import RefusalReason
from apps.notifications.tasks import write_mail
from apps.publications.actions import StatementText, draft_summary, publish_summary
from tests import factories, personas
from tests.leaks.answered import COMMENTED, DRAFTED, answered, assigned
from tests.leaks.heard import FACTS, LAPSED, followed, heard, left_to_a_deputy, paused
from tests.leaks.outputs import AT_THE_QUEUE, OUTPUTS, SecretTown, leaks_to
from tests.leaks.papers import accounted_for, resting_on
from tests.leaks.places import pointing
from tests.moderation.cases import APPEALED, EXPLAINED, a_neighbour, a_report, an_appeal
from tests.moderation.desk import refuse
from tests.moderation.pauses import NOTED, SAID, TO_THEM
from tests.personas import PERSONAS
from tests.worlds import kept

pytestmark = pytest.mark.django_db

OTHERS = personas.few_of(name for name in PERSONAS if name != "moderator")


@pytest.fixture(scope="module")
def made(at: datetime, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Callable[[], SecretTown]]:
    with kept(django_db_blocker, lambda: _build(at), at=at) as hand_out:
        yield hand_out


@pytest.fixture
def town(at: datetime, made: Callable[[], SecretTown]) -> Iterator[SecretTown]:
    with time_machine.travel(at, tick=False):
        yield made()


@pytest.mark.parametrize("persona", OTHERS)
def test_hidden_texts_come_out_nowhere(persona: str, town: SecretTown) -> None:
    """Nor, to those who are not signed in, the name of who wrote them: the hidden texts are all that person wrote."""
    author = town.hidden["waiting"].author
    assert author is not None
    name = {"name": author.display_name} if persona == "anonymous" else {}

    leaks = leaks_to(town.people[persona], town, town.secrets | name)

    assert not leaks, "\n".join(leaks)


def test_their_author_finds_them_on_the_pages_of_authors_only(town: SecretTown) -> None:
    author = town.hidden["waiting"].author
    assert author is not None

    places = {leak.split(":")[0] for leak in leaks_to(author, town, town.secrets)}

    assert places <= {
        "own page",
        "copy of one's data",
        "receipt",
        "permanent address",
        "file beside a text",
        "change",
        "withdraw",
        "appeal",
        "own pause",
        "topic",
        *(name for name in OUTPUTS if name.startswith("topic, ") and "fragment" not in name and "news" not in name),
    }
    assert {"own page", "receipt", "topic", "file beside a text"} <= places


def test_moderators_read_them_at_the_queue_and_not_in_threads(town: SecretTown) -> None:
    elsewhere = {name: output for name, output in OUTPUTS.items() if name not in AT_THE_QUEUE}
    leaks = leaks_to(town.people["moderator"], town, town.secrets, outputs=elsewhere)

    assert not leaks, "\n".join(leaks)


def test_what_was_taken_back_or_erased_comes_out_at_the_queue_neither(town: SecretTown) -> None:
    names = {"withdrawn", "taken back", "erased"}
    gone = {name: town.secrets[name] for name in names | {f"file of {name}" for name in names}}

    leaks = leaks_to(town.people["moderator"], town, gone, outputs=AT_THE_QUEUE)

    assert not leaks, "\n".join(leaks)


@pytest.mark.parametrize("persona", [name for name in PERSONAS if name != "official"])
def test_what_officials_write_before_it_is_published_comes_out_to_them_alone(persona: str, town: SecretTown) -> None:
    leaks = leaks_to(town.people[persona], town, {"draft": DRAFTED, "comment": COMMENTED})

    assert not leaks, "\n".join(leaks)


def test_officials_of_the_team_find_what_they_write(town: SecretTown) -> None:
    outputs = {"answers being written": OUTPUTS["answers being written"]}
    told = leaks_to(town.people["official"], town, {"draft": DRAFTED, "comment": COMMENTED}, outputs=outputs)

    assert told == ["answers being written: draft", "answers being written: comment"]


def test_the_outputs_really_say_something(town: SecretTown) -> None:
    """The open texts of the same thread are found, so the search above could find the hidden ones."""
    open_texts = {"published": "Everyone may read this", "answered": "So says the municipality"}

    places = {"topic", "topic, newest first", "topic, news", "topic, news as fragment"}
    places |= {"topic for paper", "topic as a table", "feed of the topic"}
    outputs = {name: OUTPUTS[name] for name in places}

    told = leaks_to(town.people["official"], town, open_texts, outputs=outputs)

    assert {line.split(":")[0] for line in told} == places


def _build(at: datetime) -> SecretTown:
    people = personas.everyone(at=at)
    hearing = factories.a_hearing(at=at)
    followed(hearing, at=at)
    factories.a_meeting(hearing, at=at)
    topic, elsewhere = factories.the_topic(hearing), factories.a_topic(hearing, at=at)
    author = personas.resident(at=at, email="secret@example.org", display_name="Sigrid Skjult")
    resident = people["resident"]
    assert isinstance(resident, User)
    shown = factories.a_published(topic, at=at, body="Everyone may read this", by=resident)
    factories.an_answer(shown, at=at, body="So says the municipality")
    hidden = {
        name: factories.a_contribution(
            topic,
            at=at,
            body=f"secret-{name}-text",
            by=author,
            kind=ContributionKind.QUESTION,
            in_reply_to=answered,
            files=[_secret_file(name)],
        )
        for name, answered in (
            ("waiting", None),
            ("reply", shown),
            ("revised", None),
            ("refused", None),
            ("withdrawn", None),
            ("moved", None),
            ("taken back", None),
            ("erased", None),
            ("returned", None),
            ("hidden", None),
            ("left", None),
        )
    }
    secrets = {name: row.body for name, row in hidden.items()}
    secrets |= {
        f"file of {name}": f"secret-file-of-{name.replace(' ', '-')}" for name in (*hidden, "redacted", "held-back")
    }
    hidden["redacted"] = _redacted(topic, secrets.setdefault("redacted", "secret-redacted-text"), at)
    secrets |= pointing(hearing, hidden, at=at)
    later = at + timedelta(minutes=1)
    revise_contribution(
        contribution=hidden["revised"], kind=ContributionKind.VIEW, body="secret-newer-text", by=author, at=later
    )
    withdraw_contribution(contribution=hidden["withdrawn"], by=author, at=later)
    by = as_moderator(factories.a_moderator(at))
    hidden["held back"] = _with_a_file_held_back(topic, at)
    _published_for_a_while(hearing, hidden["taken back"], hidden["erased"], at)
    withdraw_contribution(contribution=hidden["taken back"], by=author, at=later)
    factories.erase(hidden["erased"], at=later)
    factories.proposal(hidden["taken back"], at=later)
    reason = RefusalReason.objects.get(code="private_information")
    refuse_contribution(
        contribution=hidden["refused"], version=1, reason=reason, sentence="Private matters.", by=by, at=later
    )
    return_contribution(
        contribution=hidden["returned"], version=1, reason=reason, sentence="Leave it out.", by=by, at=later
    )
    publish_contribution(contribution=hidden["hidden"], version=1, by=by, at=at)
    resting_on(hearing, [shown, hidden["hidden"]], at)
    hide_contribution(contribution=hidden["hidden"], reason=reason, sentence="Private matters.", by=by, at=later)
    move_contribution(contribution=hidden["moved"], to=elsewhere, with_replies=False, by=by, at=later)
    reached = factories.the_topic(factories.a_hearing(at=at))
    hidden["left"] = move_to_consultation(contribution=hidden["left"], to=reached, with_replies=False, by=by, at=later)
    refused = factories.a_contribution(topic, at=at, body="secret-appealed-text", by=author)
    decide_contribution(contribution=refused, ruling=refuse(), by=factories.another_moderator(at), at=later)
    an_appeal(refused, at=later)
    a_report(shown, at=later, email="secret-reporter@example.org")
    secrets |= {"appealed": refused.body, "appeal": APPEALED, "explanation": EXPLAINED}
    secrets |= {"reporter": "secret-reporter@example.org"}
    hidden["appealed"], hidden["upheld"] = refused, heard(topic, shown, author, at=later)
    secrets |= {"upheld": hidden["upheld"].body, "facts": FACTS, "lapsed": LAPSED}
    administrator = people["administrator"]
    assert isinstance(administrator, User)
    left_to_a_deputy(hearing, administrator, at=later)
    paused(hidden["upheld"], topic, at=later)
    secrets |= {"pause": TO_THEM, "noted of a pause": NOTED, "appeal against a pause": SAID}
    somebody = a_neighbour(later, name="helle")
    accounted_for(hearing, at=later)
    hidden["held"] = _held(hearing, topic, secrets.setdefault("held", "secret-held-text"), somebody, later)
    sequence_entries()
    return SecretTown(
        people=people,
        hearing=hearing,
        topic=topic,
        elsewhere=elsewhere,
        hidden=hidden,
        secrets=secrets | {"newer": "secret-newer-text"},
    )


def _secret_of(name: str) -> str:
    return f"secret-file-of-{name.replace(' ', '-')}"


def _secret_file(name: str) -> Enclosure:
    """Return a file whose name, words and bytes are the secret."""
    secret = _secret_of(name)
    return factories.a_file(name=secret, about=secret, content=f"%PDF-1.7 {secret}".encode())


def _with_a_file_held_back(topic: Topic, at: datetime) -> Contribution:
    """Return a text that everyone reads, with a file that nobody opens but moderators and its author."""
    author = personas.unverified(at=at, email="draws@example.org", display_name="Somebody Who Draws")
    row = factories.a_published(topic, at=at, by=author, files=[_secret_file("held back")])
    reason = RefusalReason.objects.get(code="private_information")
    moderator, sentence = factories.a_moderator(at), "It shows a neighbour."
    hold_back_file(attachment=row.attachments.get(), reason=reason, sentence=sentence, by=moderator, at=at)
    return row


def _held(hearing: Consultation, topic: Topic, text: str, author: User, at: datetime) -> Contribution:
    """Return what waits where all else is published at once: a program noticed a telephone number in it."""
    factories.publishing_first(hearing, at=at)
    held = factories.a_contribution(topic, at=at, body=f"{text}, and my number is 22 33 44 55", by=author)
    assert held.is_waiting
    return held


def _redacted(topic: Topic, passage: str, at: datetime) -> Contribution:
    """Return a published text, answered and replied to, of which a passage was redacted later, but for its mails."""
    author = personas.unverified(at=at, email="somebody@example.org", display_name="Somebody Else")
    row = factories.a_published(
        topic, at=at, body=f"Everyone may read {passage} this too", by=author, files=[_secret_file("redacted")]
    )
    factories.a_published(topic, at=at, in_reply_to=row)
    factories.an_answer(row, at=at)
    write_mail()
    resting_on(topic.consultation, [row], at)
    ruling = Ruling(
        outcome=Outcome.REDACT,
        version=1,
        passage=passage,
        reason=RefusalReason.objects.get(code="private_information"),
        sentence="It names somebody.",
    )
    decide_contribution(contribution=row, ruling=ruling, by=factories.a_moderator(at), at=at + timedelta(minutes=1))
    return row


def _published_for_a_while(hearing: Consultation, back: Contribution, erased: Contribution, at: datetime) -> None:
    """Publish two texts, and let an answer, a reply and the summary rest on them; mails tell of all of it."""
    official = factories.an_official(at)
    for row in (back, erased):
        publish_contribution(contribution=row, version=1, by=as_moderator(factories.a_moderator(at)), at=at)
        factories.a_published(row.topic, at=at, in_reply_to=row)
    assigned([back, erased], at=at)
    write_mail()
    for row in (back, erased):
        factories.an_answer(row, at=at, body="So says the municipality")
    answered([back, erased], at=at)
    cites = StatementText(title="Some", body="Some said this.", cites=[back.number, erased.number])
    summary = draft_summary(consultation=hearing, statements=[cites], by=official, at=at)
    publish_summary(summary=summary, by=official, at=at)
    resting_on(hearing, (back, erased), at)
    write_mail()
