"""Texts and threads for load tests: the same for the same place, Danish in look, about nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

DIFFERENT_TEXTS = 800
AUTHORS = 200
SHARE_OF_REPLIES = 0.3
# A reply answers one of the last roots of its topic, as in a conversation.
RECENT = 40
_LENGTH, _SENTENCE = 500, 80

_WHO = (
    "Jeg",
    "Vi i landsbyen",
    "Min nabo",
    "Grundejerforeningen",
    "Skolens forældre",
    "Mange her på vejen",
    "Kommunen",
)
_DOES = (
    "mener",
    "håber",
    "frygter",
    "har oplevet",
    "tror",
    "foreslår",
    "savner svar på",
    "har målt",
    "undrer sig over",
)
_THAT = ("at", "hvor ofte", "om", "hvorfor", "hvordan")
_WHAT = (
    "støjen fra møllerne",
    "udsigten over fjorden",
    "cykelstien langs landevejen",
    "trafikken om morgenen",
    "fuglene på strandengen",
    "huspriserne i området",
    "skyggerne om aftenen",
    "vejen gennem skoven",
    "støtten til foreningerne",
    "busserne til stationen",
)
_BECOMES = ("bliver", "burde være", "var før", "kan gøres", "er allerede", "forbliver", "må ikke blive")
_HOW = (
    "bedre",
    "sværere",
    "mere stille",
    "for dyrt",
    "lettere at leve med",
    "til gavn for alle",
    "et problem om vinteren",
)
_ENDS = (".", ".", ".", "!", ", og det bør undersøges.", ", især for de ældre.", ", men det er min egen vurdering.")


@dataclass(frozen=True, slots=True)
class Invented:
    """One invented contribution: its topic's place, its author, and which earlier one it answers, if any."""

    topic: int
    author: int
    text: int
    reply_to: int | None


def invented_texts() -> list[str]:
    """Return texts of about 500 characters in two paragraphs, always the same ones."""
    chance = Random(214)  # noqa: S311 - nothing to guess here
    return [_text(chance) for _ in range(DIFFERENT_TEXTS)]


def _text(chance: Random) -> str:
    paragraphs = []
    for length in (_LENGTH * 3 // 5, _LENGTH * 2 // 5):
        paragraph = _sentence(chance)
        while len(paragraph) < length - _SENTENCE // 2:
            paragraph += f" {_sentence(chance)}"
        paragraphs.append(paragraph)
    return "\n\n".join(paragraphs)


def _sentence(chance: Random) -> str:
    words = " ".join(chance.choice(part) for part in (_WHO, _DOES, _THAT, _WHAT, _BECOMES, _HOW))
    return words + chance.choice(_ENDS)


def invented_thread(count: int, *, topics: int, begins_at: int = 0) -> Iterator[Invented]:
    """Return so many contributions over so many topics; three of ten reply to an earlier one of the same topic."""
    chance = Random(begins_at)  # noqa: S311 - nothing to guess here
    recent: list[list[int]] = [[] for _ in range(topics)]
    for place in range(count):
        topic = chance.randrange(topics)
        roots = recent[topic]
        is_reply = bool(roots) and chance.random() < SHARE_OF_REPLIES
        yield Invented(
            topic=topic,
            author=chance.randrange(AUTHORS),
            text=chance.randrange(DIFFERENT_TEXTS),
            reply_to=chance.choice(roots) if is_reply else None,
        )
        if not is_reply:
            recent[topic] = [*roots[-RECENT + 1 :], place]
