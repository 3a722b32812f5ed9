"""CVR numbers: the Danish register's number of a company or association."""

import re

_WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)


def cvr_digits(typed: str) -> str:
    """Return a CVR number as it is kept, from what people write: DK 12 34 56 74, 12345674, 1234-5674."""
    return re.sub(r"^\s*DK|[\s.-]", "", typed, flags=re.IGNORECASE)


def is_cvr(digits: str) -> bool:
    """Tell whether eight digits can be a CVR number: they pass its check (modulus 11)."""
    if not re.fullmatch(r"[1-9][0-9]{7}", digits):
        return False
    return sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11 == 0
