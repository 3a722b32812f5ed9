import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.identity_numbers import MASK, find_identity_numbers, mask

# Made up: none of them was taken from a person.
NUMBERS = [
    "150685-1234", "150685 1234", "1506851234", "150685–1234", "150685—1234", "150685−1234", "150685‑1234",
    "150685 - 1234", "150685 – 1234", "150685- 1234", "150685.1234", "150685/1234", "150685_1234",
    "15.06.85-1234", "15.06.85.1234", "15/06/85-1234", "15-06-85-1234", "15 06 85-1234", "15 06 85 1234",
    "15/06-85-1234", "15. 06. 85 - 1234", "15.06.85 1234", "15.06.1985-1234", "15061985-1234", "15-06-1985 - 1234",
    "010100-4000", "311299-0001", "290200-4321", "290201-1234", "010137-9999", "311236-9000", "010158-5001",
    "550685-1234", "410101-1111", "710185-1234", "750685-1234", "610101-1111", "910185-1234",
    "150685\u00a01234", "150685\u20091234", "150685\u200b1234", "150685\u00ad1234", "15\u200b06\u200b85-1234",
    "１５０６８５－１２３４", "１５０６８５１２３４", "١٥٠٦٨٥-١٢٣٤", "१५०६८५-१२३४", "𝟏𝟓𝟎𝟔𝟖𝟓-𝟏𝟐𝟑𝟒", "①⑤⓪⑥⑧⑤-①②③④",
    "1️⃣5️⃣0️⃣6️⃣8️⃣5️⃣-1️⃣2️⃣3️⃣4️⃣", "1 5 0 6 8 5 1 2 3 4", "1 5 0 6 8 5 - 1 2 3 4", "150685-12 34",
    "150685**-**1234", "150685\\-1234", "150685--1234",
]  # fmt: skip

SENTENCES = [
    ("Mit CPR er 150685-1234.", "150685-1234"),
    ("cpr:1506851234", "1506851234"),
    ("CPR-nr. 1506851234, tak", "1506851234"),
    ("cpr1506851234", "1506851234"),
    ("Personnummer 150685 1234", "150685 1234"),
    ("(150685-1234)", "150685-1234"),
    ("født 1 150685-1234", "150685-1234"),
    ("1.150685-1234", "150685-1234"),
    ("Husnr. 12 150685-1234", "150685-1234"),
    ("10 12 150685-1234", "150685-1234"),
    ("150685-1234¹ se noten", "150685-1234"),
    ("150685-1234 tlf. 12345678", "150685-1234"),
    ("tlf. 12345678 150685-1234", "150685-1234"),
    ("cpr 451285-1234", "451285-1234"),
    ("451285-1234", "451285-1234"),
    ("cpr 4512851234", "4512851234"),
    ("https://a.dk/?cpr=1506851234", "1506851234"),
    ("Jeg, Æ😀Ø, 150685-1234", "150685-1234"),
    ("nr1506851234", "1506851234"),
    ("linje\n150685-1234\nlinje", "150685-1234"),
]

NO_NUMBERS = [
    "", "Ingen tal her", "12345678", "12 34 56 78", "15 06 85 12", "+45 12 34 56 78", "+45 12345678",
    "+4512345678", "4512345678", "45 12 34 56 78", "45 12 03 4567", "0045 12345678", "004512345678",
    "+49 1512345678", "+46 0101234567", "0049 1512345678", "+1506851234", "2026-11-22", "22-11-2026", "22.11.2026",
    "22/11 2026", "22.11.26", "221126", "20261122", "2026-11-22 14:30", "2026-11-12 1430", "22.11.26 1900",
    "22.11.26 kl. 1900", "12.03.21 7700 Thisted", "12.03.21 2022", "1985", "1985-1990", "2026-2030",
    "01.06.26-01.07.26", "010626-010726", "01.06-01.07 2026", "22.11.2026-1234", "01.01.2020-2024",
    "10.11.12.2026", "1.250.000.000", "1.250.000.000 kr.", "1506851234 kr.", "1506851234 kroner", "1506851234 DKK",
    "1506851234 kWh", "1506851234,50", "1506851234.50", "3.1506851234", "150 685 1234", "1 506 851 234",
    "570714700000000010", "5707147000000000", "15068512345", "150685123", "150685-12345", "1150685-1234",
    "150685-123", "2026-150685-1234", "150685-1234-5", "4321-1506851234", "DK5000400440116243", "87-12-34567-8",
    "ISBN 8712345678", "P-nr. 1003456789", "p-nummer: 1003456789", "CVR 15068512", "EAN 5798001234567", "23/12345",
    "01.02.05-P19-1-20", "LBK nr 1157 af 01/07/2020", "BEK nr. 128 af 12.02.2020", "matr.nr. 15a 0685",
    "7700 Thisted", "320685-1234", "001285-1234", "151385-1234", "150085-1234", "300285-1234", "310485-1234",
    "920185-1234", "1234567890", "9999999999", "0000000000", "330185-1234", "723456 6312345",
    "55.150685, 12.345678", "https://avis.dk/1506851234", "a1506851234b", "sha 3f1506851234ab", "1506851234abc",
    "150685-xxxx", "xxxxxx-1234", "DDMMÅÅ-NNNN", "150685\n1234", "10-12-14", "10 12 14 16 18",
    "1 2 3 4 5 6 7 8 9 0", "kl. 10-12 14-1630", "ca. 15 06 85 dB", "150685", "1234", "15.06.85",
    "2×150 m, 85 dB, 1234 m", "½ 15068512", "m² 15068512", "nos. 15-22", "150685, 1234", "15 0685 1234",
]  # fmt: skip


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_is_found_alone_and_in_a_sentence(number: str) -> None:
    assert find_identity_numbers(number) == [(0, len(number.rstrip("\ufe0f\u20e3")))]
    assert find_identity_numbers(f"Jeg hedder Bo, {number}, og bor her")
    assert find_identity_numbers(f"Først {number}. Så {number}.")[1:]


@pytest.mark.parametrize(("sentence", "number"), SENTENCES)
def test_a_number_is_found_where_it_stands(sentence: str, number: str) -> None:
    assert [sentence[start:end] for start, end in find_identity_numbers(sentence)] == [number]


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_identity_number_may_be_written(text: str) -> None:
    assert find_identity_numbers(text) == []
    assert find_identity_numbers(f"Se {text}") == []


def test_the_tables_are_large_enough() -> None:
    assert len({*NUMBERS, *(sentence for sentence, _ in SENTENCES)}) >= 60
    assert len(set(NO_NUMBERS)) >= 60


def test_mask_takes_every_number_out_and_leaves_the_rest() -> None:
    assert mask("Bo 150685-1234 og Åse 010100 4000, tlf. 12345678") == f"Bo {MASK} og Åse {MASK}, tlf. 12345678"
    assert mask("Ingen tal") == "Ingen tal"


@given(st.text(alphabet="0123456789 -./\n1506a\u200b–+", max_size=120))
def test_spans_lie_in_the_text_in_order_and_nothing_is_left_after_masking(text: str) -> None:
    spans = find_identity_numbers(text)

    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))


@given(
    st.integers(1, 28),
    st.integers(1, 12),
    st.integers(0, 99),
    st.integers(0, 9999),
    st.sampled_from(["-", " ", "–", ""]),
)
def test_every_existing_date_with_any_serial_is_found(day: int, month: int, year: int, serial: int, sign: str) -> None:
    number = f"{day:02}{month:02}{year:02}{sign}{serial:04}"

    assert find_identity_numbers(f"Mit nummer: {number}.") == [(12, 12 + len(number))]


@pytest.mark.parametrize(
    "piece", ["15", "150685-123", "15 06 ", "1 ", "0", "15.06.", "cpr ", "https://1", "+45 ", "１５", "\u200b1"]
)
def test_long_texts_take_time_in_proportion(piece: str) -> None:
    started = time.process_time()
    find_identity_numbers(piece * (100_000 // len(piece)))

    assert time.process_time() - started < 2
