"""Finds telephone numbers, e-mail addresses and street addresses: what leads to somebody's home or pocket.

The texts are about places, money and dates. So a telephone number has eight digits in the groups in which Danes write
them, and nothing around that makes it an amount, a year or a case; numbers abroad begin with their country.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from apps.common.reading import as_read
from apps.screening.engine.findings import Finding
from apps.screening.enums import Flag

_DANISH: Final = re.compile(
    r"""(?<![0-9])(?<![0-9][.,/: -])
    (?:(?:\+|00)[ ]?45[ .-]?|\(\+?45\)[ ]?)?
    (?:[2-9][0-9]{7}
      |[2-9][0-9](?:[ ][0-9]{2}){3}|[2-9][0-9](?:[.][0-9]{2}){3}|[2-9][0-9](?:-[0-9]{2}){3}|[2-9][0-9](?:/[0-9]{2}){3}
      |[2-9][0-9]{3}[ .-][0-9]{4}
      |[2-9][0-9]{2}[ ][0-9]{2}[ ][0-9]{3}|[2-9][0-9]{2}[ ][0-9]{3}[ ][0-9]{2}
      |[2-9](?:[ ][0-9]){7})
    (?![0-9])(?![.,/:-][0-9]|[ ][0-9]{1,3}(?![0-9]))""",
    re.VERBOSE,
)
_ABROAD: Final = re.compile(r"(?<![0-9])(?:\+|00)[ ]?[1-9][0-9]{0,2}(?:[ ./()-]{0,2}[0-9]){6,12}(?![0-9])")
_YEARS: Final = re.compile(r"(?:19|20)[0-9]{2}[ .-](?:19|20)[0-9]{2}")
_NO_PHONE_BEFORE: Final = re.compile(
    r"""(?:\b(?:cvr|ean|sag|sags|journal|j|matr|matrikel|konto|reg|faktura|ordre|bilag|dok|dokument|kr|dkk|eur|isbn
    |lokalplan|p-?nummer|kmd|id|uuid)[-.]?(?:[ ]?(?:nr|nummer|no))?|[€$£])[ .:#-]{0,3}\Z""",
    re.VERBOSE | re.IGNORECASE,
)
_UNIT_BEHIND: Final = re.compile(
    r"[ ]?(?:(?:kr|kroner|dkk|eur|euro|mio|mia|[kmgt]?wh|[kmg]w|m[23²³]?|km|tons?|stk|ha|pct|procent|liter)\b|[€$%])",
    re.IGNORECASE,
)
_ADDRESS_IN_WEB: Final = re.compile(r"(?:https?://|www\.)\S*\Z", re.IGNORECASE)
_CONTEXT: Final = 60

_LOCAL: Final = re.compile(r"[\w.+%'-]{1,64}\Z")
_HOST: Final = re.compile(r"[^\W_](?:[\w-]{0,62}\.){1,6}[^\W\d_]{2,24}(?![\w-])")
_MOST_LOCAL: Final = 64
_SPELLED: Final = re.compile(
    r"(?<![\w.+-])[\w+-]{1,40}(?:\.[\w+-]{1,40}){0,3}[ ]?"
    r"(?:[(\[{<][ ]?(?:at|snabel-?a|alfakrol|@)[ ]?[)\]}>]|[ ](?:snabel-?a|alfakrol)[ ]|[ ]@[ ])[ ]?[\w-]{1,60}[ ]?"
    r"(?:[(\[{<][ ]?(?:dot|punktum|prik)[ ]?[)\]}>]|[ ](?:dot|punktum|prik)[ ]|\.)[ ]?[^\W\d_]{2,12}(?!\w)",
    re.IGNORECASE,
)

_STREET_ENDS: Final = (
    "vej|vejen|gade|gaden|allé|alle|alléen|alleen|stræde|strædet|plads|pladsen|torv|torvet|boulevard|vænge|vænget|parken|"
    "haven|bakken|bakke|stien|sti|toften|toft|ageren|ager|lunden|marken|krogen|krog|dalen|højen|høj|brinken|brink|engen|"
    "svinget|sving|kajen|kaj|gyden|gyde|passagen|slippe|slippen|skrænten|løkken|løkke|bjerget|leddet|led|havnen|vangen|vang|"
    "kæret|kær|kløften|kilen|kvarteret|bredden|åsen|bækken|gården|gård|gaard|holmen"
)
_NUMBER: Final = (
    r"[0-9]{1,3}(?:(?:[A-Za-z]|[ ](?-i:[A-Z]))(?![\w]))?(?:[ ]?-[ ]?[0-9]{1,3}[A-Za-z]?)?(?![0-9\w])(?![.,][0-9])"
)
_DOOR: Final = r"(?:,?[ ](?:st|stuen|kl|[0-9]{1,2}\.?)(?:[ .,]{1,2}(?:sal|tv|th|mf|dør[ ][0-9]{1,3}))?\.?(?!\w))?"
_TOWN: Final = r"(?:,?[ ]{1,2}[0-9]{4}[ ](?-i:[A-ZÆØÅ])[\w.]{1,30})?"
_STREET: Final = re.compile(
    rf"(?<![\w-])(?:[A-ZÆØÅ][\w.]{{0,30}}[ -]){{0,3}}(?:[A-ZÆØÅ][\w-]{{1,40}}?(?:{_STREET_ENDS})"
    rf"|[A-ZÆØÅ][\w.]{{1,30}}[ ](?:{_STREET_ENDS}|Vej|All[eé]|Boulevard|Plads|Gade|Torv|Vænge|Stræde))"
    rf",?[ ](?:nr\.?[ ]|nummer[ ])?{_NUMBER}{_DOOR}{_TOWN}"
)
_SMALL_STREET: Final = re.compile(
    rf"(?<![\w])[^\W\d_]{{2,40}}(?:vej|vejen|gade|gaden|allé|stræde|vænget)[ ](?:nr\.?[ ])?{_NUMBER}{_DOOR}{_TOWN}",
    re.IGNORECASE,
)
_ENGLISH_STREET: Final = re.compile(
    r"(?<![\w])[0-9]{1,4}[A-Za-z]?[ ](?:[A-Z][a-z]{1,20}[ ]){1,3}(?:Street|Road|Avenue|Lane|Drive|Square)(?!\w)"
)
_AMOUNT_BEHIND: Final = re.compile(
    r"[ ]?(?:meter|m|km|år|procent|pct|kroner|kr|mio|dage|timer|minutter|gange|personer|borgere|huse|biler)(?!\w)",
    re.IGNORECASE,
)


def find_contacts(text: str, *, except_for: Collection[str] = ()) -> list[Finding]:
    """Telephone numbers, e-mail addresses and street addresses, from first to last.

    `except_for` are the municipality's own, which may be told: a telephone number in digits, a mail address.
    """
    read, places = as_read(text)
    mails = list(_mails(read))
    spans = [
        *((Flag.EMAIL, span) for span in mails),
        *((Flag.PHONE, span) for span in _phones(read)),
        *((Flag.ADDRESS, span) for span in _streets(read)),
    ]
    known = {_bare(one) for one in except_for if one}
    found = [
        Finding(flag, places[start], places[end - 1] + 1)
        for flag, (start, end) in spans
        if _bare(read[start:end]) not in known
    ]
    return _apart(found)


def _bare(text: str) -> str:
    """What is compared of a number or address, without the country and what parts it."""
    small = text.lower()
    if "@" in small:
        return small.strip()
    digits = re.sub("[^0-9]", "", small)
    return digits.removeprefix("00").removeprefix("45") if len(digits) > len("12345678") else digits


def _apart(found: Sequence[Finding]) -> list[Finding]:
    kept: list[Finding] = []
    for finding in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or finding.start >= kept[-1].end:
            kept.append(finding)
    return kept


def _phones(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (_DANISH, _ABROAD):
        for match in pattern.finditer(text):
            if _is_phone(match, text):
                yield match.span()


def _is_phone(match: re.Match[str], text: str) -> bool:
    has_country = match.group().startswith(("+", "00", "(+"))
    before, behind = text[max(match.start() - _CONTEXT, 0) : match.start()], text[match.end() : match.end() + _CONTEXT]
    if before[-1:].isalpha() and not before.lower().endswith(("tlf", "mobil", "nr")):
        return False
    if _ADDRESS_IN_WEB.search(before):
        return False
    if has_country:
        return True
    return not (_YEARS.fullmatch(match.group()) or _NO_PHONE_BEFORE.search(before) or _UNIT_BEHIND.match(behind))


def _mails(text: str) -> Iterator[tuple[int, int]]:
    """From each @ both ways, so that a long row of signs is looked at once."""
    place = text.find("@")
    while place >= 0:
        left = _LOCAL.search(text[max(place - _MOST_LOCAL, 0) : place])
        right = _HOST.match(text, place + 1)
        if left and right:
            yield place - len(left.group()), right.end()
        place = text.find("@", place + 1)
    for match in _SPELLED.finditer(text):
        yield match.span()


def _streets(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (_STREET, _SMALL_STREET, _ENGLISH_STREET):
        for match in pattern.finditer(text):
            if not _AMOUNT_BEHIND.match(text, match.end()):
                yield match.span()
