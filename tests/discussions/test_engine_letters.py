"""The same letter, word for word or nearly: what may differ, and that nothing of somebody's own is lost in it."""

import pytest

from apps.discussions.engine.letters import Sort, difference, without_signature

LETTER = """Kære byråd

Vi er imod vindmøllerne ved Klintmose, fordi de står for tæt på vores huse. Støjen om natten er allerede slem, og
skyggerne rammer skolen hver morgen, når børnene har undervisning. Mosen er desuden hjem for traner og rørhøge, som
kommunen selv har lovet at beskytte i sin naturplan.

Vi beder kommunen om at flytte møllerne mindst to kilometer mod nord, hvor ingen bor, og om at høre beboerne igen,
når der ligger en ny plan med en rigtig måling af støjen.

Med venlig hilsen
Peter Hansen
Strandvej 3, 7790 Klintmose"""
SAME = {
    "word for word": LETTER,
    "in other signs and on other lines": LETTER.replace(",", "").replace("\n", " ").upper(),
    "signed by somebody else": LETTER.replace("Peter Hansen\nStrandvej 3", "Birgit Aagaard Kvist\nMosevej 114 B"),
    "not signed at all": LETTER.split("Peter", maxsplit=1)[0],
    "one person for several": LETTER.replace("Vi er imod", "Jeg er imod").replace("Vi beder", "Jeg beder"),
    "a slip of the pen": LETTER.replace("naturplan", "naturpland").replace("slem", "slemt"),
    "without a greeting": LETTER.replace("Kære byråd\n\n", ""),
}
OWN = {
    "a line before the closing": LETTER.replace(
        "\n\nMed venlig", " Min datter har astma og sover dårligt hver eneste nat.\n\nMed venlig"
    ),
    "a line at the beginning": LETTER.replace("Vi er imod", "Jeg har boet her i tredive år. Vi er imod", 1),
    "a short line": LETTER.replace("naturplan.", "naturplan. Det er en skam for os."),
    "a postscript": f"{LETTER}\nPS. Min mand er enig med mig.",
    "lines below the name": f"{LETTER}\nJeg ville ønske, at nogen fra kommunen kom herud og lyttede en nat.",
    "another meaning": LETTER.replace("Vi er imod", "Vi er ikke imod"),
    "for and against": LETTER.replace("Vi er imod", "Vi er for"),
    "another figure": LETTER.replace("to kilometer", "2 kilometer"),
    "an argument left out": LETTER.replace(
        " Mosen er desuden hjem for traner og rørhøge, som\nkommunen selv har lovet at beskytte i sin naturplan.", ""
    ),
    "something else": "Cykelstien langs fjorden er blevet en gave for alle, der bor herude. Tak for den.",
}


@pytest.mark.parametrize("text", SAME.values(), ids=SAME)
def test_the_same_letter_is_one(text: str) -> None:
    assert difference(LETTER, text).is_nearly_none
    assert difference(text, LETTER).is_nearly_none


@pytest.mark.parametrize("text", OWN.values(), ids=OWN)
def test_what_says_something_of_its_own_is_none(text: str) -> None:
    assert text != LETTER
    assert not difference(LETTER, text).is_nearly_none


def test_word_for_word_is_told_from_nearly() -> None:
    assert difference(LETTER, SAME["in other signs and on other lines"]).is_none
    assert not difference(LETTER, SAME["one person for several"]).is_none


def test_another_name_below_the_same_letter_is_told_by_itself() -> None:
    signed = difference(LETTER, SAME["signed by somebody else"])

    assert signed.is_below_closing
    assert "".join(part.text for part in signed.changes if part.sort == Sort.ADDED).startswith("Birgit Aagaard Kvist")
    assert not difference(LETTER, SAME["one person for several"]).is_below_closing


def test_a_difference_shows_every_word_of_the_other_text_and_what_it_leaves_out() -> None:
    other = OWN["a line before the closing"].replace("Kære byråd", "Til byrådet")

    parts = difference(LETTER, other).parts

    assert "".join(part.text for part in parts if part.sort != Sort.LEFT_OUT) == other
    assert [part.text.strip() for part in parts if part.sort == Sort.ADDED] == [
        "Til byrådet",
        "Min datter har astma og sover dårligt hver eneste nat.",
    ]
    assert [part.text.strip() for part in parts if part.sort == Sort.LEFT_OUT] == ["Kære byråd"]


def test_in_a_short_letter_few_words_may_differ() -> None:
    short = "Vi siger nej tak til de nye møller ved mosen. Mvh Peter"

    assert difference(short, short.replace("Vi", "Jeg").replace("Peter", "Hanne")).is_nearly_none
    assert not difference(short, short.replace("mosen.", "mosen. Min hest bliver bange.")).is_nearly_none


def test_a_letter_is_alike_whoever_signed_it() -> None:
    assert without_signature(LETTER) == without_signature(SAME["signed by somebody else"])
    assert without_signature(LETTER).endswith("hilsen\n")
    assert without_signature(OWN["lines below the name"]).endswith("en nat.")
    assert without_signature("") == ""
