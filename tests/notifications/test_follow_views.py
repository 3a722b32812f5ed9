"""The buttons that follow a consultation and stop it; the page in each mail that stops it without logging in."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.test import Client

from apps.accounts.models import User
from apps.consultations.enums import ConsultationStatus
from apps.consultations.models import Consultation
from apps.notifications.actions import follow_consultation
from apps.notifications.engine.stop_keys import SALT, stop_key
from apps.notifications.models import Follow
from apps.notifications.queries import is_following
from tests import factories

pytestmark = pytest.mark.django_db

Browser = Callable[..., Client]
NOBODY = AnonymousUser()
MINE = "/en/me/following/"


def page_of(hearing: Consultation, verb: str = "") -> str:
    return f"/en/consultations/{hearing.slug}/{verb}"


def key_page(person: User, hearing: Consultation) -> str:
    return f"/en/follows/{stop_key(person.pk, hearing.pk)}/"


def hidden(hearing: Consultation) -> Consultation:
    """Take the hearing from view, as if it had not been published."""
    Consultation.objects.filter(pk=hearing.pk).update(status=ConsultationStatus.DRAFT)
    return hearing


# ------------------------------------------------------------ the buttons


def test_who_is_not_signed_in_is_led_to_log_in_and_back_to_the_hearing(as_seen_by: Browser, at: datetime) -> None:
    hearing = factories.a_hearing(at=at)

    answer = as_seen_by(NOBODY).post(page_of(hearing, "follow/"))

    assert answer["Location"] == f"/en/accounts/login/?next={page_of(hearing)}"
    page = as_seen_by(NOBODY).get(page_of(hearing)).content.decode()
    assert f"/en/accounts/login/?next={page_of(hearing)}%23follow" in page
    assert page_of(hearing, "follow/") not in page


@pytest.mark.parametrize("verb", ["follow/", "unfollow/"])
def test_nothing_is_followed_or_stopped_by_opening_an_address(verb: str, as_seen_by: Browser, at: datetime) -> None:
    hearing, person = factories.a_hearing(at=at), factories.a_writer(at)

    assert as_seen_by(person).get(page_of(hearing, verb)).status_code == 405


def test_a_draft_is_nowhere_for_citizens_and_has_no_button_for_officials(as_seen_by: Browser, at: datetime) -> None:
    draft = factories.a_draft(at=at)

    assert as_seen_by(factories.a_writer(at)).post(page_of(draft, "follow/")).status_code == 404
    official = as_seen_by(factories.an_official(at))
    assert official.post(page_of(draft, "follow/")).status_code == 403
    assert "follow/" not in official.get(page_of(draft)).content.decode()


def test_following_and_stopping_lead_back_and_say_what_happened(as_seen_by: Browser, at: datetime) -> None:
    hearing, person = factories.a_hearing(at=at), factories.a_writer(at)
    browser = as_seen_by(person)
    assert "You get a mail when it opens or closes" in browser.get(page_of(hearing)).content.decode()

    followed = browser.post(page_of(hearing, "follow/"), follow=True)

    assert followed.redirect_chain == [(page_of(hearing), 302)]
    assert "You follow this hearing now." in followed.content.decode()
    assert page_of(hearing, "unfollow/") in followed.content.decode()
    assert "already" in browser.post(page_of(hearing, "follow/"), follow=True).content.decode()

    stopped = browser.post(page_of(hearing, "unfollow/"), follow=True)

    assert "You get no more mails about it." in stopped.content.decode()
    assert page_of(hearing, "follow/") in stopped.content.decode()
    assert not Follow.objects.exists()
    assert "You did not follow" in browser.post(page_of(hearing, "unfollow/"), follow=True).content.decode()


def test_nobody_sees_that_others_follow(as_seen_by: Browser, at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    viewer = factories.an_official(at)
    before = as_seen_by(viewer).get(page_of(hearing)).content.decode()

    follow_consultation(person=factories.a_writer(at), consultation=hearing, at=at)

    after = as_seen_by(viewer).get(page_of(hearing)).content.decode()
    assert "Una" not in after
    assert after.count("ollow") == before.count("ollow")


# ------------------------------------------------------------ one's own list


def test_who_follows_nothing_is_told_how(as_seen_by: Browser, at: datetime) -> None:
    assert "You follow nothing yet" in as_seen_by(factories.a_writer(at)).get(MINE).content.decode()


def test_the_list_shows_ones_own_latest_first_with_a_button_to_stop(as_seen_by: Browser, at: datetime) -> None:
    person, other = factories.a_writer(at), factories.an_official(at)
    first, second, others = (factories.a_hearing(at=at, title=title) for title in ("First", "Second", "Others"))
    for hearing in (first, second):
        follow_consultation(person=person, consultation=hearing, at=at)
    follow_consultation(person=other, consultation=others, at=at)
    browser = as_seen_by(person)

    page = browser.get(MINE)

    assert [card.consultation.title for card in page.context["cards"]] == ["Second", "First"]
    assert "Others" not in page.content.decode()
    stopped = browser.post(page_of(first, "unfollow/"), {"from": "list"}, follow=True)
    assert stopped.redirect_chain == [(MINE, 302)]
    assert [card.consultation.title for card in stopped.context["cards"]] == ["Second"]


def test_what_is_taken_from_view_is_not_named_and_can_be_stopped(as_seen_by: Browser, at: datetime) -> None:
    person, other = factories.a_writer(at), factories.a_hearing(at=at)
    hearing = factories.a_hearing(at=at, title="Taken away")
    follow_consultation(person=person, consultation=hearing, at=at)
    hidden(hearing)
    hidden(other)
    browser = as_seen_by(person)

    assert "Taken away" not in browser.get(MINE).content.decode()
    assert "Taken away" not in browser.get("/en/me/data/").content.decode()
    assert browser.post(page_of(other, "unfollow/")).status_code == 404
    stopped = browser.post(page_of(hearing, "unfollow/"), follow=True)

    assert stopped.redirect_chain == [(MINE, 302)]
    assert "Taken away" not in stopped.content.decode()
    assert not Follow.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(
    count: int, as_seen_by: Browser, at: datetime, django_assert_num_queries: Callable[..., object]
) -> None:
    person = factories.a_writer(at)
    for _turn in range(count):
        follow_consultation(person=person, consultation=factories.a_hearing(at=at), at=at)
    browser = as_seen_by(person)
    browser.get(MINE)

    with django_assert_num_queries(5):  # type: ignore[attr-defined]
        browser.get(MINE)


# ------------------------------------------------------------ the page in each mail


def forged(person: User, hearing: Consultation) -> list[str]:
    good = stop_key(person.pk, hearing.pk)
    return [
        "wrong",
        f"{good}x",
        good[:-1],
        good.swapcase(),
        signing.dumps([person.pk, hearing.pk]),
        signing.dumps([person.pk, hearing.pk], salt=f"{SALT}.other"),
    ]


def test_only_keys_of_ours_stop_anything(as_seen_by: Browser, at: datetime) -> None:
    person, hearing = factories.a_writer(at), factories.a_hearing(at=at)
    follow_consultation(person=person, consultation=hearing, at=at)
    browser = as_seen_by(NOBODY)

    for key in forged(person, hearing):
        assert browser.get(f"/en/follows/{key}/").status_code == 404
        assert browser.post(f"/en/follows/{key}/").status_code == 404

    assert is_following(person, hearing)


def test_opening_the_page_stops_nothing_as_mail_scanners_do(as_seen_by: Browser, at: datetime) -> None:
    person, hearing = factories.a_writer(at), factories.a_hearing(at=at, title="Eight turbines")
    follow_consultation(person=person, consultation=hearing, at=at)

    page = as_seen_by(NOBODY).get(key_page(person, hearing))

    assert 'You follow “<span lang="da">Eight turbines</span>”' in page.content.decode()
    assert page["X-Robots-Tag"] == "noindex"
    assert is_following(person, hearing)


def test_its_button_stops_it_without_logging_in_and_once_more_is_no_error(as_seen_by: Browser, at: datetime) -> None:
    person, hearing = factories.a_writer(at), factories.a_hearing(at=at, title="Eight turbines")
    other = factories.a_hearing(at=at)
    for followed in (hearing, other):
        follow_consultation(person=person, consultation=followed, at=at)

    for _turn in range(2):
        page = as_seen_by(NOBODY).post(key_page(person, hearing), follow=True).content.decode()
        assert 'You do not follow “<span lang="da">Eight turbines</span>” any more' in page

    assert not is_following(person, hearing)
    assert is_following(person, other)


def test_the_page_names_nobody_and_nothing_that_is_not_public(as_seen_by: Browser, at: datetime) -> None:
    person, hearing = factories.a_writer(at), factories.a_hearing(at=at, title="Taken away")
    follow_consultation(person=person, consultation=hearing, at=at)
    hidden(hearing)

    shown = as_seen_by(NOBODY).get(key_page(person, hearing)).content.decode()
    stopped = as_seen_by(NOBODY).post(key_page(person, hearing), follow=True).content.decode()

    for page in (shown, stopped):
        for hidden_word in ("Taken away", hearing.slug, person.display_name, person.email):
            assert hidden_word not in page
    assert "any more" in stopped
    assert not Follow.objects.exists()
