"""Keys of persons and addresses, and the evidence that carries them: the same for the same, and nothing to read in."""

import hashlib
import json
from datetime import date

import pytest

from apps.residency.engine.evidence import Evidence, age_band
from apps.residency.engine.person_keys import (
    NATIONAL,
    PersonKey,
    address_key,
    keyed,
    name_address_key,
    person_keys,
    plain_form,
)
from apps.residency.enums import AgeBand

ISSUER = "https://broker.example"
OLD, NEW = "a" * 40, "b" * 40
NUMBER = "0107871234"


def test_each_secret_makes_a_key_and_the_newest_comes_first() -> None:
    keys = person_keys(ISSUER, "subject", {1: OLD, 2: NEW})

    assert [(key.version, key.issuer) for key in keys] == [(2, ISSUER), (1, ISSUER)]
    assert len({key.value for key in keys}) == 2
    assert person_keys(ISSUER, "subject", {1: OLD}) == (keys[1],)


@pytest.mark.parametrize(
    "other",
    [
        (ISSUER, "subject2", NEW),
        ("https://other.example", "subject", NEW),
        (NATIONAL, "subject", NEW),
        (ISSUER, "subject", OLD),
        # Where one part ends and the next begins is part of the key.
        (f"{ISSUER}s", "ubject", NEW),
    ],
)
def test_another_subject_issuer_or_secret_makes_another_key(other: tuple[str, str, str]) -> None:
    issuer, subject, secret = other
    one, another = person_keys(ISSUER, "subject", {1: NEW}), person_keys(issuer, subject, {1: secret})

    assert one[0].value != another[0].value


def test_a_key_is_no_plain_digest_of_what_it_was_made_of() -> None:
    """Nobody who has the rows, but not the secret, can find the number by trying all there are."""
    [key] = person_keys(NATIONAL, NUMBER, {1: NEW})
    texts = (NUMBER, f"{NATIONAL}\n{NUMBER}", f"person\n{NATIONAL}\n{NUMBER}")
    plain = {make(text.encode()).hexdigest() for text in texts for make in (hashlib.md5, hashlib.sha1, hashlib.sha256)}

    assert len(key.value) == 64
    assert key.value not in plain
    assert NUMBER not in key.value


def test_keys_for_one_purpose_do_not_tell_of_another() -> None:
    """An address that somebody claims is their number must not meet the key of the person with that number."""
    text = "same text"

    assert len({keyed("person", text, NEW), keyed("address", text, NEW), keyed("name at address", text, NEW)}) == 3
    assert address_key(NUMBER, NEW) not in {key.value for key in person_keys(NATIONAL, NUMBER, {1: NEW})}


@pytest.mark.parametrize(
    "written",
    [
        "Klintevej 12, 6990 Ulfborg",
        "klintevej  12 6990 ULFBORG",
        " Klintevej 12,\n6990 Ulfborg. ",
        "Klintevej_12 6990 ulfborg",
    ],
)
def test_an_address_is_the_same_however_it_is_written(written: str) -> None:
    assert address_key(written, NEW) == address_key("Klintevej 12, 6990 Ulfborg", NEW)


@pytest.mark.parametrize(
    "other", ["Klintevej 1, 26990 Ulfborg", "Klintevej 12 A, 6990 Ulfborg", "Klintevej 12, 1. th, 6990 Ulfborg", ""]
)
def test_another_address_is_another(other: str) -> None:
    assert address_key(other, NEW) != address_key("Klintevej 12, 6990 Ulfborg", NEW)


def test_two_names_at_one_address_are_two_and_a_name_does_not_run_into_the_address() -> None:
    one = name_address_key("Åse Ø", "Havnegade 1", NEW)

    assert one == name_address_key("åse  ø", "havnegade 1", NEW)
    assert one == name_address_key("A\u030ase Ø", "Havnegade 1", NEW), "two ways to write the same letter"
    assert one != name_address_key("Aase Ø", "Havnegade 1", NEW)
    assert one != name_address_key("Åse", "Ø Havnegade 1", NEW)


def test_danish_letters_stay_what_they_are() -> None:
    assert plain_form("ÆRØ-gade 5, st. tv.") == "ærø gade 5 st tv"
    assert plain_form("Ørsted") != plain_form("Orsted")


EVIDENCE = Evidence(
    municipality_code="0661",
    district_id=3,
    assurance_level="substantial",
    age_band="18_29",
    is_protected=True,
    keys=person_keys(NATIONAL, NUMBER, {1: OLD, 2: NEW}),
    address_key="c" * 64,
    name_address_key="d" * 64,
    former_name_address_keys=("e" * 64,),
)


@pytest.mark.parametrize(
    "evidence",
    [
        EVIDENCE,
        Evidence(municipality_code="", district_id=None, assurance_level="", age_band="", is_protected=False, keys=()),
    ],
)
def test_evidence_survives_a_session(evidence: Evidence) -> None:
    kept = json.loads(json.dumps(evidence.as_json()))

    assert Evidence.from_json(kept) == evidence


def test_evidence_holds_nothing_raw() -> None:
    assert NUMBER not in json.dumps(EVIDENCE.as_json())
    assert set(EVIDENCE.as_json()) == {
        "municipality_code",
        "district_id",
        "assurance_level",
        "age_band",
        "is_protected",
        "keys",
        "address_key",
        "name_address_key",
        "former_name_address_keys",
    }
    assert set(EVIDENCE.as_json()["keys"][0]) == {"version", "issuer", "value"}


@pytest.mark.parametrize(
    "kept",
    [
        {},
        {"keys": []},
        {"keys": None},
        {"keys": [1]},
        {"keys": [{"version": 1}]},
        {"keys": [{"version": 1, "issuer": "a", "value": "b", "subject": "raw"}]},
        EVIDENCE.as_json() | {"identity_number": NUMBER},
        EVIDENCE.as_json() | {"keys": "text"},
    ],
)
def test_what_is_no_evidence_is_refused(kept: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError)):
        Evidence.from_json(kept)


@pytest.mark.parametrize(
    ("born", "on", "band"),
    [
        ("2008-09-16", "2026-09-15", "under_18"),
        ("2008-09-15", "2026-09-15", "18_29"),
        ("1996-09-16", "2026-09-15", "18_29"),
        ("1996-09-15", "2026-09-15", "30_44"),
        ("1981-09-16", "2026-09-15", "30_44"),
        ("1981-09-15", "2026-09-15", "45_64"),
        ("1961-09-16", "2026-09-15", "45_64"),
        ("1961-09-15", "2026-09-15", "from_65"),
        ("1906-01-01", "2026-09-15", "from_65"),
        ("2026-09-15", "2026-09-15", "under_18"),
        # Born on a leap day: of age on 1 March where there is none.
        ("2008-02-29", "2026-02-28", "under_18"),
        ("2008-02-29", "2026-03-01", "18_29"),
        ("2000-02-29", "2030-03-01", "30_44"),
    ],
)
def test_an_age_band_changes_on_the_birthday(born: str, on: str, band: str) -> None:
    assert age_band(date.fromisoformat(born), date.fromisoformat(on)) == band


def test_every_band_is_one_the_rows_know() -> None:
    on = date(2026, 9, 15)

    assert {age_band(date(year, 1, 1), on) for year in range(1900, 2026)} == set(AgeBand.values)


def test_a_key_is_not_told_apart_by_its_object() -> None:
    assert PersonKey(1, ISSUER, "v") == PersonKey(1, ISSUER, "v")
    assert len({PersonKey(1, ISSUER, "v"), PersonKey(1, ISSUER, "v")}) == 1
