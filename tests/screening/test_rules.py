import pytest
from django.utils import translation

from apps.screening.rules import why_not_publishable


def test_a_text_with_an_identity_number_is_refused_with_a_sentence_that_says_what_to_do() -> None:
    with translation.override("en"):
        sentence = str(why_not_publishable("Mit nummer er 150685-1234"))

    assert "national identity number (CPR)" in sentence
    assert "Remove it" in sentence


def test_the_sentence_does_not_repeat_the_number() -> None:
    assert "150685" not in str(why_not_publishable("150685-1234"))


@pytest.mark.parametrize("text", ["", "Ring på 12 34 56 78 inden den 22.11.2026"])
def test_an_ordinary_text_may_stand(text: str) -> None:
    assert why_not_publishable(text) is None
