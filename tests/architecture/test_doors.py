"""Every address answers every persona as `doors.py` says."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django.plugin import DjangoDbBlocker

from apps.accounts.models import User
from tests.architecture.addresses import EXAMPLES, ITS_OWN
from tests.architecture.doors import DOORS
from tests.architecture.source import refuse
from tests.architecture.town import Town, build_town
from tests.personas import PERSONAS, Viewer
from tests.worlds import kept

pytestmark = pytest.mark.usefixtures("services_answer")


def test_every_address_has_a_row() -> None:
    refuse(set(_addresses()) - set(DOORS), "add a row for each persona to tests/architecture/doors.py")


def test_every_row_has_an_address() -> None:
    refuse(set(DOORS) - set(_addresses()), "remove the row, or mend its name")


def test_every_row_has_every_persona() -> None:
    assert DOORS
    refuse((name for name, row in DOORS.items() if set(row) != set(PERSONAS)), "name each persona once")


def test_every_part_of_an_address_has_an_example() -> None:
    offenders = (
        f"{name}: {part}"
        for name, parts in _addresses().items()
        for part in parts
        if part not in {**EXAMPLES, **ITS_OWN.get(name, {})}
    )

    refuse(offenders, "add an example to EXAMPLES, or to ITS_OWN, in tests/architecture/doors.py")


@pytest.fixture(scope="module")
def made(at: datetime, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Callable[[], Town]]:
    with kept(django_db_blocker, lambda: build_town(at=at), at=at) as hand_out:
        yield hand_out


@pytest.mark.django_db
@pytest.mark.parametrize("persona", PERSONAS)
def test_doors_open_for_those_they_should(persona: str, made: Callable[[], Town]) -> None:
    town = made()
    client = Client(raise_request_exception=False)
    viewer = town.people[persona]

    offenders = []
    for name, parts in _addresses().items():
        stay_signed_in(client, viewer)
        status = client.get(_address(name, parts, town)).status_code
        if status != DOORS.get(name, {}).get(persona, status):
            offenders.append(f"{name} answers {persona} with {status}, not {DOORS[name][persona]}")

    refuse(offenders, "mend the view's permission, or the row in tests/architecture/doors.py if the rule has changed")


def stay_signed_in(client: Client, viewer: Viewer) -> None:
    """Log in if the client is not, or not any more: one of the doors leads out."""
    session = client.session
    if isinstance(viewer, User) and session.get(SESSION_KEY) != str(viewer.pk):
        client.force_login(viewer)


def _address(name: str, parts: set[str], town: Town) -> str:
    examples = EXAMPLES | ITS_OWN.get(name, {})
    return reverse(name, kwargs={part: examples[part](town) for part in parts if part in examples})


def _addresses() -> dict[str, set[str]]:
    """Return every named address with the names of its parts."""
    return dict(_walk(get_resolver(), "", frozenset()))


def _walk(resolver: URLResolver, prefix: str, outer: frozenset[str]) -> Iterator[tuple[str, set[str]]]:
    for entry in resolver.url_patterns:
        parts = outer | frozenset(entry.pattern.converters) | frozenset(entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix, parts)
        elif isinstance(entry, URLPattern) and entry.name:
            yield f"{prefix}{entry.name}", set(parts)
