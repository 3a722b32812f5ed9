"""What a detector found: which flag, where in the text, and in which way."""

from typing import NamedTuple

from apps.screening.enums import Flag


class Finding(NamedTuple):
    """One place in a text, or the whole of it. Holds places and codes, none of its words.

    `detail` is the detector's own code for the way it found this; `subject_id` the listed person or the other text.
    """

    flag: Flag
    start: int
    end: int
    detail: str = ""
    subject_id: int | None = None
