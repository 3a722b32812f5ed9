"""What is sealed comes out in no file of a case file: texts, files, internal facts, addresses and e-mails."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from apps.accounts.models import User
from apps.discussions.models import Contribution
from tests.architecture.source import refuse
from tests.discussions.outside import MAIL, POSTAL, STREET, entered
from tests.exchange.cases import Files, everything, exported, table
from tests.leaks.outputs import SecretTown
from tests.leaks.test_leaks import made, town

__all__ = ["made", "town"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(town: SecretTown, at: datetime, tmp_path: Path) -> Files:
    entered(town.topic, at=at)
    return exported(town.hearing, tmp_path, at=at + timedelta(days=1))


def test_no_word_of_what_is_sealed_is_in_any_file(files: Files, town: SecretTown) -> None:
    told = everything(files)
    names = {row.author.display_name for row in town.hidden.values() if row.author}

    secrets = town.secrets | {name: name for name in names if name == "Sigrid Skjult"}
    refuse((what for what, text in secrets.items() if text.encode() in told), "a case file seals it")
    assert b"Everyone may read this" in told
    assert b"So says the municipality" in told


def test_every_number_is_in_it_also_of_what_is_sealed(files: Files, town: SecretTown) -> None:
    rows = {int(row["nummer"]): row for row in table(files["contributions/contributions.csv"])}

    town.hearing.refresh_from_db()
    assert list(rows) == list(range(1, town.hearing.next_number))
    sealed = Contribution.stored.filter(consultation=town.hearing).exclude(status="published")
    assert {row.number for row in sealed} <= rows.keys()
    for row in sealed:
        told = rows[row.number]
        assert {name for name, value in told.items() if value} <= {
            "nummer", "dokumentnummer", "status", "begrundelse", "modtaget", "rettidigt", "flyttet_til",
        }  # fmt: skip


def test_no_address_and_no_mail_address_of_anybody_is_in_it(files: Files) -> None:
    told = everything(files)

    addresses = [STREET, POSTAL, MAIL, *User.objects.values_list("email", flat=True)]
    refuse((address for address in addresses if address.encode() in told), "addresses stay in the system")


def test_the_search_finds_what_is_there(files: Files) -> None:
    """A word that a page of the file says is found in its PDF, so the searches above could find others."""
    pages = {name: content for name, content in files.items() if name == "contributions/0001-0100.pdf"}

    assert b"Everyone may read this" in everything(pages)
