"""What people are told of their residency: when somebody else decided, or it may not have been them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from apps.accounts.models import User
from apps.ledger.actions import sequence_entries, skip_to_head
from apps.municipality.models import Municipality
from apps.notifications import tasks
from apps.notifications.models import OutgoingMail
from apps.residency.actions import (
    confirm_residency,
    decline_residency,
    end_own_residency,
    grant_residency,
    revoke_residency,
    verify_with_mitid,
)
from apps.residency.enums import EndReason
from apps.residency.models import Residency
from tests import factories, personas
from tests.residency.verified import CODE, account, doubles, evidence

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _town(settings: Any) -> None:
    settings.SITE_URL = "https://dialog.example"
    Municipality.objects.create(name="Vesterhav", site_name="Vesterhav", code=CODE, email="hall@vesterhav.example")


def mails(deed: Callable[[], object]) -> list[OutgoingMail]:
    """Return the mails about what the deed did."""
    sequence_entries()
    skip_to_head(tasks.READER)
    deed()
    tasks.write_mail()
    tasks.write_mail()
    return list(OutgoingMail.objects.order_by("pk"))


def english(person: User) -> User:
    person.language = "en"
    person.save()
    return person


def test_who_was_verified_at_the_desk_hears_of_it(at: datetime) -> None:
    person, official = english(account(at)), factories.an_official(at)

    written = mails(lambda: grant_residency(person=person, district=None, by=official, at=at))

    assert [mail.to for mail in written] == [person.email]
    assert written[0].subject == "You are a verified resident"
    for words in ("At the town-hall desk", "https://dialog.example/en/me/verify/", "hall@vesterhav.example"):
        assert words in written[0].body
    assert official.display_name not in written[0].body


def test_who_did_it_themselves_hears_nothing(at: datetime) -> None:
    person = english(account(at))

    assert mails(lambda: verify_with_mitid(person=person, evidence=evidence(), at=at)) == []
    assert mails(lambda: verify_with_mitid(person=person, evidence=evidence(), at=at + timedelta(days=1))) == []


def test_who_loses_the_badge_reads_reason_sentence_and_what_to_do(at: datetime) -> None:
    person = english(personas.resident(at=at))
    residency, colleague = Residency.objects.get(person=person), personas.colleague(at=at)
    sentence = "The register says you live in Lemvig & not here."

    written = mails(
        lambda: revoke_residency(
            residency=residency, reason=EndReason.MOVED_AWAY, sentence=sentence, by=colleague, at=at
        )
    )

    assert [mail.to for mail in written] == [person.email]
    assert written[0].subject == "Your residency has ended"
    for words in ("the person moved away", sentence, "write", "/en/me/verify/", "hall@vesterhav.example"):
        assert words in written[0].body
    assert colleague.display_name not in written[0].body


def test_the_account_that_a_residency_was_moved_from_hears_of_it_and_not_where_to(at: datetime) -> None:
    first, second = english(account(at)), account(at, "elsewhere", number=2)
    verify_with_mitid(person=first, evidence=evidence(), at=at)

    written = mails(lambda: verify_with_mitid(person=second, evidence=evidence(), at=at, moves=True))

    assert [mail.to for mail in written] == [first.email]
    assert "was moved to another account of yours" in written[0].body
    assert second.email not in written[0].body
    assert second.display_name not in written[0].body


@pytest.mark.parametrize("is_confirmed", [True, False])
def test_who_waited_hears_what_was_decided_and_the_other_one_nothing(is_confirmed: bool, at: datetime) -> None:
    _first, second, waiting = doubles(at)
    english(second)
    colleague = personas.colleague(at=at)

    def decide() -> None:
        if is_confirmed:
            confirm_residency(residency=waiting, by=colleague, at=at)
        else:
            decline_residency(residency=waiting, sentence="Use your first account.", by=colleague, at=at)

    written = mails(decide)

    assert [mail.to for mail in written] == [second.email]
    assert ("Use your first account." in written[0].body) != is_confirmed
    assert (written[0].subject == "You are a verified resident") == is_confirmed


def test_who_ended_it_themselves_hears_how_to_undo_it(at: datetime) -> None:
    person = english(account(at))
    held = verify_with_mitid(person=person, evidence=evidence(), at=at)

    written = mails(lambda: end_own_residency(residency=held, by=person, at=at))

    assert "If it was not you, change your password" in written[0].body


def test_one_that_ended_before_the_mail_was_written_is_told_of_once(at: datetime) -> None:
    person, official, colleague = english(account(at)), factories.an_official(at), personas.colleague(at=at)

    def grant_and_revoke() -> None:
        made = grant_residency(person=person, district=None, by=official, at=at)
        revoke_residency(residency=made, reason=EndReason.MISTAKE, sentence="Wrong account.", by=colleague, at=at)

    assert [mail.subject for mail in mails(grant_and_revoke)] == ["Your residency has ended"]


def test_in_danish_too(at: datetime) -> None:
    person = account(at)

    written = mails(lambda: grant_residency(person=person, district=None, by=factories.an_official(at), at=at))

    assert "https://dialog.example/me/verify/" in written[0].body


def test_who_may_not_sign_in_is_told_nothing(at: datetime) -> None:
    person = account(at)
    held = verify_with_mitid(person=person, evidence=evidence(), at=at)
    User.objects.filter(pk=person.pk).update(is_active=False)

    assert mails(lambda: end_own_residency(residency=held, by=person, at=at)) == []
