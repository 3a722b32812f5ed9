"""Appeals against a redaction and against a request for an edit, and appeals about which nothing is left to decide."""

import io
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.translation import override

from apps.accounts.models import User
from apps.accounts.rules import THE_SYSTEM
from apps.common.errors import NotAllowed
from apps.common.permissions import why_not
from apps.consultations.models import Topic
from apps.discussions.actions import reopen_lapsed, revise_contribution, withdraw_contribution
from apps.discussions.enums import ContributionKind, ContributionStatus
from apps.discussions.errors import UnfitPassage
from apps.discussions.models import Contribution
from apps.discussions.rules import EDIT_TAKEN
from apps.ledger.actions import sequence_entries
from apps.ledger.models import Entry
from apps.moderation.actions import (
    Ruling,
    close_appeal,
    close_moot_appeals,
    decide_appeal,
    decide_contribution,
    submit_appeal,
    undo_decision,
)
from apps.moderation.enums import Outcome
from apps.moderation.errors import AlreadySettled, NothingLeft
from apps.moderation.models import Appeal, Decision
from apps.moderation.queries import decision_to_appeal, decisions_against, undoable_by
from apps.moderation.rules import APPEAL_TAKEN, stands
from apps.portal.actions.clearing import clear_away
from apps.portal.actions.leaving import delete_account
from tests import factories
from tests.moderation.authors import address, author_of, browser, kinds, mails_to
from tests.moderation.cases import (
    APPEALED,
    REASONS,
    a_neighbour,
    a_report,
    a_report_appeal,
    an_appeal,
    left,
    refused_by_moderator,
    reverse,
    uphold,
)
from tests.moderation.desk import SENTENCE, a_reason, publish, refuse, send_back, shown

pytestmark = pytest.mark.django_db
TEXT = "Ole Hansen drives too fast past Per Olsen."
APPEALS = "/en/moderation/appeals/"


@pytest.fixture(autouse=True)
def _in_english(at: datetime) -> Iterator[None]:
    with override("en"), time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def first(at: datetime) -> User:
    return factories.a_moderator(at)


def redact(row: Contribution, passage: str, at: datetime, by: User) -> Decision:
    ruling = Ruling(outcome=Outcome.REDACT, version=row.version, reason=a_reason(), sentence=SENTENCE, passage=passage)
    return decide_contribution(contribution=row, ruling=ruling, by=by, at=at)


@pytest.fixture
def redacted(topic: Topic, first: User, at: datetime) -> Contribution:
    row = factories.a_published(topic, at=at, body=TEXT)
    redact(row, "Ole Hansen", at, first)
    return row


@pytest.fixture
def returned(topic: Topic, first: User, at: datetime) -> Contribution:
    row = factories.a_contribution(topic, at=at, body=TEXT)
    decide_contribution(contribution=row, ruling=send_back(), by=first, at=at)
    return row


def the_ledger_agrees() -> None:
    sequence_entries()
    call_command("verify_ledger", stdout=io.StringIO())


def test_a_redaction_is_reversed_and_the_passage_put_back(
    redacted: Contribution, colleague: User, at: datetime
) -> None:
    appeal = an_appeal(redacted, at=at)

    decide_appeal(appeal=appeal, ruling=reverse(), by=colleague, at=at)

    redacted.refresh_from_db()
    assert (redacted.body, redacted.version, redacted.is_published) == (TEXT, 3, True)
    assert kinds(redacted)[-2:] == ["appeal.reversed", "contribution.unredacted"]
    last = Decision.objects.order_by("-pk")[0]
    assert (last.outcome, last.decided_by, last.is_of_appeal) == (Outcome.LIFT, colleague, True)
    thread = shown(Client().get(f"/en/consultations/{redacted.consultation.slug}/topics/{redacted.topic.slug}/"))
    assert TEXT in thread
    assert "put back after an appeal" in thread
    the_ledger_agrees()
    log = shown(Client().get(f"/en/consultations/{redacted.consultation.slug}/moderation/"))
    assert "A passage that was redacted (Personal attack) was put back into no. 1." in log


def test_a_redaction_that_is_upheld_stays(redacted: Contribution, colleague: User, at: datetime) -> None:
    decide_appeal(appeal=an_appeal(redacted, at=at), ruling=uphold(), by=colleague, at=at)

    redacted.refresh_from_db()
    assert (redacted.version, "Ole Hansen" in redacted.body) == (2, False)


def test_each_of_two_redactions_has_an_appeal_of_its_own(
    redacted: Contribution, first: User, colleague: User, at: datetime
) -> None:
    redact(redacted, "Per Olsen", at, first)
    second, earlier = decisions_against(redacted)
    author = browser(author_of(redacted))
    page = f"{address(redacted, 'appeal')}?statement={earlier.statement.puid}"

    answer = author.post(page, {"text": APPEALED})

    assert answer["Location"] == address(redacted, "receipt")
    assert Appeal.objects.get().decision == earlier
    assert decision_to_appeal(redacted) == second
    receipt = author.get(address(redacted, "receipt")).content.decode()
    assert "You appealed against the decision." in receipt
    assert address(redacted, "appeal") in receipt
    decide_appeal(appeal=Appeal.objects.get(), ruling=reverse(), by=colleague, at=at)
    redacted.refresh_from_db()
    assert ("Ole Hansen" in redacted.body, "Per Olsen" in redacted.body) == (True, False)


def test_what_cannot_be_put_back_is_refused_with_a_sentence(
    topic: Topic, first: User, colleague: User, at: datetime
) -> None:
    row = factories.a_published(topic, at=at, body="O*le* drives. Ole sings. So.")
    redact(row, "O*le* drives.", at, first)
    appeal = an_appeal(row, at=at)
    redact(row, "Ole", at, first)

    with pytest.raises(UnfitPassage):
        decide_appeal(appeal=appeal, ruling=reverse(), by=colleague, at=at)
    answer = browser(colleague).post(f"{APPEALS}{appeal.pk}/", {"outcome": "reversed", "sentence": REASONS})

    assert answer.status_code == 422
    assert "formatted" in shown(answer)
    assert REASONS in answer.content.decode()
    appeal.refresh_from_db()
    assert appeal.is_open


def test_a_request_for_an_edit_is_reversed_and_the_text_shown_as_received(
    returned: Contribution, colleague: User, at: datetime
) -> None:
    decide_appeal(appeal=an_appeal(returned, at=at), ruling=reverse(), by=colleague, at=at)

    returned.refresh_from_db()
    assert (returned.is_published, returned.body, returned.version) == (True, TEXT, 1)
    assert "after an appeal" in returned.note
    assert kinds(returned)[-2:] == ["appeal.reversed", "contribution.restored"]
    the_ledger_agrees()


def test_also_when_the_week_is_over_and_it_waits_again(returned: Contribution, colleague: User, at: datetime) -> None:
    reopen_lapsed(at=at + EDIT_TAKEN)
    returned.refresh_from_db()
    assert returned.is_waiting
    appeal = an_appeal(returned, at=at + EDIT_TAKEN)

    decide_appeal(appeal=appeal, ruling=reverse(), by=colleague, at=at + EDIT_TAKEN)

    returned.refresh_from_db()
    assert (returned.is_published, returned.body) == (True, TEXT)
    assert kinds(returned)[-2:] == ["appeal.reversed", "contribution.published"]
    the_ledger_agrees()


def test_an_edit_that_was_handed_in_is_judged_by_the_queue(
    returned: Contribution, colleague: User, at: datetime
) -> None:
    appeal = an_appeal(returned, at=at)
    revise_contribution(
        contribution=returned, kind=ContributionKind.VIEW, body="Without a name.", by=author_of(returned), at=at
    )
    assert not stands(decisions_against(returned)[0])

    answer = browser(colleague).post(
        f"{APPEALS}{appeal.pk}/", {"outcome": "reversed", "sentence": REASONS}, follow=True
    )

    assert "decided on as any other text" in shown(answer)
    returned.refresh_from_db()
    assert (returned.is_waiting, returned.body) == (True, "Without a name.")
    assert kinds(returned)[-1] == "appeal.reversed"
    assert "som alle andre tekster" in mails_to(author_of(returned))[0].body
    the_ledger_agrees()


def test_after_an_edit_there_is_nothing_to_appeal_against(returned: Contribution, at: datetime) -> None:
    author = author_of(returned)
    revise_contribution(contribution=returned, kind=ContributionKind.VIEW, body="Without.", by=author, at=at)

    assert decision_to_appeal(returned) is None
    with pytest.raises(NotAllowed, match="does not stand any more"):
        submit_appeal(decision=decisions_against(returned)[0], text=APPEALED, by=author, at=at)
    answer = browser(author).post(address(returned, "appeal"), {"text": APPEALED})
    assert answer.status_code == 422
    assert APPEALED in answer.content.decode()


@pytest.mark.parametrize("outcome", [Outcome.RETURN, Outcome.REDACT])
def test_the_same_rules_hold_for_both(
    outcome: Outcome, topic: Topic, first: User, colleague: User, at: datetime
) -> None:
    row = factories.a_contribution(topic, at=at, body=TEXT)
    if outcome == Outcome.RETURN:
        decide_contribution(contribution=row, ruling=send_back(), by=first, at=at)
    else:
        redact(row, "Ole Hansen", at, first)
    with pytest.raises(NotAllowed, match="six months"):
        an_appeal(row, at=at + APPEAL_TAKEN)
    appeal = an_appeal(row, at=at + APPEAL_TAKEN - timedelta(seconds=1))

    assert appeal.first_decided_by == first
    assert "You made the decision" in str(why_not("moderation.decide_appeal", first, appeal))
    with pytest.raises(NotAllowed):
        decide_appeal(appeal=appeal, ruling=reverse(), by=first, at=at)
    with pytest.raises(IntegrityError, match="appeal_decided_by_another"), transaction.atomic():
        Appeal.objects.update(decided_by=first, decided_at=at, outcome="reversed", sentence=REASONS)
    with time_machine.travel(at + timedelta(hours=1), tick=False):  # what still waits stayed with its moderator
        page = shown(browser(colleague).get(f"{APPEALS}{appeal.pk}/"))
    means = {
        Outcome.RETURN: "Reversed: the text is shown as it was received",
        Outcome.REDACT: "Reversed: the passage is put back",
    }
    assert means[outcome] in page


@pytest.mark.parametrize("outcome", [Outcome.REFUSE, Outcome.RETURN, Outcome.REDACT, Outcome.HIDE])
def test_the_mail_leads_straight_to_the_appeal(outcome: Outcome, topic: Topic, first: User, at: datetime) -> None:
    row = factories.a_contribution(topic, at=at, body=TEXT)
    if outcome == Outcome.REDACT:
        redact(row, "Ole Hansen", at, first)
    elif outcome == Outcome.HIDE:
        decide_contribution(contribution=row, ruling=publish(), by=first, at=at)
        hide = Ruling(outcome=Outcome.HIDE, version=1, reason=a_reason(), sentence=SENTENCE)
        decide_contribution(contribution=row, ruling=hide, by=first, at=at)
    else:
        ruling = refuse() if outcome == Outcome.REFUSE else send_back()
        decide_contribution(contribution=row, ruling=ruling, by=first, at=at)
    User.objects.filter(pk=row.author_id).update(language="en")

    mail = next(mail for mail in mails_to(author_of(row)) if "you can appeal until" in mail.body)

    puid = Decision.objects.get(outcome=outcome).statement.puid
    assert f"{address(row, 'appeal')}?statement={puid}" in mail.body
    form = browser(author_of(row)).get(f"{address(row, 'appeal')}?statement={puid}")
    assert SENTENCE in shown(form)
    assert 'name="text"' in form.content.decode()
    assert address(row, "appeal") in browser(author_of(row)).get(address(row, "receipt")).content.decode()


def test_what_an_appeal_decided_is_not_undone(
    returned: Contribution, redacted: Contribution, colleague: User, at: datetime
) -> None:
    for row in (returned, redacted):
        decide_appeal(appeal=an_appeal(row, at=at), ruling=reverse(), by=colleague, at=at)
        last = Decision.objects.filter(case__contribution=row).order_by("-pk")[0]
        with pytest.raises(NotAllowed, match="decided on an appeal"):
            undo_decision(decision=last, by=colleague, at=at)
    assert undoable_by(colleague, at=at) == []


def test_what_its_author_took_back_meanwhile_leaves_nothing_to_decide(
    returned: Contribution, colleague: User, at: datetime
) -> None:
    appeal = an_appeal(returned, at=at)
    with pytest.raises(AlreadySettled):
        close_appeal(appeal=appeal, by=colleague, at=at)
    withdraw_contribution(contribution=returned, by=author_of(returned), at=at)
    appeal.contribution.refresh_from_db()

    with pytest.raises(NothingLeft):
        decide_appeal(appeal=appeal, ruling=reverse(), by=colleague, at=at)
    client = browser(colleague)
    page = client.get(f"{APPEALS}{appeal.pk}/")
    assert "there is nothing left to decide" in shown(page)
    assert TEXT not in page.content.decode()
    answers = [client.post(f"{APPEALS}{appeal.pk}/", {}) for _click in range(2)]

    assert [answer.status_code for answer in answers] == [302, 409]
    appeal.refresh_from_db()
    assert (appeal.outcome, appeal.decided_by) == ("lapsed", None)
    assert kinds(returned)[-1] == "appeal.lapsed"
    assert "closed" in shown(browser(author_of(returned)).get(address(returned, "receipt")))
    assert f"{returned.number}" in mails_to(author_of(returned))[0].subject


def test_a_reported_text_that_is_hidden_meanwhile_leaves_nothing_to_decide(
    topic: Topic, first: User, colleague: User, at: datetime
) -> None:
    text = factories.a_published(topic, at=at)
    appeal = a_report_appeal(left(a_report(text, at=at, by=a_neighbour(at)), at=at), at=at)
    hide = Ruling(outcome=Outcome.HIDE, version=1, reason=a_reason(), sentence=SENTENCE)
    decide_contribution(contribution=text, ruling=hide, by=first, at=at)

    assert browser(colleague).post(f"{APPEALS}{appeal.pk}/", {}).status_code == 302

    appeal.refresh_from_db()
    assert appeal.outcome == "lapsed"
    assert "appeal.lapsed" not in kinds(text)


def test_the_night_closes_what_nobody_can_decide(returned: Contribution, topic: Topic, at: datetime) -> None:
    moot, stays = an_appeal(returned, at=at), an_appeal(refused_by_moderator(topic, at=at), at=at)
    withdraw_contribution(contribution=returned, by=author_of(returned), at=at)

    clear_away(at=at)

    for appeal in (moot, stays):
        appeal.refresh_from_db()
    assert (moot.outcome, stays.outcome) == ("lapsed", "")
    assert close_moot_appeals(by=THE_SYSTEM, at=at) == 0


def test_an_account_that_is_deleted_leaves_no_appeal_without_words(
    returned: Contribution, topic: Topic, at: datetime
) -> None:
    person = author_of(returned)
    reported = left(a_report(factories.a_published(topic, at=at, by=a_neighbour(at)), at=at, by=person), at=at)
    decided = an_appeal(refused_by_moderator(topic, at=at), at=at)
    decide_appeal(appeal=decided, ruling=uphold(), by=factories.another_moderator(at), at=at)
    appeals = [an_appeal(returned, at=at), a_report_appeal(reported, at=at)]

    assert delete_account(person=person, typed=person.email, by=person, at=at)

    decided.refresh_from_db()
    assert (decided.outcome, decided.text) == ("upheld", "")
    for appeal in appeals:
        appeal.refresh_from_db()
        assert (appeal.outcome, appeal.text, appeal.decided_by) == ("lapsed", "", None)
    told = Entry.objects.filter(kind="appeal.lapsed").order_by("pk")
    assert [(entry.number, entry.payload) for entry in told] == [(returned.number, "{}"), (None, "{}")]
    returned.refresh_from_db()
    assert returned.status == ContributionStatus.RETURNED
    the_ledger_agrees()


def test_a_double_click_reverses_once(redacted: Contribution, colleague: User, at: datetime) -> None:
    appeal, client = an_appeal(redacted, at=at), browser(colleague)

    answers = [
        client.post(f"{APPEALS}{appeal.pk}/", {"outcome": "reversed", "sentence": REASONS}) for _click in range(2)
    ]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert kinds(redacted).count("contribution.unredacted") == 1


def test_my_page_leads_to_the_receipt_of_what_can_be_appealed(
    returned: Contribution, redacted: Contribution, topic: Topic, at: datetime
) -> None:
    untouched = factories.a_published(topic, at=at)

    page = browser(author_of(returned)).get("/en/me/").content.decode()

    assert address(returned, "receipt") in page
    assert address(redacted, "receipt") in page
    assert address(untouched, "receipt") not in page
