"""Names people go by: no invisible signs, no imitation of the municipality."""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from apps.common.permissions import Sentence

# Words of office, without marks above letters: "å" is read as "a", so that "byradet" passes for nothing either.
RESERVED = frozenset(
    {
        "admin",
        "administrator",
        "borgmester",
        "borgmesteren",
        "byraad",
        "byraadet",
        "byrad",
        "byradet",
        "forvaltning",
        "forvaltningen",
        "kommunal",
        "kommune",
        "kommunen",
        "kommunens",
        "kommunes",
        "mayor",
        "moderator",
        "moderatoren",
        "municipality",
        "official",
        "raadhus",
        "raadhuset",
        "radhus",
        "radhuset",
        "redaktion",
        "redaktionen",
        "sagsbehandler",
        "staff",
    }
)
_HIDDEN = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}
_NOT_LETTERS = re.compile(r"[\W\d_]+")
MOST_MARKS_IN_A_ROW = 2
# Enough for a year; an identity number or a telephone has more.
MOST_DIGITS = 4
# A name is written in one alphabet: a "Kommune" with a Cyrillic o is somebody else's.
_ALPHABETS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")


def why_not_a_name(name: str) -> Sentence | None:
    """Return the sentence why this cannot be the name shown, or None."""
    if any(unicodedata.category(sign) in _HIDDEN for sign in name) or _is_stacked(name):
        return _("The name holds signs that cannot be seen or read. Write it with ordinary letters.")
    if not any(sign.isalpha() for sign in name) or sum(sign.isdigit() for sign in name) > MOST_DIGITS:
        return _("Write a name with letters.")
    if "@" in name or "://" in name:
        return _("Write a name, not an address: it is shown to everyone.")
    if len(_alphabets_of(name)) > 1:
        return _("The name mixes letters of several alphabets that look alike. Write it in one.")
    if any(word in RESERVED for word in _words_of(name)):
        return _("This name could be taken for the municipality's. Choose your own.")
    return None


def _words_of(name: str) -> list[str]:
    """Return the words in plain small letters; letters set apart (k o m m u n e) are one word too."""
    folded = "".join(sign for sign in unicodedata.normalize("NFKD", name).casefold() if not unicodedata.combining(sign))
    words = [word for word in _NOT_LETTERS.split(folded) if word]
    return [*words, "".join(words)]


def _alphabets_of(name: str) -> set[str]:
    names = (unicodedata.name(sign, "") for sign in unicodedata.normalize("NFKC", name) if sign.isalpha())
    return {alphabet for known in names for alphabet in _ALPHABETS if known.startswith(alphabet)}


def _is_stacked(name: str) -> bool:
    marks = 0
    for sign in unicodedata.normalize("NFD", name):
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks > MOST_MARKS_IN_A_ROW:
            return True
    return False
