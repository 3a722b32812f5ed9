"""Signatures of texts by MinHash, so that near-duplicates are found by an index and not by reading every text.

A signature is 100 least hash values of the text's pairs of words. How many of them two texts share is how alike they
are. It is cut into 20 bands of five; texts that are alike in seven pairs of ten share at least one band in 97 cases
of a hundred, in eight of ten in 999 of a thousand. A signature tells nothing of the words it was made from.
"""

import re
from functools import cache
from hashlib import blake2b
from itertools import pairwise
from operator import eq
from typing import Any, Final

VALUES: Final = 100
BANDS: Final = 20
SIMILAR: Final = 0.7
"""From this on two texts are much like each other."""
SAME: Final = 0.8
"""From this on a text is found through the one it is like, and needs no bands of its own."""

_SEED: Final = 1
_SCHEME: Final = "affine32"
_FEWEST_WORDS: Final = 8
"""Shorter texts (I agree!) are alike by nature."""
_WORD: Final = re.compile(r"[^\W_]+")


def signature_of(text: str) -> bytes | None:
    """The signature of a text, or None where it is too short to have one. Case, signs and line ends say nothing."""
    words = _WORD.findall(text.casefold())
    if len(words) < _FEWEST_WORDS:
        return None
    pairs = {f"{first} {second}".encode() for first, second in pairwise(words)}
    sketch = _minhash()(num_perm=VALUES, seed=_SEED, scheme=_SCHEME)
    sketch.update_batch(sorted(pairs))
    return bytes(sketch.hashvalues.astype("<u4").tobytes())


def bands_of(signature: bytes) -> list[int]:
    """The bands of a signature as numbers that fit a database's big integers; a band's place is part of its number."""
    width = len(signature) // BANDS
    return [
        int.from_bytes(
            blake2b(bytes([band]) + signature[band * width : (band + 1) * width], digest_size=8).digest(),
            "big",
            signed=True,
        )
        for band in range(BANDS)
    ]


def likeness(one: bytes, other: bytes) -> float:
    """How much of their pairs of words two texts share, from 0 to 1, as their signatures tell."""
    same: int = sum(map(eq, memoryview(one).cast("I"), memoryview(other).cast("I")))
    return same / VALUES


@cache
def _minhash() -> Any:
    from datasketch import MinHash  # noqa: PLC0415 - brings SciPy, whose seconds and memory only who screens shall pay

    return MinHash
