"""What is handed over to Digital Post: a letter as PDF, and what the system that sends it has to know."""

from dataclasses import dataclass
from typing import Any, Protocol


class NotHandedOver(Exception):
    """The letter was not taken; nothing of it was left behind. It can be handed over again."""


@dataclass(frozen=True, kw_only=True)
class Consignment:
    """One letter to one person. `key` is the same however often it is handed over, so that it is sent once."""

    key: str
    title: str
    name: str
    address: str
    postal_line: str
    case: str
    numbers: tuple[int, ...]
    pdf: bytes

    def described(self) -> dict[str, Any]:
        """Return what stands beside the letter, for the system that finds its recipient and sends it."""
        return {
            "format": "civic-forum-letter-1",
            "id": self.key,
            "title": self.title,
            "case": self.case,
            "numbers": list(self.numbers),
            "recipient": {"name": self.name, "address": self.address, "postal_line": self.postal_line},
            "file": f"{self.key}.pdf",
        }


class DigitalPost(Protocol):
    """A system that sends letters by Digital Post."""

    def deliver(self, letter: Consignment) -> None:
        """Take the letter whole, or raise NotHandedOver and take nothing. One that was taken before stays as it is."""
