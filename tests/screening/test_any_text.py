"""Whatever people send: no detector fails, finds outside the text, or takes long."""

import time
from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.richtext import MAX_CHARACTERS
from apps.screening.engine.capitals import find_capitals
from apps.screening.engine.contacts import find_contacts
from apps.screening.engine.duplicates import bands_of, likeness, signature_of
from apps.screening.engine.findings import Finding
from apps.screening.engine.hidden_characters import find_hidden_characters
from apps.screening.engine.links import find_links
from apps.screening.engine.name_index import Listed
from apps.screening.engine.names import find_names
from apps.screening.engine.profanity import find_profanity
from apps.screening.engine.tokens import tokens_of
from tests.screening.name_cases import read_cases

PEOPLE = read_cases().people
WORDS = ("lort", "fuck*", "*svin", "hold kæft")
FIRST = ("Mette", "Peter", "Anne", "Jens", "Lars", "Karen", "Søren", "Bo", "Hanne", "Ole", "Kirsten", "Niels", "Emil")
LAST = ("Hansen", "Jensen", "Nielsen", "Holm", "Lund", "Aagaard", "Kvist", "Mørk", "Thorsager", "Kowalczyk", "Ravn")
DETECTORS: dict[str, Callable[[str], Sequence[Finding]]] = {
    "names": lambda text: find_names(tokens_of(text), PEOPLE),
    "profanity": lambda text: find_profanity(text, tokens_of(text), WORDS),
    "contacts": find_contacts,
    "links": find_links,
    "capitals": find_capitals,
    "hidden characters": find_hidden_characters,
}
PIECES = [
    "Mette", "Holm", "Holm's", "m.", "M.K.", "Sagsbehandler", "fru", "fra", "Teknik", "H o l m", "*", "**", "_", ",",
    "-", "’", "MKH", "22334455", "@", "a@b.dk", "https://", "www.", "vej 1", "Nørregade 5", "f*ck", "\u200b", "\u202e",
    "\u0301",
    "\U0001f468\u200d", "ß", "İ", "ﬁ", "Ⅷ", "٣", "\ud800", "\x00", "\n", "\r\n", " ", "  ", "A", "å", "O'Brien",
]  # fmt: skip
ANYTHING = st.one_of(
    st.text(st.characters(), max_size=200), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
)
PATHOLOGICAL = [
    "a", "A ", "A. ", "a.", "a*", "*a", "a'", "'", ".", "-", "@", "a@", "a.b@c.", "1", "1 ", "1a", "22 ", "+1 ", "0",
    "Avej ", "A-", "Aa.", "vej", "www.", "http://", "x.dk ", "x/", "[", "a\u200b", "e\u0301", "\u0301", "\u202e", "aо",
    "Mette ", "Holm ", "Holm, Mette ", "M. K. Holm ", "sagsbehandler Holm ", "Mette fra ", "METTE ", "lort ", "f*ck ",
    "f.u.c.k ", "hold ", "\n", " ", "(at) ", "a (at) ", "😀\u200d", "Vestre ", "2 2 3 3 ", "St. ",
]  # fmt: skip
MOST_SECONDS = 1


@pytest.mark.parametrize("name", DETECTORS)
@given(text=ANYTHING)
def test_findings_lie_within_the_text(name: str, text: str) -> None:
    for one in DETECTORS[name](text):
        assert 0 <= one.start < one.end <= len(text)


@given(text=ANYTHING)
def test_a_signature_is_like_itself(text: str) -> None:
    signature = signature_of(text)

    if signature is not None:
        assert likeness(signature, signature) == 1
        assert all(-(2**63) <= band < 2**63 for band in bands_of(signature))


@given(text=st.text(st.characters(exclude_categories=("Cs",)), max_size=300))
def test_tokens_are_read_in_order_and_once(text: str) -> None:
    tokens = tokens_of(text)

    assert all(one.end <= other.start for one, other in pairwise(tokens))


@pytest.mark.parametrize("piece", PATHOLOGICAL)
def test_the_longest_text_of_one_piece_takes_no_longer_than_others(piece: str) -> None:
    """Far more than any of them needs, on whatever machine, and far less than what grows with the square."""
    text = (piece * MAX_CHARACTERS)[:MAX_CHARACTERS]
    began = time.process_time()

    for detector in DETECTORS.values():
        detector(text)

    assert time.process_time() - began < MOST_SECONDS


@pytest.mark.benchmark
def test_screening_the_longest_text_by_two_thousand_names_takes_less_than_fifty_milliseconds() -> None:
    people = tuple(
        Listed(number, f"{FIRST[number % 13]} {LAST[number // 13 % 11]} {LAST[number % 7]}", (), "Plan", "Planlægger")
        for number in range(2_000)
    )
    sentence = "Vi synes, at kommunen bør lytte til borgerne, når der kommer vindmøller langs kysten. "
    text = f"{sentence * 112} Sagsbehandler Holm og Mette Lund Jensen svarer ikke."[-MAX_CHARACTERS:]

    def screened() -> float:
        began = time.process_time()
        tokens = tokens_of(text)
        assert find_names(tokens, people)
        find_profanity(text, tokens, WORDS)
        for name in ("contacts", "links", "capitals", "hidden characters"):
            DETECTORS[name](text)
        signature_of(text)
        return time.process_time() - began

    screened()  # the list is prepared once a process

    assert min(screened() for _time in range(5)) < 0.05
