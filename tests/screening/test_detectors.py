"""Links, capital letters, hidden characters and speed."""

from datetime import UTC, datetime, timedelta

import pytest

from apps.screening.engine.capitals import find_capitals
from apps.screening.engine.hidden_characters import find_hidden_characters
from apps.screening.engine.links import find_links
from apps.screening.engine.speed import MOST_WITHIN, find_speed

AT = datetime(2026, 9, 15, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Se https://example.org/a?b=c#d.", ["https://example.org/a?b=c#d"]),
        ("Se (http://example.org).", ["http://example.org"]),
        ("Se www.example.org, tak", ["www.example.org"]),
        ("hxxps://example.org", ["hxxps://example.org"]),
        ("Køb på billige-sko.dk nu", ["billige-sko.dk"]),
        ("se kommune.dk/plan.", ["kommune.dk/plan"]),
        ("goo.gl/abc", ["goo.gl/abc"]),
        ("eksempel[.]com", ["eksempel[.]com"]),
        ("eksempel (punktum) dk", ["eksempel (punktum) dk"]),
        ("www.exa\u200bmple.org", ["www.exa\u200bmple.org"]),
        ("[her](https://a.example/x) og [der](https://b.example)", ["https://a.example/x", "https://b.example"]),
        ("Det er huset.Derfor er vi imod.", []),
        ("huset.de er store", []),
        ("Skriv til a@example.dk", []),
        ("jf. § 3, stk. 2, nr. 1 og bl.a. f.eks. kl.10", []),
        ("og/eller", []),
    ],
)
def test_links(text: str, links: list[str]) -> None:
    assert [text[one.start : one.end] for one in find_links(text)] == links


def test_our_own_pages_are_no_links_elsewhere() -> None:
    text = "https://taler.vesterhav.dk/x og www.vesterhav.dk og https://vesterhav.dk.evil.com"

    found = find_links(text, own_hosts=("vesterhav.dk",))

    assert [text[one.start : one.end] for one in found] == ["https://vesterhav.dk.evil.com"]


@pytest.mark.parametrize(
    ("text", "capitals"),
    [
        ("JEG ER IMOD HØJE MØLLER VED KYSTEN", ["JEG ER IMOD HØJE MØLLER VED KYSTEN"]),
        (
            "Vi har sagt det før, og ingen har svaret os endnu, så nu: DET ER ALDELES UACCEPTABELT, siger vi.",
            ["DET ER ALDELES UACCEPTABELT"],
        ),
        ("EU's VVM-regler og BBR gælder", []),
        ("Det er IKKE i orden", []),
        ("NEJ TAK", []),
        ("A B C D E F", []),
        ("", []),
    ],
)
def test_capitals(text: str, capitals: list[str]) -> None:
    assert [text[one.start : one.end] for one in find_capitals(text)] == capitals


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("a\u200bb", ["hidden"]),
        ("a\u2060b", ["hidden"]),
        ("a\u3164b", ["hidden"]),
        ("a\u2800b", ["hidden"]),
        ("a\x08b", ["hidden"]),
        ("a\U000e0041b", ["hidden"]),
        ("a\ue000b", ["hidden"]),
        ("abc\u202edcba", ["direction"]),
        ("\u2067abc\u2069", ["direction", "direction"]),
        ("H\u043elm", ["lookalike"]),
        ("e" + "\u0301" * 9, ["stacked"]),
        ("\ufeffBegyndelsen", []),
        ("bl\u00adød", []),
        ("En familie: \U0001f468\u200d\U0001f469\u200d\U0001f467", []),
        ("\u2764\ufe0f og \U0001f3f3\ufe0f\u200d\U0001f308", []),
        ("\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", []),
        ("\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", []),
        ("Søren Ågård à la carte, Łódź, Ελλάδα og Москва", []),
        ("cafe\u0301", []),
        ("To\tord\r\nog en linje", []),
    ],
)
def test_hidden_characters(text: str, details: list[str]) -> None:
    assert [one.detail for one in find_hidden_characters(text)] == details


def seconds(*ages: float) -> list[datetime]:
    return [AT - timedelta(seconds=age) for age in ages]


@pytest.mark.parametrize(
    ("opened", "before", "details"),
    [
        (None, [], []),
        (1, [], ["form"]),
        (4, [], []),
        (-5, [], []),
        (None, [30, 60], []),
        (None, [10, 30, 60], ["author"]),
        (None, [200, 300, 400], []),
        (None, [60 * minute for minute in range(3, 23, 2)], ["author"]),
        (None, [3600 * hour for hour in range(2, 20)], []),
        (2, [10, 30, 60], ["form"]),
    ],
)
def test_speed(opened: float | None, before: list[float], details: list[str]) -> None:
    opened_at = None if opened is None else seconds(opened)[0]

    found = find_speed(50, at=AT, opened_at=opened_at, sent_before=seconds(*before))

    assert [one.detail for one in found] == details


def test_what_comes_later_says_nothing_of_now() -> None:
    assert find_speed(50, at=AT, sent_before=seconds(-1, -2, -3, -4)) == []


def test_longer_spans_let_more_pass() -> None:
    assert list(MOST_WITHIN) == sorted(MOST_WITHIN)
    assert [most for _span, most in MOST_WITHIN] == sorted(most for _span, most in MOST_WITHIN)
