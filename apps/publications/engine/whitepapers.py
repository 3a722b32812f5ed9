"""What an official writes of a white paper, before it is rows."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class StatementWords:
    """A statement as it is written: the argument in neutral words, what is made of it, and why."""

    title: str
    argument: str = ""
    disposition: str = ""
    reply: str = ""
    change: str = ""
    change_reference: str = ""
