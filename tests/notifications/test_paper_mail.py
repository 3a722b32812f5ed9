"""Contributors are told where a white paper treats them, followers that it is there; nobody twice, and no text."""

from datetime import datetime

import pytest

from apps.accounts.rules import as_moderator
from apps.discussions.actions import hide_contribution
from apps.municipality.models import RefusalReason
from apps.notifications.actions import follow_consultation
from apps.notifications.models import OutgoingMail
from apps.notifications.tasks import write_mail
from tests import personas
from tests.factories import a_moderator
from tests.factories.whitepapers import publish_paper
from tests.publications.papers import PASSAGE, REST, WHOLE, corrected, published

pytestmark = pytest.mark.django_db


def _about_papers() -> list[OutgoingMail]:
    write_mail()
    found = OutgoingMail.objects.filter(key__contains="whitepaper.published:")
    return list(found.order_by("pk"))


def test_each_contributor_gets_one_mail_with_all_their_numbers(at: datetime) -> None:
    made = published(at)

    [mail] = _about_papers()

    assert made.cited.author is not None
    assert mail.to == made.cited.author.email
    for number in (made.cited.number, made.whole.number):
        assert f"{number} is treated in 1.1" in mail.body or f"{number} er behandlet i 1.1" in mail.body
    assert f"/c/{made.cited.number}/objection/" in mail.body
    assert "/whitepaper/1.1/" in mail.body
    assert not any(words in mail.body for words in (PASSAGE, REST, WHOLE, made.refused.body))


def test_written_twice_it_is_one_mail(at: datetime) -> None:
    published(at)

    assert len(_about_papers()) == len(_about_papers()) == 1


def test_followers_are_told_and_contributors_not_once_more(at: datetime) -> None:
    made = published(at)
    follower = personas.resident(at=at, email="follower@example.org")
    assert made.cited.author is not None
    for person in (follower, made.cited.author):
        follow_consultation(person=person, consultation=made.consultation, at=at)

    mails = _about_papers()

    assert sorted(mail.to for mail in mails) == sorted([follower.email, made.cited.author.email])
    assert next(mail for mail in mails if mail.to == follower.email).stop_link


def test_a_correction_that_changes_nothing_for_somebody_is_no_news_to_them(at: datetime) -> None:
    made = published(at)
    first = _about_papers()
    publish_paper(corrected(made, at=at), at=at)

    assert _about_papers() == first


def test_a_hidden_text_is_told_by_its_number_alone(at: datetime) -> None:
    made = published(at)
    reason = RefusalReason.objects.get(code="private_information")
    hide_contribution(contribution=made.cited, reason=reason, sentence="", by=as_moderator(a_moderator(at)), at=at)

    assert all(PASSAGE not in mail.body for mail in _about_papers())
