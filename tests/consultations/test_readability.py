"""How hard a text is to read."""

import pytest

from apps.consultations.engine.readability import readability_of

PLAIN = "Vi vil bygge en sti. Den går fra byen til havet. Du kan gå og cykle på den. " * 4
HEAVY = (
    "Kommunalbestyrelsens forvaltningsmæssige planlægningsgrundlag forudsætter nødvendigvis omfattende "
    "miljøkonsekvensvurderinger vedrørende samtlige udviklingsområder inden endelig beslutningstagning. "
) * 4


def lix(text: str) -> int:
    found = readability_of(text)
    assert found
    return found.lix


def sentences(text: str) -> int:
    found = readability_of(text)
    assert found
    return found.sentences


def test_the_figure_is_words_a_sentence_and_the_share_of_long_words() -> None:
    text = ("et to tre fire " * 2 + "seksten. ").capitalize() + "Et to tre fire fem seks syv otte ni. " * 3

    found = readability_of(text)

    assert found
    assert (found.words, found.sentences, found.lix) == (36, 4, 12)  # 36 words in 4 sentences, and 1 long word in 36


def test_plain_words_are_easy_and_heavy_ones_hard() -> None:
    assert lix(PLAIN) < 25
    assert lix(HEAVY) > 55
    assert readability_of(HEAVY).is_hard  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "inner", ["kl. 19 i salen", "den 3. marts her", "f.eks. en dag", "ca. to km", "nr. 8 på kortet"]
)
def test_a_point_before_a_small_letter_or_a_digit_ends_no_sentence(inner: str) -> None:
    text = f"Vi er her {inner} og så går vi hjem. " * 10

    assert sentences(text) == 10


def test_headings_items_and_paragraphs_end_a_sentence() -> None:
    text = "## Om en sti\n\n" + "- en sti til by og hav\n- en bro ved en sø\n\nVi er her\ni dag nu\n\n" * 4

    assert sentences(text) == 13


def test_addresses_are_no_words() -> None:
    with_address = PLAIN.replace("til havet", "til https://eksempel.dk/meget-langt-ord-i-adressen havet")

    assert lix(with_address) <= lix(PLAIN)


def test_sentences_with_more_than_25_words_are_told() -> None:
    long = "Vi " + "er og " * 13 + "slut."

    found = readability_of(f"{PLAIN}\n\n{long}")

    assert found
    assert found.long_sentences == (long,)
    assert readability_of(PLAIN).long_sentences == ()  # type: ignore[union-attr]


@pytest.mark.parametrize("text", ["", "Kort.", "## \n\n- \n", "1234 5678 " * 40, "https://a.dk " * 40])
def test_of_too_few_words_nothing_is_told(text: str) -> None:
    assert readability_of(text) is None


def test_a_very_long_text_is_read_in_time() -> None:
    found = readability_of("Aa. " * 10_000 + "a" * 40_000 + " (" * 20_000)

    assert found
