"""A text cut into sentences: nothing that is read of it is lost, and nothing formatted is cut in two."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.richtext import clean, plain
from apps.publications.engine.passages import is_passage, passages_of, words_in


def sentences(text: str) -> list[str]:
    return [passage.words for passage in passages_of(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("  \n\n ", []),
        ("One sentence", ["One sentence"]),
        ("One. Two! Three? Four… Five", ["One.", "Two!", "Three?", "Four…", "Five"]),
        ('He said: "No." Then he left.', ['He said: "No."', "Then he left."]),
        (
            "Den 3. maj kl. 19.30 mødes vi f.eks. på skolen. Kom!",
            ["Den 3. maj kl. 19.30 mødes vi f.eks. på skolen.", "Kom!"],
        ),
        ("Jeg bor i nr. 4. Det larmer.", ["Jeg bor i nr. 4.", "Det larmer."]),
        ("Se https://x.dk/a.b?c=d. Og så.", ["Se https://x.dk/a.b?c=d.", "Og så."]),
        ("**Stop. Now.** Then go.", ["Stop. Now. Then go."]),
        ("See [this. Page](https://x.dk) now. Then.", ["See this. Page now.", "Then."]),
        ("- One. Two.\n- Three", ["One.", "Two.", "Three"]),
        ("> Quoted. Words\n> go on.\n\nOwn.", ["Quoted.", "Words go on.", "Own."]),
        ("First line\nSecond line\nand on", ["First line", "Second line and on"]),
        ("1. One\n2. Two. Three", ["One", "Two.", "Three"]),
        ("A * b. C * d.", ["A * b. C * d."]),
    ],
)
def test_a_text_is_cut_into_its_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_paragraphs_are_told_apart() -> None:
    assert [passage.paragraph for passage in passages_of("One. Two.\n\nThree.")] == [0, 0, 1]


def test_passages_are_where_they_say() -> None:
    text = "# One. *Two*.\n\n> - Three."

    assert [text[passage.start : passage.end] for passage in passages_of(text)] == ["# One.", "*Two*.", "Three."]


MARKUP = st.text(alphabet="ab C.!?*_[]()<>\\`-+#>1\n ", max_size=60) | st.text(max_size=40)
TEXTS = MARKUP | st.lists(
    st.sampled_from(
        [
            "One. Two. ",
            "**bold. more** ",
            "[a. b](https://x.dk/y) ",
            "\n\n",
            "\n",
            "- item. Next ",
            "> quote. ",
            "1. ",
            "*",
            "_",
        ]
    )
).map("".join)


@given(TEXTS)
def test_nothing_is_lost_and_nothing_formatted_is_cut_in_two(raw: str) -> None:
    text = clean(raw)

    passages = passages_of(text)

    assert " ".join(passage.words for passage in passages) == plain(text, 10_000)
    ends = [0, *(place for passage in passages for place in (passage.start, passage.end)), len(text)]
    assert ends == sorted(ends)
    for passage in passages:
        assert is_passage(text, passage.start, passage.end)
        assert words_in(text, passage.start, passage.end) == passage.words


@pytest.mark.parametrize("part", ["a. ", "*a. ", "[a. ", "> ", "A.\n", "- a. b\n", "*A. b* "])
def test_the_longest_texts_are_cut_in_no_time(part: str) -> None:
    text = (part * 5_000)[:10_000]
    begun = time.process_time()

    passages_of(text)

    assert time.process_time() - begun < 2


def test_a_passage_lies_in_the_text_and_says_something() -> None:
    assert is_passage("One. Two.", 0, 4)
    assert not is_passage("One. Two.", 4, 5)
    assert not is_passage("One. Two.", 5, 99)
    assert not is_passage("One. Two.", -4, 2)


def test_a_passage_begins_and_ends_outside_of_what_is_formatted() -> None:
    text = "See [the plan](https://x.dk/plan) now, **all of it** please."

    assert is_passage(text, 0, len(text))
    assert is_passage(text, 5, 13)
    assert not is_passage(text, 5, 20)
    assert not is_passage(text, 0, text.index("of it"))
