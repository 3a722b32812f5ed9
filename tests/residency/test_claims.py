"""From a broker's words to what is kept: nothing raw, whatever the broker calls it."""

import json
from datetime import date
from typing import Any

import pytest

from apps.residency.engine.brokers import ClaimNames, configure
from apps.residency.engine.claims import Told, TooLowLevel, assured, evidence_of, login_keys, postal_code
from apps.residency.engine.evidence import Evidence
from apps.residency.engine.person_keys import NATIONAL, person_keys

SECRETS = {1: "old secret", 2: "new secret"}
ISSUER = "https://broker.example"
NUMBER, BORN, STREET = "0113919901", "1991-02-27", "Fyrvej 113"
PERSON = {
    "sub": "{subject}",
    "loa": "https://data.gov.dk/concept/core/nsis/Substantial",
    "birthdate": BORN,
    "postal_code": "9981",
    "municipality_code": "0999",
    "identity_number": NUMBER,
    "name_and_address_protection": False,
    "address": {"street_address": STREET, "postal_code": "9981"},
}


def broker(preset: str = "demo", **chosen: Any) -> Any:
    return configure(preset, issuer=ISSUER, client_id="us", client_secret="secret", **chosen)


def evidence(claims: dict[str, Any], which: Any = None, *, on: date | None = date(2026, 9, 15)) -> Evidence:
    told = Told(ISSUER, claims)
    return evidence_of(told, which or broker(), level="substantial", district_id=None, secrets=SECRETS, on=on)


def test_nothing_raw_is_kept() -> None:
    kept = json.dumps(evidence(PERSON).as_json()) + repr(evidence(PERSON)) + repr(Told(ISSUER, PERSON))

    for raw in (NUMBER, BORN, STREET, "{subject}", "9981", "1991"):
        assert raw not in kept


def test_the_identity_number_makes_the_same_key_at_every_broker() -> None:
    here = evidence(PERSON).keys
    there = evidence_of(
        Told("https://other.example", PERSON | {"sub": "other", "identity_number": "011391-9901"}),
        broker(), level="high", district_id=None, secrets=SECRETS, on=None,
    ).keys  # fmt: skip

    assert here == there == person_keys(NATIONAL, NUMBER, SECRETS)
    assert [key.version for key in here] == [2, 1]


@pytest.mark.parametrize(
    "number", [None, "", "011391-99", "abcdefghij", "٠١١٣٩١٩٩٠١", ["0113919901"], {"a": 1}], ids=str
)
def test_without_an_identity_number_the_subject_makes_the_key(number: Any) -> None:
    assert evidence(PERSON | {"identity_number": number}).keys == person_keys(ISSUER, "{subject}", SECRETS)


def test_an_identity_number_that_may_not_be_used_is_not_read() -> None:
    which = broker(claims={"identity_number": "-"})

    assert evidence(PERSON, which).keys == person_keys(ISSUER, "{subject}", SECRETS)


def test_a_login_is_known_by_the_subject_alone() -> None:
    assert login_keys(Told(ISSUER, PERSON), SECRETS) == person_keys(ISSUER, "{subject}", SECRETS)


@pytest.mark.parametrize(
    ("level", "accepted"),
    [
        ("https://data.gov.dk/concept/core/nsis/Substantial", "substantial"),
        ("https://data.gov.dk/concept/core/nsis/High", "high"),
        ("urn:grn:authn:dk:mitid:substantial", "substantial"),
        ("SUBSTANTIAL", "substantial"),
        ("HIGH", "high"),
    ],
)
def test_levels_are_read_however_they_are_written(level: str, accepted: str) -> None:
    assert assured(Told(ISSUER, {"loa": level}), broker()) == accepted


@pytest.mark.parametrize(
    "level",
    [None, "", "LOW", "https://data.gov.dk/concept/core/nsis/Low", "substantial2", "not substantial", "unsubstantial",
     ["substantial"], {"substantial": 1}, True, 3, "substantial/", "substantial/low"],
    ids=str,
)  # fmt: skip
def test_any_other_level_is_too_low(level: Any) -> None:
    with pytest.raises(TooLowLevel):
        assured(Told(ISSUER, {"loa": level}), broker())


def test_a_municipality_may_ask_for_the_highest_level() -> None:
    with pytest.raises(TooLowLevel):
        assured(Told(ISSUER, PERSON), broker(levels=("high",)))


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("0999", "0999"),
        ("999", "0999"),
        (101, "0101"),
        ("", ""),
        (None, ""),
        ("Vesterhav", ""),
        ("09999", ""),
        ("९९९", ""),
    ],
    ids=str,
)
def test_the_municipality_is_four_digits(told: Any, kept: str) -> None:
    assert evidence(PERSON | {"municipality_code": told}).municipality_code == kept


@pytest.mark.parametrize(
    ("told", "kept"),
    [(True, True), ("true", True), ("TRUE", True), ("1", True), (1, True), (False, False), ("false", False),
     (None, False), ("no", False)],
    ids=str,
)  # fmt: skip
def test_name_protection_is_read_however_it_is_written(told: Any, kept: bool) -> None:
    assert evidence(PERSON | {"name_and_address_protection": told}).is_protected is kept


@pytest.mark.parametrize(
    ("born", "band"),
    [("1991-02-27", "30_44"), ("2008-09-15", "18_29"), ("2008-09-16", "under_18"), ("1900-01-01", "from_65"),
     ("", ""), ("27021991", ""), ("1700-01-01", ""), ("0113919901", "")],
)  # fmt: skip
def test_the_birth_date_becomes_a_band(born: str, band: str) -> None:
    assert evidence(PERSON | {"birthdate": born}).age_band == band


def test_no_band_is_made_where_none_is_asked_for() -> None:
    assert evidence(PERSON, on=None).age_band == ""


@pytest.mark.parametrize(
    ("preset", "claims"),
    [
        (
            "idura",
            {"sub": "s", "loa": "SUBSTANTIAL", "cprNumberIdentifier": NUMBER,
             "address": {"postal_code": "9981"}, "address_details": {"municipality_code": "0999"}},
        ),
        (
            "signicat",
            {"sub": "s", "mitid_loa": "HIGH", "nin": NUMBER, "postal_code": "9981", "municipality_code": "999",
             "mitid_name_and_address_protection": "true"},
        ),
        (
            "signaturgruppen",
            {"sub": "s", "loa": "https://data.gov.dk/concept/core/nsis/Substantial", "dk.cpr": NUMBER,
             "mitid.date_of_birth": BORN, "postal_code": "9981", "municipality_code": "0999"},
        ),
    ],
)  # fmt: skip
def test_each_broker_is_understood_in_its_own_words(preset: str, claims: dict[str, Any]) -> None:
    which = broker(preset)
    told = Told(ISSUER, claims)
    kept = evidence(claims, which)

    assert assured(told, which) in {"substantial", "high"}
    assert kept.municipality_code == "0999"
    assert kept.keys == person_keys(NATIONAL, NUMBER, SECRETS)
    assert postal_code(told, which.names) == "9981"
    assert kept.is_protected is (preset == "signicat")


def test_claims_can_be_named_otherwise() -> None:
    which = broker("custom", claims={"level": "acr_of_ours", "postal_code": "bopæl.postnr"})
    told = Told(ISSUER, {"acr_of_ours": "high", "bopæl": {"postnr": 9981}})

    assert assured(told, which) == "high"
    assert postal_code(told, which.names) == "9981"


def test_what_is_chosen_is_added_to_what_the_preset_asks() -> None:
    which = broker("idura", ask={"login_hint": "x"}, scopes=("openid",), levels=())

    assert which.ask["acr_values"].endswith("substantial")
    assert which.ask["login_hint"] == "x"
    assert which.scopes == ("openid",)
    assert which.levels == ("substantial", "high")


@pytest.mark.parametrize("preset", ["idura", "criipto", "signicat", "signaturgruppen", "custom"])
def test_every_broker_asks_for_a_login_anew(preset: str) -> None:
    assert broker(preset).ask["prompt"] == "login"
    assert broker(preset).form_origins == (ISSUER,)


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"preset": "nemid"}, "choose one of"),
        ({"issuer": ""}, "belong to a broker"),
        ({"client_secret": ""}, "belong to a broker"),
        ({"issuer": "http://broker.example"}, "https"),
        ({"issuer": "http://localhost.evil.example"}, "https"),
        ({"issuer": "//broker.example"}, "https"),
        ({"claims": {"cpr": "x"}}, "no claim is called cpr"),
    ],
    ids=str,
)
def test_a_broker_that_is_set_up_wrongly_is_named(how: dict[str, Any], words: str) -> None:
    given = {"preset": "custom", "issuer": ISSUER, "client_id": "us", "client_secret": "secret"} | how
    with pytest.raises(ValueError, match=words):
        configure(given.pop("preset"), **given)


def test_every_name_of_a_claim_is_one_of_the_fields() -> None:
    assert all(isinstance(broker(preset).names, ClaimNames) for preset in ("demo", "custom", "idura", "signicat"))
