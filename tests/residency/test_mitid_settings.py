"""MitID is set up by the environment; a mistake there is said when the site starts."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from civic_forum.settings import mitid

GIVEN = {
    "MITID_BROKER": "signicat",
    "MITID_ISSUER": "https://vesterhav.signicat.example/auth/open",
    "MITID_CLIENT_ID": "vesterhav",
    "MITID_CLIENT_SECRET": "secret",
}


@pytest.fixture(autouse=True)
def _given(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in GIVEN.items():
        monkeypatch.setenv(name, value)


def test_a_preset_needs_three_facts_and_no_more() -> None:
    broker = mitid._broker()

    assert broker is not None
    assert broker.names.identity_number == "nin"
    assert broker.levels == ("substantial", "high")
    assert not broker.posts_secret
    assert not broker.is_test


def test_without_a_broker_nothing_is_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MITID_BROKER", "")

    assert mitid._broker() is None


def test_every_part_can_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "MITID_SCOPES": "openid, own",
        "MITID_CLAIMS": "municipality_code=bopæl.kommune, identity_number=-",
        "MITID_LEVELS": "High",
        "MITID_PARAMETERS": "acr_values=idp:mitid loa:high, prompt=consent",
        "MITID_ORIGINS": "https://login.signicat.example",
        "MITID_SECRET_IN_BODY": "on",
    }.items():
        monkeypatch.setenv(name, value)

    broker = mitid._broker()

    assert broker is not None
    assert broker.scopes == ("openid", "own")
    assert broker.names.municipality_code == "bopæl.kommune"
    assert broker.names.identity_number == ""
    assert broker.names.birth_date == "birthdate"
    assert broker.levels == ("high",)
    assert broker.ask == {"acr_values": "idp:mitid loa:high", "prompt": "consent"}
    assert broker.form_origins == ("https://vesterhav.signicat.example", "https://login.signicat.example")
    assert broker.posts_secret


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("MITID_BROKER", "nemid", "no broker is called 'nemid'"),
        ("MITID_ISSUER", "", "belong to a broker"),
        ("MITID_ISSUER", "http://vesterhav.signicat.example", "https://"),
        ("MITID_CLIENT_ID", "", "belong to a broker"),
        ("MITID_CLIENT_SECRET", "", "belong to a broker"),
        ("MITID_CLAIMS", "cpr=nin", "no claim is called cpr"),
        ("MITID_CLAIMS", "nin", "MITID_CLAIMS cannot be read"),
        ("MITID_PARAMETERS", "=x", "MITID_PARAMETERS cannot be read"),
    ],
)
def test_a_mistake_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(ImproperlyConfigured, match=words):
        mitid._broker()


def test_a_secret_is_in_no_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MITID_ISSUER", "")
    monkeypatch.setenv("MITID_CLIENT_SECRET", "very secret")

    with pytest.raises(ImproperlyConfigured) as caught:
        mitid._broker()

    assert "very secret" not in str(caught.value)


def test_the_secret_is_not_shown_when_a_broker_is_printed() -> None:
    assert "secret'" not in repr(mitid._broker())
