"""Telephone numbers, mail addresses and street addresses, and what looks like them."""

import pytest

from apps.screening.engine.contacts import find_contacts
from apps.screening.enums import Flag

PHONES = """
Ring 22 33 44 55 nu|22 33 44 55
tlf. 22334455|22334455
tlf22334455|22334455
Mobil: +45 22 33 44 55.|+45 22 33 44 55
0045 22334455|0045 22334455
(+45) 2233 4455|(+45) 2233 4455
2233 4455|2233 4455
2233-4455|2233-4455
22.33.44.55|22.33.44.55
22-33-44-55|22-33-44-55
222 33 444|222 33 444
2 2 3 3 4 4 5 5|2 2 3 3 4 4 5 5
２２３３４４５５|２２３３４４５５
22\u200b33\u200b44\u200b55|22\u200b33\u200b44\u200b55
+46 70 123 45 67|+46 70 123 45 67
+49 (0)30 1234567|+49 (0)30 1234567
"""
NO_PHONES = """
i 2025 2026
fra 2025-2026
12.345.678 kr.
22334455 kr.
til 22 33 44 55 kroner
CVR 22334455
CVR-nr. 22334455
sag nr. 22334455
sagsnr.: 2233-4455
EAN 5798000123456
matrikel 22334455
55.676098, 12.568337
1234567
123456789012
112
den 22.11.2026 kl. 14.30
vindmøller på 150 m og 6-7 MW
https://example.org/22334455
kl. 10-12, 14-16 og 18-20
02334455
"""
MAILS = """
skriv til mette.holm@vesterhav.example nu|mette.holm@vesterhav.example
(a_b+c@post.example.dk)|a_b+c@post.example.dk
mette (at) vesterhav.dk|mette (at) vesterhav.dk
mette[at]vesterhav[dot]dk|mette[at]vesterhav[dot]dk
mette snabel-a vesterhav punktum dk|mette snabel-a vesterhav punktum dk
mette@ves\u200bterhav.dk|mette@ves\u200bterhav.dk
jørgen@løkken.dk|jørgen@løkken.dk
"""
NO_MAILS = """
@mette
a@b
kl. 10 @ torvet
mød os (at tale sammen) i parken
det er et punktum. dk er et landekode
"""
STREETS = """
Jeg bor Strandvejen 12 i byen|Strandvejen 12
strandvejen 12B, 2. tv|strandvejen 12B, 2. tv
Nørregade 5, st. th, 7000 Fredericia|Nørregade 5, st. th, 7000 Fredericia
H.C. Andersens Boulevard 27|H.C. Andersens Boulevard 27
Store Kongensgade 12 B|Store Kongensgade 12 B
Vestre Allé 3|Vestre Allé 3
Solsikkevej nr. 7 er gul|Solsikkevej nr. 7
Møllevej 14-18|Møllevej 14-18
Ved Kirkebakken 4|Ved Kirkebakken 4
12 High Street|12 High Street
"""
NO_STREETS = """
på vej 12 km mod nord
vejen 12 meter bred
Fabrikkvej 100 meter mod syd
langs Kystvejen i 2025
Kystvejen 2025
side 12-14
lokalplan 12
Parken 2,5 km væk
af vejen. 3 huse
"""


def lines(text: str) -> list[str]:
    return [line for line in text.strip().splitlines() if line]


def told(flag: Flag, text: str) -> list[str]:
    return [text[one.start : one.end] for one in find_contacts(text) if one.flag == flag]


@pytest.mark.parametrize(
    ("flag", "line"),
    [
        *((Flag.PHONE, line) for line in lines(PHONES)),
        *((Flag.EMAIL, line) for line in lines(MAILS)),
        *((Flag.ADDRESS, line) for line in lines(STREETS)),
    ],
)
def test_found(flag: Flag, line: str) -> None:
    text, words = line.split("|")

    assert told(flag, text) == [words]


@pytest.mark.parametrize(
    ("flag", "text"),
    [
        *((Flag.PHONE, line) for line in lines(NO_PHONES)),
        *((Flag.EMAIL, line) for line in lines(NO_MAILS)),
        *((Flag.ADDRESS, line) for line in lines(NO_STREETS)),
    ],
)
def test_not_taken_for_one(flag: Flag, text: str) -> None:
    assert told(flag, text) == []


def test_the_municipalitys_own_may_be_told() -> None:
    text = "Ring 99 12 34 56 eller skriv til kommunen@vesterhav.example, eller ring 22 33 44 55."

    found = find_contacts(text, except_for=("+45 9912 3456", "Kommunen@vesterhav.example", ""))

    assert [text[one.start : one.end] for one in found] == ["22 33 44 55"]
