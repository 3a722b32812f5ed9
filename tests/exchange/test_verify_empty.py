"""The check of a ledger in which nothing has happened; in test_verify.py rows stand for the whole module."""

import pytest

from apps.exchange.queries import Checked, check_ledger

pytestmark = pytest.mark.django_db


def test_an_empty_ledger_is_in_order() -> None:
    assert check_ledger() == Checked()
