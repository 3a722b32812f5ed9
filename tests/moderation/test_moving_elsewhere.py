"""A moderator moves a text to another hearing: what the form offers, tells and refuses, and where all of it leads."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.consultations.models import Consultation, Topic
from apps.discussions.actions import revise_contribution, withdraw_contribution
from apps.discussions.models import Contribution
from apps.moderation.actions import Ruling, claim_contribution, decide_contribution
from apps.moderation.enums import Outcome
from apps.moderation.models import Appeal, Case, Decision, ReportCase
from apps.publications.actions import StatementText, draft_summary, publish_summary
from tests import factories
from tests.moderation.authors import address, author_of, browser
from tests.moderation.cases import a_report
from tests.moderation.desk import FACTS, SENTENCE, a_colleague, a_reason, refuse, shown

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(at: datetime) -> Iterator[None]:
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def moderator(at: datetime) -> User:
    return factories.a_moderator(at)


@pytest.fixture
def client(moderator: User) -> Client:
    client = Client()
    client.force_login(moderator)
    return client


@pytest.fixture
def text(at: datetime) -> Contribution:
    return factories.a_published(factories.the_topic(factories.a_hearing(at=at, title="Wind")), at=at)


@pytest.fixture
def there(at: datetime) -> Topic:
    topic = factories.the_topic(factories.a_hearing(at=at, title="Forest"))
    factories.a_published(topic, at=at)
    return topic


def _address(row: Contribution, verb: str = "decide/") -> str:
    return f"/en/moderation/items/{row.pk}/{verb}"


def _sent(to: Topic, **more: str) -> dict[str, str]:
    return {"outcome": "move", "version": "1", "to": str(to.pk)} | more


def _fresh(row: Contribution) -> Contribution:
    return Contribution.stored.select_related("consultation", "topic").get(pk=row.pk)


def _moved(text: Contribution, to: Topic, by: User, at: datetime) -> Decision:
    return decide_contribution(contribution=text, ruling=Ruling(outcome=Outcome.MOVE, version=1, to=to), by=by, at=at)


def test_the_topics_of_other_hearings_stand_under_the_hearings_name(
    client: Client, text: Contribution, there: Topic, at: datetime
) -> None:
    beside = factories.a_topic(text.consultation, at=at, title="Beside")
    factories.a_hearing(at=at, title="Closed", closes=timedelta(days=-1))

    page = client.get(_address(text, "")).content.decode()

    (select,) = re.findall(r'<select name="to".*?</select>', page, re.DOTALL)
    assert re.findall(r'<optgroup label="([^"]+)">', select) == ["In this hearing", "Forest"]
    assert re.findall(r'<option value="(\d+)" lang="da">', select) == [str(beside.pk), str(there.pk)]


def test_a_move_leads_to_the_text_in_its_new_place(client: Client, text: Contribution, there: Topic) -> None:
    page = client.post(_address(text), _sent(there), follow=True)

    assert page.redirect_chain == [(_address(text, ""), 302)]
    assert f"No. 1 of “Wind” is no. 2 of “Forest” now, under “{there.title}”." in shown(page)
    assert "moved here from “Wind”, no. 1" in shown(page)
    assert f"From no. 1 of “Wind” to “Forest”, “{there.title}”" in shown(page)
    assert f"From no. 1 of “Wind” to “Forest”, “{there.title}”" in shown(client.get("/en/moderation/log/"))
    assert "/undo/" in page.content.decode()
    assert (_fresh(text).consultation_id, _fresh(text).number) == (there.consultation_id, 2)


def test_what_waits_waits_there_and_stays_its_moderators(
    client: Client, moderator: User, there: Topic, at: datetime
) -> None:
    waiting = factories.a_contribution(factories.the_topic(factories.a_hearing(at=at)), at=at)

    page = client.post(_address(waiting), _sent(there), follow=True)

    assert "It still waits: publish or refuse it there." in shown(page)
    assert _fresh(waiting).is_waiting
    assert _fresh(waiting).case.claimed_by == moderator  # type: ignore[attr-defined]
    decide_contribution(contribution=_fresh(waiting), ruling=refuse(), by=moderator, at=at)
    assert _fresh(waiting).consultation_id == there.consultation_id


def test_a_double_click_moves_once(client: Client, text: Contribution, there: Topic) -> None:
    client.post(_address(text), _sent(there))

    again = client.post(_address(text), _sent(there))

    assert (again.status_code, again.headers["Location"]) == (302, _address(text, ""))
    assert Decision.objects.filter(outcome=Outcome.MOVE).count() == 1
    assert Consultation.objects.get(pk=there.consultation_id).next_number == 3


def test_two_clicks_at_the_same_instant_move_once(
    client: Client, text: Contribution, there: Topic, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second page read the text before the first had moved it."""
    before = Contribution.stored.select_related("consultation", "topic", "author").get(pk=text.pk)
    client.post(_address(text), _sent(there))
    found = iter([before])
    real = __import__("apps.moderation.views.decision", fromlist=["item_at"]).item_at
    monkeypatch.setattr("apps.moderation.views.decision.item_at", lambda pk: next(found, None) or real(pk))

    again = client.post(_address(text), _sent(there))

    assert (again.status_code, again.headers["Location"]) == (302, _address(text, ""))
    assert Decision.objects.filter(outcome=Outcome.MOVE).count() == 1


def _close(_text: Contribution, there: Topic, at: datetime) -> None:
    there.consultation.phases.update(closes_at=at)


def _take_back(text: Contribution, _there: Topic, at: datetime) -> None:
    withdraw_contribution(contribution=text, by=factories.a_writer(at), at=at)


def _cite(text: Contribution, _there: Topic, at: datetime) -> None:
    official = factories.an_official(at)
    texts = [StatementText(title="Wind", body="People fear it.", cites=[text.number])]
    summary = draft_summary(consultation=text.consultation, statements=texts, by=official, at=at)
    publish_summary(summary=summary, by=official, at=at)


REFUSED: dict[str, tuple[Any, str, int]] = {
    "closed meanwhile": (_close, "nobody can write there any more. Choose another topic.", 422),
    "withdrawn meanwhile": (_take_back, "it was decided or withdrawn meanwhile", 409),
    "cited": (_cite, "The published summary or white paper rests on no. 1", 422),
}


@pytest.mark.parametrize("way", REFUSED)
def test_a_refusal_says_why_and_loses_nothing(
    way: str, client: Client, text: Contribution, there: Topic, at: datetime
) -> None:
    change, sentence, status = REFUSED[way]
    factories.a_topic(text.consultation, at=at)
    change(text, there, at)

    page = client.post(_address(text), _sent(there, internal_facts=FACTS))

    assert page.status_code == status
    assert sentence in shown(page)
    assert FACTS in page.content.decode()
    assert (_fresh(text).number, Consultation.objects.get(pk=there.consultation_id).next_number) == (1, 2)


def test_a_text_changed_meanwhile_is_read_again_with_the_same_place_chosen(
    client: Client, there: Topic, at: datetime
) -> None:
    waiting = factories.a_contribution(factories.the_topic(factories.a_hearing(at=at)), at=at)
    revise_contribution(contribution=waiting, kind=waiting.kind, body="Newer", by=factories.a_writer(at), at=at)

    page = client.post(_address(waiting), _sent(there))

    assert page.status_code == 409
    assert f'<option value="{there.pk}" selected lang="da">' in page.content.decode()


def test_the_old_row_leads_moderators_to_the_text(
    client: Client, moderator: User, text: Contribution, there: Topic, at: datetime
) -> None:
    decision = _moved(text, there, moderator, at)
    assert decision.left is not None

    page = client.get(_address(decision.left, ""))

    assert page.status_code == 200
    assert text.body in shown(page)


def test_reports_and_earlier_decisions_go_with_the_text(
    client: Client, moderator: User, text: Contribution, there: Topic, at: datetime
) -> None:
    a_report(text, at=at, email="")
    _moved(text, there, moderator, at)
    case = ReportCase.objects.get()

    page = client.get(f"/en/moderation/reports/{case.pk}/")

    assert case.contribution == text
    assert (page.status_code, case.is_open) == (200, True)
    assert text.body in shown(page)
    assert "No. 2" in shown(page)


def test_whoever_wrote_in_the_topic_moves_nothing_out_of_it(text: Contribution, there: Topic, at: datetime) -> None:
    colleague = a_colleague(at)
    factories.a_contribution(text.topic, at=at, by=colleague)

    with pytest.raises(NotAllowed):
        _moved(text, there, colleague, at)

    assert _fresh(text).number == 1


@pytest.mark.parametrize("count", [1, 3])
def test_an_item_costs_the_same_beside_one_and_three_hearings(
    count: int, client: Client, text: Contribution, at: datetime, django_assert_num_queries: Any
) -> None:
    for _step in range(count):
        factories.a_topic(factories.a_hearing(at=at), at=at)

    with django_assert_num_queries(41):
        client.get(_address(text, ""))


@pytest.mark.parametrize("count", [1, 3])
def test_the_log_costs_the_same_for_one_and_three_moves(
    count: int, client: Client, there: Topic, at: datetime, django_assert_num_queries: Any
) -> None:
    for _step in range(count):
        row = factories.a_published(factories.the_topic(factories.a_hearing(at=at)), at=at)
        _moved(row, there, factories.a_moderator(at), at)

    with django_assert_num_queries(10):
        client.get("/en/moderation/log/")


def _redacted(text: Contribution, by: User, at: datetime) -> str:
    """Redact a passage; return the number under which the mail leads to the appeal."""
    ruling = Ruling(outcome=Outcome.REDACT, version=1, reason=a_reason(), sentence=SENTENCE, passage="Ole Hansen")
    return decide_contribution(contribution=text, ruling=ruling, by=by, at=at).statement.puid


def test_the_link_to_appeal_that_was_mailed_before_the_move_leads_on(
    moderator: User, there: Topic, at: datetime
) -> None:
    topic = factories.the_topic(factories.a_hearing(at=at, title="Wind"))
    text = factories.a_published(topic, at=at, body="Ole Hansen drives, and Per sings.")
    mailed = f"{address(text, 'appeal')}?statement={_redacted(text, moderator, at)}"
    decide_contribution(
        contribution=text, ruling=Ruling(outcome=Outcome.MOVE, version=2, to=there), by=moderator, at=at
    )
    author = browser(author_of(text))

    assert author.get(mailed).status_code == 200
    sent = author.post(mailed, {"text": "The name is public."})

    assert sent["Location"] == address(_fresh(text), "receipt")
    assert Appeal.objects.get().contribution == text


@pytest.mark.parametrize(
    ("page", "sent"), [("edit", {"kind": "view", "body": "Newer words"}), ("withdraw", {}), ("withdraw", None)]
)
def test_a_form_that_stood_open_when_the_text_was_moved_is_about_the_text(
    page: str, sent: dict[str, str] | None, moderator: User, there: Topic, at: datetime
) -> None:
    text = factories.a_contribution(factories.the_topic(factories.a_hearing(at=at, title="Wind")), at=at)
    author, place = browser(author_of(text)), address(text, page)
    _moved(text, there, moderator, at)

    answer = author.get(place) if sent is None else author.post(place, sent)

    moved = _fresh(text)
    if sent is None:
        assert (answer.status_code, text.body in shown(answer)) == (200, True)
        return
    assert answer["Location"] == address(moved, "receipt")
    assert moved.status == "withdrawn" if page == "withdraw" else moved.body == "Newer words"


def test_a_report_of_the_old_number_is_about_the_text(
    moderator: User, text: Contribution, there: Topic, at: datetime
) -> None:
    place = address(text, "report")
    _moved(text, there, moderator, at)

    assert text.body in shown(Client().get(place))


def test_what_was_moved_to_where_its_moderator_has_written_is_a_colleagues(
    moderator: User, there: Topic, at: datetime
) -> None:
    text = factories.a_contribution(factories.the_topic(factories.a_hearing(at=at, title="Wind")), at=at)
    factories.a_contribution(there, at=at, by=moderator)

    _moved(text, there, moderator, at)

    assert Case.objects.get(contribution=text).claimed_by is None
    assert claim_contribution(contribution=_fresh(text), by=a_colleague(at), at=at)


def test_an_answer_to_the_old_number_answers_the_text_where_it_is(
    moderator: User, text: Contribution, there: Topic, at: datetime
) -> None:
    place = f"/en/consultations/{text.consultation.slug}/c/{text.number}/answer/"
    _moved(text, there, moderator, at)
    sent = {"body": "We have looked at it.", "submission_key": str(UUID(int=7)), "source": ""}

    told = browser(factories.an_official(at)).post(place, sent)

    answer = Contribution.stored.get(kind="answer")
    assert (answer.in_reply_to_id, answer.topic_id) == (text.pk, there.pk)
    assert told["Location"].endswith(f"/{there.consultation.slug}/c/{answer.number}/")
