"""Finds what looks like a Danish national identity number (CPR), so that it is neither stored nor shown.

Ten digits, DDMMYY and a serial of four. The check digit says nothing: numbers given out since 2007
fail it. So the date decides, and what stands around the digits. A wrong refusal costs a rewording,
a missed number a person's privacy: where both readings are likely, it is a number.
"""

import re
from typing import Final

from apps.common.reading import as_read

MASK: Final = "[identity number]"

_DAYS_IN_MONTH: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SEVENTH_DIGITS: Final = (
    (range(1858, 1900), "5678"),
    (range(1900, 1937), "0123"),
    (range(1937, 2000), "012349"),
    (range(2000, 2037), "456789"),
    (range(2037, 2058), "5678"),
)
_DENMARK: Final = "45"  # begins telephone numbers

# The signs of the small Markdown (* _ \) vanish on the page, so they part nothing.
_CANDIDATE: Final = re.compile(
    r"""(?<![0-9])
    (?P<day>[0-9]{2}) (?P<inner>(?:[-./][ ]?|[ ])?) (?P<month>[0-9]{2})
    (?P<inner_too>(?:[-./][ ]?|[ ])?) (?P<century>(?:18|19|20)(?=[0-9]{2}[^0-9]))? (?P<year>[0-9]{2})
    (?P<between>[-./ \t*_\\]{0,5})
    (?P<serial>[0-9]{2}[ ]?[0-9]{2})(?![0-9])""",
    re.VERBOSE,
)
_DIGIT_BY_DIGIT: Final = re.compile(
    r"(?<![0-9])(?<![0-9][ ])((?:[0-9][ ]){6}(?:-[ ])?(?:[0-9][ ]){3}[0-9])(?![ ]?[0-9])"
)

_NAMED_BEFORE: Final = re.compile(r"(?:cpr|person|ident)[^\W\d_]*[-. ]*(?:nr|nummer)?[^\w\n]{0,4}\Z", re.IGNORECASE)
_WORD_FOR_NUMBER_BEFORE: Final = re.compile(r"\b(?:nr|nummer|no|id)\Z", re.IGNORECASE)
_OTHER_NUMBER_BEFORE: Final = re.compile(
    r"\b(?:p[-.]?[ ]?(?:nr|nummer|enhed)|isbn|ean|gsrn|kto|konto)\b[^\w\n]{0,4}\Z", re.IGNORECASE
)
_COUNTRY_CODE_BEFORE: Final = re.compile(r"(?:\+|\b00)[ ]?(?:[0-9]{1,3}[- ]?)?\Z")
_DASHED_ON_BEFORE: Final = re.compile(r"[0-9]-\Z")
_DASHED_ON_AFTER: Final = re.compile(r"-[0-9]")
_DECIMALS_AFTER: Final = re.compile(r"[.,][0-9]")
_QUARTER: Final = re.compile(r"(?:[01][0-9]|2[0-3])(?:00|15|30|45)")
_LONGER_BEFORE: Final = re.compile(r"[0-9][-.,/]\Z")
_ADDRESS_BEFORE: Final = re.compile(r"(?:https?://|www\.)\S*\Z", re.IGNORECASE)
_UNIT_AFTER: Final = re.compile(
    r"[ ]?(?:(?:kr|kroner|dkk|eur|euro|mio|mia|[kmg]?wh|m[23²³]?|tons?|stk)\b|[€$])", re.IGNORECASE
)
_PLACE_AFTER: Final = re.compile(r"[ ][A-ZÆØÅ][a-zæøå]")
_CONTEXT: Final = 80


def find_identity_numbers(text: str) -> list[tuple[int, int]]:
    """The places (start, end) in the text that hold what is probably an identity number, from first to last."""
    folded, places = as_read(text)
    found = [(places[start], places[end - 1] + 1) for start, end in _numbers(folded)]
    return sorted(found)


def mask(text: str) -> str:
    """The text with each probable identity number replaced, for logs and for titles that come from elsewhere."""
    for start, end in reversed(find_identity_numbers(text)):
        text = text[:start] + MASK + text[end:]
    return text


def _numbers(text: str) -> list[tuple[int, int]]:
    spans = [
        match.span()
        for match in _DIGIT_BY_DIGIT.finditer(text)
        if _is_a_date(*(int(pair) for pair in re.findall("..", re.sub("[^0-9]", "", match.group()))[:2]))
    ]
    match = _CANDIDATE.search(text)
    while match:
        found = _is_probable(match, text)
        if found:
            spans.append(match.span())
        # What was no number may hide one that begins a digit later.
        match = _CANDIDATE.search(text, match.end() if found else match.start() + 1)
    return spans


def _is_probable(match: re.Match[str], text: str) -> bool:
    if not _is_a_date(int(match["day"]), int(match["month"])) or not _is_parted_like_a_date(match):
        return False
    before, after = text[max(match.start() - _CONTEXT, 0) : match.start()], text[match.end() : match.end() + _CONTEXT]
    if _NAMED_BEFORE.search(before):
        return True
    if _DASHED_ON_BEFORE.search(before) or _DASHED_ON_AFTER.match(after):
        return False
    return "-" in match["between"] or not _is_something_else(match, before, after)


def _is_a_date(day: int, month: int) -> bool:
    """Whether the day exists; administrative numbers add 40 or 60 to it."""
    if not 1 <= month <= len(_DAYS_IN_MONTH):
        return False
    last = _DAYS_IN_MONTH[month - 1]
    return any(1 <= day - added <= last for added in (0, 40, 60))


def _is_parted_like_a_date(match: re.Match[str]) -> bool:
    """Whether the same sign parts the date twice (15/6-85 is usual too), and a whole year fits the serial."""
    inner, inner_too = match["inner"].strip() or match["inner"], match["inner_too"].strip() or match["inner_too"]
    if inner != inner_too and (inner, inner_too) != ("/", "-"):
        return False
    return not match["century"] or _century_fits(int(match["century"] + match["year"]), match["serial"][0])


def _century_fits(year: int, seventh: str) -> bool:
    """Whether a person born that year can have that seventh digit."""
    return any(year in years and seventh in digits for years, digits in _SEVENTH_DIGITS)


def _is_something_else(match: re.Match[str], before: str, after: str) -> bool:
    """Whether digits without a dash before the serial are a date with a time, an amount, a telephone and the like."""
    if match["century"] or " " in match["serial"] or _UNIT_AFTER.match(after):
        return True
    if match["inner"]:
        return _is_date_and_more(match, after)
    if _COUNTRY_CODE_BEFORE.search(before) or _OTHER_NUMBER_BEFORE.search(before):
        return True
    if match["between"]:
        return match["day"] == _DENMARK and match["between"].isspace()
    return match["day"] == _DENMARK or _is_part_of_more(before, after)


def _is_date_and_more(match: re.Match[str], after: str) -> bool:
    """Whether 22.11.26 1900 is a date with a time, a year or a postal code and its town rather than one number."""
    is_time = bool(_QUARTER.fullmatch(match["serial"]))
    is_year = match["serial"][:2] in {"19", "20"}
    is_telephone = match["inner"] == " " and match["day"] == _DENMARK
    return is_time or is_year or is_telephone or bool(_PLACE_AFTER.match(after))


def _is_part_of_more(before: str, after: str) -> bool:
    """Whether ten digits in a row belong to a word, a decimal number, a longer number or a web address."""
    in_word = after[:1].isalpha() or (before[-1:].isalpha() and not _WORD_FOR_NUMBER_BEFORE.search(before))
    in_number = bool(_LONGER_BEFORE.search(before) or _DECIMALS_AFTER.match(after))
    return in_word or in_number or bool(_ADDRESS_BEFORE.search(before))
