"""Names people go by: no invisible signs, no imitation of the municipality."""

import unicodedata

from django.utils.translation import gettext_lazy as _

from apps.common.permissions import Sentence

RESERVED = ("moderator", "administrator", "kommune", "kommunen", "official", "municipality")
_HIDDEN = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}
MOST_MARKS_IN_A_ROW = 2


def why_not_a_name(name: str) -> Sentence | None:
    """Return the sentence why this cannot be the name shown, or None."""
    if any(unicodedata.category(sign) in _HIDDEN for sign in name) or _is_stacked(name):
        return _("The name holds signs that cannot be seen or read. Write it with ordinary letters.")
    if not any(sign.isalpha() for sign in name):
        return _("Write a name with letters.")
    folded = unicodedata.normalize("NFKD", name).casefold()
    if any(word in RESERVED for word in folded.replace("-", " ").split()):
        return _("This name could be taken for the municipality's. Choose your own.")
    if "@" in name or "://" in name:
        return _("Write a name, not an address: it is shown to everyone.")
    return None


def _is_stacked(name: str) -> bool:
    marks = 0
    for sign in unicodedata.normalize("NFD", name):
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks > MOST_MARKS_IN_A_ROW:
            return True
    return False
