from datetime import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

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
