"""What authors see of their own contributions and do with them; nobody else finds these pages."""

from datetime import datetime, timedelta

import pytest
import time_machine

from apps.accounts.rules import as_moderator
from apps.consultations.models import Topic
from apps.discussions.actions import publish_contribution, refuse_contribution
from apps.discussions.enums import ContributionKind, ContributionStatus
from apps.discussions.models import Contribution
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.municipality.models import RefusalReason
from tests import factories, personas
from tests.discussions.conftest import Browser, address_of
from tests.discussions.sending import shown, typed_in

pytestmark = pytest.mark.django_db

PAGES = ("contribution-receipt", "contribution-revise", "contribution-withdraw")


@pytest.fixture
def waiting(topic: Topic, at: datetime) -> Contribution:
    return factories.a_contribution(topic, at=at, body="Mine *alone*", kind=ContributionKind.QUESTION)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("persona", ["resident", "moderator", "official", "administrator"])
def test_others_find_no_page_and_change_nothing(
    page: str, persona: str, waiting: Contribution, as_seen_by: Browser, at: datetime
) -> None:
    known = {"moderator": factories.a_moderator, "official": factories.an_official}
    browser = as_seen_by(known[persona](at) if persona in known else personas.PERSONAS[persona](at=at))

    assert browser.get(_url(page, waiting)).status_code == 404
    if page != "contribution-receipt":
        assert browser.post(_url(page, waiting), {"body": "Theirs", "kind": "view"}).status_code == 404
    waiting.refresh_from_db()
    assert (waiting.body, waiting.status) == ("Mine *alone*", ContributionStatus.WAITING)


@pytest.mark.parametrize("page", PAGES)
def test_who_is_not_signed_in_is_led_to_the_log_in(page: str, waiting: Contribution, as_seen_by: Browser) -> None:
    answer = as_seen_by(personas.AnonymousUser()).get(_url(page, waiting))

    assert answer.status_code == 302
    assert "/accounts/login/" in answer.headers["Location"]


def test_the_receipt_tells_number_time_fingerprint_and_what_comes(waiting: Contribution, as_seen_by: Browser) -> None:
    answer = as_seen_by(waiting.author).get(_url("contribution-receipt", waiting))

    page = shown(answer)
    entry = Entry.objects.get(kind="contribution.received", number=1)
    assert "Received as no. 1" in page
    assert "15 September 2026 at 10:30" in page
    assert facts_of(entry)["fingerprint"] in page
    assert "<em>alone</em>" in answer.content.decode()
    assert "A moderator reads it, normally within 4 hours." in page
    assert '<meta name="robots" content="noindex">' in answer.content.decode()


def test_the_receipt_follows_what_became_of_the_text(waiting: Contribution, as_seen_by: Browser, at: datetime) -> None:
    reason = RefusalReason.objects.get(code="off_topic")
    by = as_moderator(factories.a_moderator(at))
    refuse_contribution(contribution=waiting, version=1, reason=reason, sentence="Ask the library.", by=by, at=at)

    page = shown(as_seen_by(waiting.author).get(_url("contribution-receipt", waiting)))

    assert "Your contribution was not published. Reason: Does not belong to the hearing" in page
    assert "Ask the library." in page
    assert "A moderator reads it" not in page


def test_a_changed_text_keeps_its_number_and_shows_on_the_receipt(waiting: Contribution, as_seen_by: Browser) -> None:
    browser = as_seen_by(waiting.author)
    assert 'value="question"' in browser.get(_url("contribution-revise", waiting)).content.decode()

    answer = browser.post(_url("contribution-revise", waiting), {"body": "Newer", "kind": "view"}, follow=True)

    waiting.refresh_from_db()
    assert (waiting.number, waiting.version, waiting.body, waiting.kind) == (1, 2, "Newer", "view")
    assert "Newer" in shown(answer)


@pytest.mark.parametrize("body", ["", "x" * 10_001, "Her number is 010190-1234"])
def test_an_unfit_change_is_refused_and_kept_in_the_form(body: str, waiting: Contribution, as_seen_by: Browser) -> None:
    answer = as_seen_by(waiting.author).post(_url("contribution-revise", waiting), {"body": body, "kind": "view"})

    assert answer.status_code == 422
    assert typed_in(answer) == body
    waiting.refresh_from_db()
    assert waiting.version == 1


def test_a_change_after_the_decision_says_so_and_keeps_the_text(
    waiting: Contribution, as_seen_by: Browser, at: datetime
) -> None:
    publish_contribution(contribution=waiting, version=1, by=as_moderator(factories.a_moderator(at)), at=at)
    browser = as_seen_by(waiting.author)

    answer = browser.post(_url("contribution-revise", waiting), {"body": "Too late", "kind": "view"})

    assert answer.status_code == 422
    assert "A moderator has decided" in shown(answer)
    assert typed_in(answer) == "Too late"
    assert browser.get(_url("contribution-revise", waiting)).status_code == 403
    waiting.refresh_from_db()
    assert waiting.body == "Mine *alone*"


def test_a_change_after_the_deadline_is_refused_and_kept(
    waiting: Contribution, as_seen_by: Browser, at: datetime
) -> None:
    browser = as_seen_by(waiting.author)

    with time_machine.travel(at + timedelta(days=21), tick=False):
        answer = browser.post(_url("contribution-revise", waiting), {"body": "Too late", "kind": "view"})

    assert answer.status_code == 422
    assert "The deadline has passed" in shown(answer)
    assert typed_in(answer) == "Too late"


def test_withdrawing_asks_first_and_can_be_done_after_the_deadline(
    waiting: Contribution, as_seen_by: Browser, at: datetime
) -> None:
    browser = as_seen_by(waiting.author)
    assert "Withdraw no. 1?" in shown(browser.get(_url("contribution-withdraw", waiting)))

    with time_machine.travel(at + timedelta(days=22), tick=False):
        for _click in range(2):
            answer = browser.post(_url("contribution-withdraw", waiting), follow=True)
            assert "You withdrew this contribution." in shown(answer)

    assert Entry.objects.filter(kind="contribution.withdrawn").count() == 1


def test_what_was_public_is_withdrawn_after_it_was_explained(
    waiting: Contribution, as_seen_by: Browser, at: datetime
) -> None:
    publish_contribution(contribution=waiting, version=1, by=as_moderator(factories.a_moderator(at)), at=at)
    browser = as_seen_by(waiting.author)
    assert "Withdraw" in shown(browser.get(_url("contribution-receipt", waiting)))
    asked = shown(browser.get(_url("contribution-withdraw", waiting)))
    assert "It has been public." in asked
    assert "kept sealed for the record" in asked

    page = shown(browser.post(_url("contribution-withdraw", waiting), follow=True))

    assert "You withdrew this contribution." in page
    waiting.refresh_from_db()
    assert (waiting.status, waiting.body) == (ContributionStatus.WITHDRAWN, "Mine *alone*")


def test_withdrawing_what_was_refused_is_refused(waiting: Contribution, as_seen_by: Browser, at: datetime) -> None:
    reason, by = RefusalReason.objects.get(code="off_topic"), as_moderator(factories.a_moderator(at))
    refuse_contribution(contribution=waiting, version=1, reason=reason, sentence="Ask the library.", by=by, at=at)

    answer = as_seen_by(waiting.author).post(_url("contribution-withdraw", waiting))

    assert answer.status_code == 403
    waiting.refresh_from_db()
    assert waiting.status == ContributionStatus.REFUSED


@pytest.mark.parametrize("number", ["2", "0", "999999999999999999999"])
def test_a_number_that_was_never_given_is_not_there(number: str, waiting: Contribution, as_seen_by: Browser) -> None:
    browser = as_seen_by(waiting.author)

    for page in PAGES:
        assert browser.get(_url(page, waiting).replace("/c/1/", f"/c/{number}/")).status_code == 404


def _url(page: str, row: Contribution) -> str:
    app = "portal" if page == "contribution-receipt" else "discussions"
    return address_of(f"{app}:{page}", slug=row.consultation.slug, number=row.number)
