"""Facts become one exact line of JSON, texts a fingerprint."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.ledger.engine.canonical import Fact, canonical_json, fingerprint, is_fact

LINES: list[tuple[dict[str, Fact], str]] = [
    ({}, "{}"),
    ({"b": 1, "a": 2}, '{"a":2,"b":1}'),
    ({"number": None, "flag": True, "other": False}, '{"flag":true,"number":null,"other":false}'),
    ({"slug": "blåbær"}, '{"slug":"blåbær"}'),
    ({"slug": "漢字 🌬"}, '{"slug":"漢字 🌬"}'),
    ({"slug": 'a "quoted" \\ word'}, '{"slug":"a \\"quoted\\" \\\\ word"}'),
    ({"slug": "one\ntwo\t\x00\x1f\x7f"}, '{"slug":"one\\ntwo\\t\\u0000\\u001f\x7f"}'),
    ({"slug": "</script>"}, '{"slug":"</script>"}'),
    ({"replies": [3, 1, 2]}, '{"replies":[3,1,2]}'),
    ({"replies": []}, '{"replies":[]}'),
    ({"number": -7}, '{"number":-7}'),
    ({"number": 2**60}, '{"number":1152921504606846976}'),
]


@pytest.mark.parametrize(("facts", "line"), LINES)
def test_the_line_of_facts_is_exact(facts: dict[str, Fact], line: str) -> None:
    assert canonical_json(facts) == line


FACTS = st.dictionaries(
    st.text(st.characters(codec="utf-8"), max_size=8),
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(codec="utf-8"), max_size=20)
    | st.lists(st.integers(0, 2**31), max_size=4),
    max_size=5,
)  # fmt: skip


@given(FACTS)
def test_reading_the_line_and_writing_it_again_gives_the_same_line(facts: dict[str, Fact]) -> None:
    line = canonical_json(facts)

    assert canonical_json(json.loads(line)) == line
    assert canonical_json(dict(reversed(facts.items()))) == line
    assert "\n" not in line


def test_a_fingerprint_is_the_digest_of_salt_and_text() -> None:
    salt = bytes(range(32))

    assert fingerprint(salt, "blåbær") == hashlib.sha256(salt + "blåbær".encode()).hexdigest()


@pytest.mark.parametrize(
    ("one", "other"),
    [((b"a", "text"), (b"b", "text")), ((b"a", "text"), (b"a", "text ")), ((b"", "å"), (b"", "a\u030a"))],
)
def test_another_salt_or_text_has_another_fingerprint(one: tuple[bytes, str], other: tuple[bytes, str]) -> None:
    assert fingerprint(*one) != fingerprint(*other)


@pytest.mark.parametrize("value", [{}, {"a": 1}, (1, 2), 1.0, b"a", object(), ["a"], [None], [[1]], "a@b", "x" * 201])
def test_texts_and_structures_are_no_facts(value: object) -> None:
    assert not is_fact(value)
