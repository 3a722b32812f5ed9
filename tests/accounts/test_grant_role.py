from datetime import UTC, datetime
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import translation

from apps.accounts.enums import RoleStatus
from apps.accounts.models import User
from tests import personas

pytestmark = pytest.mark.django_db


def test_somebody_without_an_account_gets_no_role() -> None:
    with pytest.raises(CommandError, match="No account has this address"):
        call_command("grant_role", "nobody@example.org", "official")


def test_a_role_that_is_none_is_refused(at: datetime) -> None:
    person = personas.unverified(at=at)
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("grant_role", person.email, "mayor")


def test_a_role_is_given_once(at: datetime) -> None:
    person = personas.unverified(at=at)
    said = StringIO()
    call_command("grant_role", person.email.upper(), "official", stdout=said)
    call_command("grant_role", person.email, "official", stdout=said)
    assert said.getvalue().split("\n")[:2] == ["Done.", "The person had this role already."]
    assert User.objects.get(pk=person.pk).roles == {"official"}


def test_dates_department_and_title_are_taken_in_whole_local_days(at: datetime) -> None:
    person = personas.unverified(at=at)
    words = ["--department", "Roads", "--title", "Engineer", "--from", "2026-10-01", "--until", "2026-10-31"]

    with time_machine.travel(at, tick=False):
        call_command("grant_role", person.email, "official", *words, stdout=StringIO())

    given = person.assignments.get()
    assert (given.department, given.title, given.status) == ("Roads", "Engineer", RoleStatus.PLANNED)
    assert given.starts_at == datetime(2026, 9, 30, 22, tzinfo=UTC)
    assert given.ends_at == datetime(2026, 10, 31, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--until", "2026-09-14"], "would end before it begins"),
        (["--from", "2026-10-02", "--until", "2026-10-01"], "would end before it begins"),
        (["--from", "soon"], "invalid"),
    ],
)
def test_dates_that_make_no_sense_are_refused(words: list[str], sentence: str, at: datetime) -> None:
    person = personas.unverified(at=at)

    english, refused = translation.override("en"), pytest.raises(CommandError, match=sentence)
    with time_machine.travel(at, tick=False), english, refused:
        call_command("grant_role", person.email, "official", *words)
    assert not person.assignments.exists()


def test_an_account_whose_owner_has_not_shown_the_address_gets_none(at: datetime) -> None:
    guessed = User.objects.create_user("mayor@example.org", "x", display_name="Mayor to be")

    with translation.override("en"), pytest.raises(CommandError, match="not confirmed the e-mail address"):
        call_command("grant_role", guessed.email, "administrator")
    assert not guessed.assignments.exists()
