"""Administrators run the place and read nothing that is not public; flags of Django's own read nothing either."""

from datetime import datetime

import pytest
from django.urls import reverse

from apps.accounts.actions import place_hold
from apps.accounts.enums import HeldSubject
from apps.accounts.models import User
from apps.accounts.rules import as_moderator
from apps.common.permissions import may, why_not
from apps.consultations.queries import visible_consultations
from apps.discussions.actions import withdraw_contribution
from apps.discussions.models import Contribution
from apps.discussions.queries import visible_contributions
from apps.moderation.rules import why_not_work
from tests import factories, personas
from tests.accounts.conftest import Browser

pytestmark = pytest.mark.django_db

SECRET = "Nobody but its author and the moderators reads this."
STATES = ("waiting", "refused", "withdrawn")
BLIND = ("administrator", "superuser without a role", "superuser who is staff")


def _viewer(name: str, at: datetime) -> User:
    if name == "administrator":
        return personas.administrator(at=at)
    person = personas.unverified(at=at, email="root@example.org", display_name="Root")
    User.objects.filter(pk=person.pk).update(is_superuser=True, is_staff=name.endswith("staff"))
    return User.objects.get(pk=person.pk)


@pytest.fixture(params=STATES)
def hidden(request: pytest.FixtureRequest, at: datetime) -> Contribution:
    """A contribution whose text is not public, with a public one in reply to which nothing stands."""
    topic = factories.the_topic(factories.a_hearing(at=at))
    factories.a_published(topic, at=at, body="Everyone reads this.")
    if request.param == "refused":
        return factories.a_refused(topic, at=at, body=SECRET)
    made = factories.a_contribution(topic, at=at, body=SECRET)
    if request.param == "withdrawn":
        withdraw_contribution(contribution=made, by=factories.a_writer(at), at=at)
    return Contribution.stored.select_related("consultation", "topic").get(pk=made.pk)


@pytest.mark.parametrize("name", BLIND)
def test_no_rule_and_no_list_gives_them_a_hidden_text(name: str, hidden: Contribution, at: datetime) -> None:
    viewer = _viewer(name, at)

    assert why_not_work(viewer) is not None
    assert not may("discussions.read_contribution", viewer, hidden)
    assert not may("moderation.decide_contribution", viewer, hidden)
    assert not may("moderation.read_facts", viewer, hidden)
    assert hidden.pk not in visible_contributions(viewer).values_list("pk", flat=True)


@pytest.mark.parametrize("name", BLIND)
def test_no_page_shows_them_one(name: str, hidden: Contribution, as_seen_by: Browser, at: datetime) -> None:
    viewer = _viewer(name, at)
    if name == "administrator":
        place_hold(
            held=HeldSubject.CONTRIBUTION, held_id=hidden.pk, reason="Case", review_on=at.date().replace(year=2030),
            by=viewer, at=at,
        )  # fmt: skip
    browser = as_seen_by(viewer)
    slug, number = hidden.consultation.slug, hidden.number
    addresses = [
        reverse("moderation:queue"),
        reverse("moderation:decision-list"),
        reverse("moderation:item", args=[hidden.pk]),
        reverse("portal:contribution-receipt", args=[slug, number]),
        reverse("discussions:contribution-revise", args=[slug, number]),
        reverse("portal:contribution", args=[slug, number]),
        reverse("portal:topic", args=[slug, hidden.topic.slug]),
        reverse("portal:consultation-entries", args=[slug]),
        reverse("portal:moderation-log", args=[slug]),
        reverse("portal:moderation-feed", args=[slug]),
        reverse("portal:moderation-feed-of-all"),
        reverse("portal:desk"),
        reverse("portal:hold-list"),
        reverse("portal:contribution-hold"),
    ]

    pages = {address: browser.get(address, follow=True).content.decode() for address in addresses}

    assert [address for address, page in pages.items() if SECRET in page] == []
    assert any("Everyone reads this." in page for page in pages.values())


@pytest.mark.parametrize("name", BLIND)
def test_nothing_posted_decides_or_claims(name: str, hidden: Contribution, as_seen_by: Browser, at: datetime) -> None:
    browser = as_seen_by(_viewer(name, at))

    for action in ("claim", "release", "decide"):
        answer = browser.post(reverse(f"moderation:contribution-{action}", args=[hidden.pk]), {"outcome": "publish"})
        assert answer.status_code in {302, 403, 404}
        assert SECRET not in answer.content.decode()
    assert Contribution.stored.get(pk=hidden.pk).status == hidden.status


@pytest.mark.parametrize("name", BLIND)
def test_drafts_are_not_theirs_either(name: str, as_seen_by: Browser, at: datetime) -> None:
    draft = factories.a_draft(at=at, title="Secret plan")
    viewer = _viewer(name, at)

    assert draft not in visible_consultations(viewer)
    assert why_not("consultations.edit_consultation", viewer, draft) is not None
    page = as_seen_by(viewer).get(reverse("portal:consultation", args=[draft.slug]))
    assert "Secret plan" not in page.content.decode()


def test_a_moderator_does_read_them(hidden: Contribution, at: datetime) -> None:
    """So the tests above could fail."""
    moderator = factories.a_moderator(at)

    assert as_moderator(moderator).person_id == moderator.pk
    assert may("discussions.read_contribution", moderator, hidden) == (hidden.status != "withdrawn")
