"""What Django's own forms say comes in the house's words, in both languages, with its quotation marks and figures."""

from datetime import date

import pytest
from django import forms
from django.utils.translation import override

from apps.common.forms import FIRST_DAY, LAST_DAY, day_field
from apps.common.uploads import LARGEST
from apps.common.wording import grouped, quoted, size_beyond


def error_of(field: forms.Field, typed: str, language: str) -> str:
    with override(language):
        with pytest.raises(forms.ValidationError) as refused:
            field.clean(typed)
        return str(refused.value.messages[0])


@pytest.mark.parametrize(
    ("field", "typed", "danish"),
    [
        (forms.CharField(), "", "Udfyld dette felt."),
        (forms.CharField(max_length=3), "fire", "Teksten må højst have 3 tegn; den har 4. Gør den kortere."),
        (forms.EmailField(), "nowhere", "Skriv en e-mailadresse, for eksempel navn@eksempel.dk."),
        (forms.ChoiceField(choices=[("a", "A")]), "b", "»b« er ikke på listen. Vælg en af mulighederne dér."),
        (forms.IntegerField(min_value=2), "1", "Skriv 2 eller mere."),
        (forms.IntegerField(max_value=2), "3", "Skriv 2 eller mindre."),
        (forms.IntegerField(), "x", "Skriv et helt tal."),
        (forms.DateField(), "i går", "Skriv en dato, for eksempel 24-12-2026."),
    ],
)
def test_the_danish_words_are_the_houses_own(field: forms.Field, typed: str, danish: str) -> None:
    assert error_of(field, typed, "da") == danish


@pytest.mark.parametrize("day", ["1899-12-31", "2200-01-01"])
@pytest.mark.parametrize(("language", "words"), [("en", "between 1 January 1900 and"), ("da", "mellem 1. januar 1900")])
def test_a_day_out_of_all_time_names_the_days_that_can_be_chosen(day: str, language: str, words: str) -> None:
    assert words in error_of(day_field(), day, language)
    assert (date(1900, 1, 1), date(2199, 12, 31)) == (FIRST_DAY, LAST_DAY)


@pytest.mark.parametrize(
    ("language", "quotes", "number", "size"),
    [("en", "“x”", "20,001", "a little more than 25.0 MB"), ("da", "»x«", "20.001", "lidt over 25,0 MB")],
)
def test_marks_and_figures_are_those_of_the_language(language: str, quotes: str, number: str, size: str) -> None:
    with override(language):
        assert (quoted("x"), grouped(20_001)) == (quotes, number)
        assert size_beyond(LARGEST + 1, LARGEST).replace("\xa0", " ") == size
        assert size_beyond(2 * LARGEST, LARGEST).replace("\xa0", " ") in {"50.0 MB", "50,0 MB"}
