"""An appeal against a pause is taken, looked at and decided as any other; the list of pauses has pages."""

from datetime import datetime

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.consultations.models import Topic
from apps.discussions.models import Contribution
from apps.moderation.actions import claim_contribution, decide_contribution, decide_pause_appeal, look_at, name_deputy
from apps.moderation.enums import AppealOutcome
from apps.moderation.errors import ClaimedByAnother
from apps.moderation.models import Case, PauseAppeal
from apps.moderation.queries import pauses as pauses_module
from apps.moderation.queries import standing_pauses
from tests import factories, personas
from tests.moderation.desk import refuse, shown
from tests.moderation.pauses import a_pause, an_appeal_against

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english_at_that_moment")]
WHY = "The words were about the matter."
QUEUE = "/en/moderation/"


@pytest.fixture
def text(topic: Topic, at: datetime) -> Contribution:
    return factories.a_published(topic, at=at)


@pytest.fixture
def appeal(text: Contribution, at: datetime) -> PauseAppeal:
    return an_appeal_against(a_pause(text, at=at), at=at)


def place(appeal: PauseAppeal) -> str:
    return f"{QUEUE}pause-appeals/{appeal.pk}/"


def test_it_is_taken_from_its_page_and_comes_back_there(
    appeal: PauseAppeal, client: Client, colleague: User, at: datetime
) -> None:
    client.force_login(colleague)
    assert f'value="pause_appeal-{appeal.pk}"' in client.get(place(appeal)).content.decode()

    taken = client.post(f"{QUEUE}items/{appeal.contribution_id}/claim/", {"case": f"pause_appeal-{appeal.pk}"})

    assert taken["Location"] == place(appeal)
    assert Case.objects.get().claimed_by == colleague
    assert "Taken by you until" in shown(client.get(place(appeal)))
    client.force_login(factories.a_moderator(at))
    refused = client.post(f"{QUEUE}items/{appeal.contribution_id}/claim/", {"case": f"pause_appeal-{appeal.pk}"})
    assert refused.status_code == 403  # who paused it does not take it


def test_colleagues_see_who_has_it_and_who_looks(
    appeal: PauseAppeal, client: Client, colleague: User, at: datetime
) -> None:
    look_at(contribution=appeal.contribution, by=colleague, at=at)
    claim_contribution(contribution=appeal.contribution, by=colleague, at=at)
    client.force_login(factories.a_moderator(at))

    assert "Taken by" in shown(client.get(f"{QUEUE}pauses/"))
    page, part = client.get(place(appeal)), client.get(place(appeal), headers={"X-Fragment": "holder"})
    assert "is looking at it now" in shown(page)
    assert "has taken this contribution" in shown(part)
    assert "<html" not in part.content.decode()
    assert "data-look=" in page.content.decode()


def test_what_a_colleague_has_taken_is_not_decided_and_nothing_typed_is_lost(
    appeal: PauseAppeal, client: Client, colleague: User, at: datetime
) -> None:
    claim_contribution(contribution=appeal.contribution, by=factories.a_moderator(at), at=at)

    with pytest.raises(ClaimedByAnother):
        decide_pause_appeal(appeal=appeal, outcome=AppealOutcome.UPHELD, sentence=WHY, by=colleague, at=at)
    client.force_login(colleague)
    refused = client.post(place(appeal), {"outcome": "upheld", "sentence": WHY})

    assert refused.status_code == 409
    assert WHY in refused.content.decode()
    assert PauseAppeal.objects.get().is_open


def test_a_decided_one_lets_the_case_go(appeal: PauseAppeal, colleague: User, at: datetime) -> None:
    decide_pause_appeal(appeal=appeal, outcome=AppealOutcome.REVERSED, sentence=WHY, by=colleague, at=at)

    assert Case.objects.get().claimed_by is None


def test_about_a_refused_text_it_can_be_taken_while_it_is_open(topic: Topic, colleague: User, at: datetime) -> None:
    text = factories.a_contribution(topic, at=at)
    decide_contribution(contribution=text, ruling=refuse(), by=factories.a_moderator(at), at=at)
    an_appeal_against(a_pause(text, at=at), at=at)

    assert claim_contribution(contribution=text, by=colleague, at=at)


def test_the_deputy_takes_and_decides_it(appeal: PauseAppeal, client: Client, at: datetime) -> None:
    deputy = factories.an_official(at)
    name_deputy(person=deputy, by=personas.administrator(at=at), at=at)
    client.force_login(deputy)

    assert place(appeal) in client.get(f"{QUEUE}pauses/").content.decode()
    claimed = client.post(f"{QUEUE}items/{appeal.contribution_id}/claim/", {"case": f"pause_appeal-{appeal.pk}"})
    assert claimed["Location"] == place(appeal)
    assert client.post(place(appeal), {"outcome": "upheld", "sentence": WHY}).status_code == 302


def test_the_list_of_pauses_goes_on_behind_each_page(
    topic: Topic, client: Client, monkeypatch: pytest.MonkeyPatch, at: datetime
) -> None:
    monkeypatch.setattr(pauses_module, "CASES_PAGE", 2)
    made = [
        a_pause(
            factories.a_contribution(
                topic, at=at, by=personas.unverified(at=at, email=f"p{step}@example.org", display_name=f"P {step}")
            ),
            at=at,
            days=days,
        )
        for step, days in enumerate((7, 3, 3, 14, 1))
    ]
    ends = sorted(made, key=lambda pause: (pause.ends_at, pause.pk))

    seen, after = [], None
    for _page in range(3):
        found, after = standing_pauses(at=at, after=after)
        seen += found
    client.force_login(factories.a_moderator(at))
    first = client.get(f"{QUEUE}pauses/").content.decode()

    assert seen == ends
    assert after is None
    assert f"?after={ends[1].pk}" in first
    assert f"pauses/{ends[2].pk}/" in client.get(f"{QUEUE}pauses/?after={ends[1].pk}").content.decode()
    for nonsense in ("x", "0", "999999999999"):
        assert client.get(f"{QUEUE}pauses/?after={nonsense}").status_code == 200
