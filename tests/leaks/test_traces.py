"""That the search for what is left behind finds it, wherever and however it is hidden; and no column invites it."""

import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.core.cache import cache
from django.test import Client

from apps.accounts.models import User
from tests import factories
from tests.leaks.traces import Lines, all_logs, spellings, traces

pytestmark = pytest.mark.django_db

NUMBER, BIRTH = "240688-3391", "1988-06-24"
STREET = "Hvalrosstræde 77"
PERSON = (NUMBER, BIRTH, STREET)


@pytest.fixture
def lines() -> Iterator[Lines]:
    """Everything that is logged."""
    with all_logs() as said:
        yield said


@pytest.mark.parametrize(
    "kept",
    [
        f"He is {NUMBER}.",
        "2406883391",
        "240688 3391".replace(" ", ""),
        "https://example.org/?q=240688-3391",
        "Hvalrosstr%C3%A6de+77",
        "Hvalrosstr\\u00e6de 77",
        "MjQwNjg4LTMzOTE=",
        "eyJjcHIiOiIyNDA2ODgtMzM5MSJ9",
        "6d2408d9cf48e8b7c77ff9ad8d8d1a3e",
    ],
)
def test_the_search_finds_what_is_hidden_in_a_row(kept: str, lines: Lines, at: datetime) -> None:
    person = factories.a_writer(at)
    text = kept if len(kept) != 32 else next(word for word in spellings([NUMBER]) if len(word) == 32)
    User.objects.filter(pk=person.pk).update(job_title=text)

    assert traces(PERSON, lines)


def test_the_search_finds_what_is_logged_mailed_cached_or_in_a_session(lines: Lines, client: Client) -> None:
    logging.getLogger("urllib3.connectionpool").debug("GET %s", f"/userinfo?cpr={NUMBER}")
    assert [place.split(":")[0] for place in traces([NUMBER], lines)] == ["log"]
    lines.said.clear()
    mail.send_mail("Hello", f"You live at {STREET}", None, ["a@example.org"])
    assert traces([STREET, NUMBER], lines)
    mail.outbox.clear()
    cache.set("told", {"cpr": NUMBER})
    assert traces([NUMBER], lines)
    cache.clear()
    session = client.session
    session["claims"] = {"birthdate": BIRTH}
    session.save()
    assert traces([BIRTH], lines)


def test_no_column_is_made_for_who_somebody_is() -> None:
    """Words of a column's name that would say so; `subject` is what an entry of the ledger is about."""
    who = {"cpr", "ssn", "pnr", "sub", "identity", "national"}
    born = {"birth", "birthday", "birthdate", "born", "dob", "age"}
    named = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_concrete_fields
        if set(field.name.lower().split("_")) & (who | born)
    }

    bands = {"residency.Residency.age_band", "municipality.Municipality.asks_age_band"}
    # Terms of citizen proposals: the age that they ask for, nobody's own.
    asked_for = {"discussions.CitizenProposal.minimum_age", "municipality.Municipality.proposal_minimum_age"}
    assert named <= bands | asked_for, "a band, where asked for"


@pytest.mark.parametrize("name", ["django.template", "django.db.backends"])
def test_what_tells_of_pages_and_rows_is_never_asked_to_tell_all(name: str, settings: Any) -> None:
    """Whatever LOG_LEVEL says: at DEBUG these write whole pages' contexts, and statements with their values."""
    assert settings.LOGGING["loggers"][name]["level"] == "WARNING"
    assert name in settings.TELLTALES
