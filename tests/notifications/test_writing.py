"""What people are told, in their language, once, and never a text that is not public."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from apps.accounts.models import User
from apps.accounts.rules import as_moderator
from apps.discussions.actions import (
    hide_contribution,
    move_contribution,
    move_to_consultation,
    publish_contribution,
    restore_contribution,
    return_contribution,
    revise_contribution,
    withdraw_contribution,
)
from apps.discussions.enums import ContributionKind
from apps.discussions.models import Contribution, OffsiteAuthor
from apps.ledger.actions import sequence_entries, skip_to_head
from apps.ledger.models import Entry, Reader
from apps.municipality.models import RefusalReason
from apps.notifications import tasks
from apps.notifications.models import OutgoingMail
from tests import personas
from tests.factories import (
    a_contribution,
    a_hearing,
    a_moderator,
    a_published,
    a_refused,
    a_topic,
    a_writer,
    an_answer,
    an_official,
    the_topic,
)

pytestmark = pytest.mark.django_db

SITE = "https://dialog.example"


@pytest.fixture(autouse=True)
def _site(settings: Any) -> None:
    settings.SITE_URL = SITE


@pytest.fixture
def topic(at: datetime) -> Any:
    made = the_topic(a_hearing(at=at, title="Wind at sea"))
    person = a_writer(at)
    person.language = "en"
    person.save()
    return made


def _reason() -> RefusalReason:
    return RefusalReason.objects.get(code="private_information")


def _written(deed: Callable[[], Any] | None = None) -> list[OutgoingMail]:
    """Return the mails written about what the deed did."""
    if deed is not None:
        tasks.write_mail()
        OutgoingMail.objects.all().delete()
        deed()
    tasks.write_mail()
    return list(OutgoingMail.objects.order_by("pk"))


def test_a_receipt_says_number_time_topic_and_fingerprint(at: datetime, topic: Any) -> None:
    contribution = a_contribution(topic, at=at)

    (mail,) = _written()

    assert mail.to == "una@example.org"
    assert mail.subject == "Receipt: no. 1, Wind at sea"
    for told in (
        "Hello Una Underveis,",
        "Number: 1\n",
        "Received: 15 September 2026 at 10:30",
        f"Topic: {topic.title}",
        f"{SITE}/en/consultations/{contribution.consultation.slug}/c/1/",
    ):
        assert told in mail.body
    assert Entry.objects.get(kind="contribution.received").payload.count(_after("Fingerprint: ", mail.body)) == 1


def test_the_receipt_of_a_changed_text_keeps_the_first_fingerprint(at: datetime, topic: Any) -> None:
    contribution = a_contribution(topic, at=at)
    revise_contribution(contribution=contribution, kind=ContributionKind.VIEW, body="Other.", by=a_writer(at), at=at)

    (mail,) = _written()

    assert _after("Fingerprint: ", mail.body) in Entry.objects.get(kind="contribution.received").payload


def test_the_author_is_told_when_it_is_shown(at: datetime, topic: Any) -> None:
    contribution = a_contribution(topic, at=at)
    by = as_moderator(a_moderator(at))

    (mail,) = _written(lambda: publish_contribution(contribution=contribution, version=1, by=by, at=at))

    assert mail.subject == "Your contribution no. 1 is shown"
    assert f"{SITE}/en/consultations/{contribution.consultation.slug}/c/1/" in mail.body


def test_a_refusal_states_its_reasons_and_gives_the_text_back(at: datetime, topic: Any) -> None:
    refused = a_refused(topic, at=at, body="First line.\n\nMy neighbour & <son>.", sentence="It names a neighbour.")

    mail = _written()[-1]

    assert mail.subject == "Your contribution no. 1 is not shown"
    reason = refused.refusal_reason
    for told in (
        "A moderator of the municipality has decided",
        reason.title_en,
        f"rule {reason.rule_number} of the house rules",
        "It names a neighbour.",
        "> First line.\n>\n> My neighbour & <son>.",
        f"{SITE}/en/consultations/{refused.consultation.slug}/topics/{topic.slug}/",
    ):
        assert told in mail.body
    assert a_moderator(at).display_name not in mail.body


def test_the_author_is_asked_for_an_edit_with_the_text_and_the_way_to_it(at: datetime, topic: Any) -> None:
    row = a_contribution(topic, at=at, body="Ole is mad.")
    by = as_moderator(a_moderator(at))

    (mail,) = _written(
        lambda: return_contribution(contribution=row, version=1, reason=_reason(), sentence="No names.", by=by, at=at)
    )

    assert mail.subject == "Please change your contribution no. 1"
    for told in (
        "asks you to change your contribution no. 1",
        "rule 2 of the house rules",
        "No names.",
        "until 22 September 2026 at 10:30, also after the deadline",
        f"{SITE}/en/consultations/{row.consultation.slug}/c/1/edit/",
        "> Ole is mad.",
    ):
        assert told in mail.body


def test_the_author_is_told_when_it_is_hidden_and_when_it_is_shown_again(at: datetime, topic: Any) -> None:
    row = a_published(topic, at=at, body="Ole is mad.")
    by = as_moderator(a_moderator(at))

    def hide() -> None:
        hide_contribution(contribution=row, reason=_reason(), sentence="It names a neighbour.", by=by, at=at)

    (hidden,) = _written(hide)
    assert hidden.subject == "Your contribution no. 1 is no longer shown"
    assert "It names a neighbour." in hidden.body
    assert "> Ole is mad." in hidden.body
    (restored,) = _written(lambda: restore_contribution(contribution=row, by=by, at=at))
    assert restored.subject == "Your contribution no. 1 is shown after all"
    assert f"{SITE}/en/consultations/{row.consultation.slug}/c/1/" in restored.body


def test_what_was_changed_or_hidden_meanwhile_is_not_told_as_if_it_stood(at: datetime, topic: Any) -> None:
    asked, shown = a_contribution(topic, at=at), a_published(topic, at=at)
    by, author = as_moderator(a_moderator(at)), a_writer(at)

    def deed() -> None:
        return_contribution(contribution=asked, version=1, reason=_reason(), sentence="No names.", by=by, at=at)
        revise_contribution(contribution=asked, kind=ContributionKind.VIEW, body="Changed.", by=author, at=at)
        hide_contribution(contribution=shown, reason=_reason(), sentence="It names a neighbour.", by=by, at=at)
        restore_contribution(contribution=shown, by=by, at=at)

    assert [mail.subject for mail in _written(deed)] == ["Your contribution no. 2 is shown after all"]


def test_a_withdrawal_is_confirmed_to_its_author(at: datetime, topic: Any) -> None:
    contribution = a_contribution(topic, at=at, body="A secret.")

    (mail,) = _written(lambda: withdraw_contribution(contribution=contribution, by=a_writer(at), at=at))

    assert mail.subject == "You withdrew no. 1"
    assert "A secret." not in mail.body


def test_a_move_is_told_to_the_author_and_to_those_whose_replies_followed(at: datetime, topic: Any) -> None:
    rita = personas.resident(at=at)
    root = a_published(topic, at=at)
    for who in (rita, rita, a_writer(at)):
        a_published(topic, at=at, by=who, in_reply_to=root)
    to = a_topic(topic.consultation, at=at, title="Noise at night")
    by = as_moderator(a_moderator(at))

    mails = _written(lambda: move_contribution(contribution=root, to=to, with_replies=True, by=by, at=at))

    assert [mail.to for mail in mails] == ["una@example.org", "rita@example.org"]
    assert "to the topic “Noise at night”" in mails[0].body


def test_a_move_that_was_moved_on_is_told_once(at: datetime, topic: Any) -> None:
    contribution = a_contribution(topic, at=at)
    halls = [a_topic(topic.consultation, at=at, title=title) for title in ("Hall one", "Hall two")]
    by = as_moderator(a_moderator(at))

    def move() -> None:
        for to in halls:
            move_contribution(contribution=contribution, to=to, with_replies=False, by=by, at=at)

    (mail,) = _written(move)

    assert "“Hall two”" in mail.body
    assert "It still waits to be read" in mail.body


def test_an_answer_goes_to_whom_it_answers_with_text_and_source(at: datetime, topic: Any) -> None:
    question = a_published(topic, at=at, kind=ContributionKind.QUESTION)

    (mail,) = _written(lambda: an_answer(question, at=at, body="Yes, **from 2028**."))

    assert mail.to == "una@example.org"
    assert mail.subject == "The municipality answered your no. 1"
    assert "Olaf Overgaard:\n\nYes, **from 2028**." in mail.body
    assert f"/c/{question.number + 1}/" in mail.body


def test_an_official_is_not_told_of_answers_to_themselves(at: datetime, topic: Any) -> None:
    own = a_published(topic, at=at, by=an_official(at))

    assert _written(lambda: an_answer(own, at=at)) == []


def test_mail_is_in_the_readers_language_and_links_to_it(at: datetime, topic: Any) -> None:
    User.objects.filter(email="una@example.org").update(language="da")
    contribution = a_contribution(topic, at=at)

    (mail,) = _written()

    assert f"{SITE}/consultations/{contribution.consultation.slug}/c/1/" in mail.body
    assert "/en/" not in mail.body
    assert "15.\xa0september 2026 kl.\xa010.30" in mail.body


def test_those_who_may_not_sign_in_get_nothing(at: datetime, topic: Any) -> None:
    a_published(topic, at=at)
    User.objects.filter(email="una@example.org").update(is_active=False)

    assert _written() == []


def test_imported_contributions_send_no_mail(at: datetime, topic: Any) -> None:
    contribution = a_published(topic, at=at)
    offsite = _offsite(contribution)

    assert _written(lambda: an_answer(offsite, at=at)) == []


def test_replayed_it_writes_nothing_twice(at: datetime, topic: Any) -> None:
    question = a_published(topic, at=at)
    an_answer(question, at=at)
    first = [mail.pk for mail in _written()]

    Reader.objects.filter(pk=tasks.READER).update(position=0)

    assert [mail.pk for mail in _written()] == first
    assert len(first) == 3


def test_what_was_before_it_began_is_not_told(at: datetime, topic: Any) -> None:
    a_contribution(topic, at=at)
    tasks.write_mail()
    OutgoingMail.objects.all().delete()
    a_contribution(topic, at=at)
    sequence_entries()
    skip_to_head(tasks.READER)

    assert _written() == []


def test_nobody_reads_what_others_wrote_and_is_not_public(at: datetime, topic: Any) -> None:
    rita = personas.resident(at=at)
    secrets = {"una@example.org": "Una's secret.", rita.email: "Rita's secret."}
    root = a_published(topic, at=at, body="Public root.")
    waiting = a_contribution(topic, at=at, by=rita, in_reply_to=root, body=secrets[rita.email])
    a_refused(topic, at=at, body=secrets["una@example.org"])
    an_answer(root, at=at, body="Public answer.")
    to = a_topic(topic.consultation, at=at)
    by = as_moderator(a_moderator(at))
    move_contribution(contribution=root, to=to, with_replies=True, by=by, at=at)
    withdraw_contribution(contribution=Contribution.stored.get(pk=waiting.pk), by=rita, at=at)

    mails = _written()

    assert len({mail.to for mail in mails}) >= 2
    for mail in mails:
        for owner, secret in secrets.items():
            assert mail.to == owner or secret not in mail.body


@pytest.mark.parametrize("times", [1, 4])
def test_writing_costs_the_same_for_few_and_many(
    times: int, at: datetime, topic: Any, django_assert_num_queries: Any
) -> None:
    tasks.write_mail()
    root = a_published(topic, at=at)
    for turn in range(times):
        one = a_published(topic, at=at, in_reply_to=root)
        an_answer(one, at=at)
        a_refused(topic, at=at + timedelta(seconds=turn))
    sequence_entries()
    topic_two = a_topic(topic.consultation, at=at)
    by = as_moderator(a_moderator(at))
    move_contribution(contribution=root, to=topic_two, with_replies=True, by=by, at=at)
    sequence_entries()

    with django_assert_num_queries(24):
        tasks.write_mail()

    assert OutgoingMail.objects.count() >= 6 * times


def _offsite(contribution: Contribution) -> Contribution:
    author = OffsiteAuthor.objects.create(consultation=contribution.consultation, source_ref="x", name="Somebody")
    Contribution.stored.filter(pk=contribution.pk).update(author=None, offsite_author=author)
    return Contribution.stored.select_related("consultation", "topic__consultation", "root").get(pk=contribution.pk)


def _after(label: str, text: str) -> str:
    return text.split(label)[1].split("\n", maxsplit=1)[0]


def test_a_move_to_another_hearing_tells_both_numbers_and_what_one_can_do(at: datetime, topic: Any) -> None:
    there = the_topic(a_hearing(at=at, title="Forest"))
    a_published(there, at=at)
    contribution, by = a_published(topic, at=at, body="Plant oaks."), as_moderator(a_moderator(at))
    left = topic.consultation

    (mail,) = _written(
        lambda: move_to_consultation(contribution=contribution, to=there, with_replies=True, by=by, at=at)
    )

    assert mail.to == "una@example.org"
    assert mail.subject == "Your contribution no. 1 was moved and is no. 2 now"
    for told in (
        "moved your contribution no. 1 from “Wind at sea” to “Forest”",
        f"It is no. 2 there, under “{there.title}”.",
        "Number 1 stays where it was",
        "no decision against your text",
        "you can withdraw it on the receipt",
        f"{SITE}/en/consultations/{there.consultation.slug}/c/2/receipt/",
    ):
        assert told in " ".join(mail.body.split())
    assert "Plant oaks" not in mail.body
    assert f"{left.slug}/c/1/" not in mail.body
    assert "still waits" not in mail.body


def test_each_author_that_follows_is_told_of_the_numbers_of_their_own(at: datetime, topic: Any) -> None:
    there = the_topic(a_hearing(at=at, title="Forest"))
    root = a_published(topic, at=at)
    rita = personas.resident(at=at)
    a_contribution(topic, at=at, by=rita, in_reply_to=root)
    by = as_moderator(a_moderator(at))

    mails = _written(lambda: move_to_consultation(contribution=root, to=there, with_replies=True, by=by, at=at))

    told = {mail.to: mail.body for mail in mails}
    assert set(told) == {"una@example.org", rita.email}
    assert "no. 1 from" in told["una@example.org"]
    assert "nr. 2 fra" in told[rita.email]
    assert "venter" in told[rita.email]


def test_what_happened_before_the_move_is_told_as_it_was(at: datetime, topic: Any) -> None:
    """The receipt names the number that was given; the answer goes to whom it answers, wherever both stand now."""
    there = the_topic(a_hearing(at=at, title="Forest"))
    a_published(there, at=at)
    by = as_moderator(a_moderator(at))

    def deed() -> None:
        question = a_published(topic, at=at, kind=ContributionKind.QUESTION)
        an_answer(question, at=at, body="Yes, from 2028.")
        move_to_consultation(contribution=question, to=there, with_replies=False, by=by, at=at)

    subjects = [mail.subject for mail in _written(deed) if mail.to == "una@example.org"]

    assert subjects == [
        "Receipt: no. 1, Wind at sea",
        "The municipality answered your no. 2",
        "Your contribution no. 1 was moved and is no. 2 now",
    ]
