"""What the detectors find, the words for it, and the kinds of entries about their lists."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.ledger.enums import Kind


class Flag(models.TextChoices):
    """What was noticed about a text. A flag is a reason to look; it decides nothing."""

    PROTECTED_NAME = "protected_name", _("Name of an employee")
    IDENTITY_NUMBER = "identity_number", _("Identity number")
    PHONE = "phone", _("Telephone number")
    EMAIL = "email", _("E-mail address")
    ADDRESS = "address", _("Street address")
    LINK = "link", _("Link")
    NEAR_DUPLICATE = "near_duplicate", _("Much like another text")
    CAPITALS = "capitals", _("Capital letters")
    PROFANITY = "profanity", _("Coarse words")
    SPEED = "speed", _("Unusual speed")
    HIDDEN_CHARACTERS = "hidden_characters", _("Hidden characters")


REASONS: Final = {
    Flag.PROTECTED_NAME: _("May name an employee who is on the list of protected names: “%(words)s”."),
    Flag.IDENTITY_NUMBER: _("Holds what looks like a national identity number."),
    Flag.PHONE: _("Holds what looks like a telephone number: “%(words)s”."),
    Flag.EMAIL: _("Holds what looks like an e-mail address: “%(words)s”."),
    Flag.ADDRESS: _("Holds what looks like somebody's street address: “%(words)s”."),
    Flag.LINK: _("Leads to another site: “%(words)s”."),
    Flag.NEAR_DUPLICATE: _("Is much like another text in this hearing."),
    Flag.CAPITALS: _("Is written in capital letters: “%(words)s”."),
    Flag.PROFANITY: _("Holds a word from the list of coarse words: “%(words)s”."),
    Flag.SPEED: _("Was sent unusually fast."),
    Flag.HIDDEN_CHARACTERS: _("Holds characters that cannot be seen, or that turn the direction of the text."),
}
"""The sentence for moderators, one for each flag. `words` are those of the text, shortened."""

NARROWER: Final = {
    (Flag.PROTECTED_NAME, "initials"): _(
        "May mean an employee who is on the list of protected names by their initials: “%(words)s”."
    ),
    (Flag.PROTECTED_NAME, "title"): _(
        "May mean an employee who is on the list of protected names by a part of the name and the post: “%(words)s”."
    ),
    (Flag.SPEED, "form"): _("Was sent within seconds of opening the page: too fast to have been written there."),
    (Flag.SPEED, "author"): _("The same person has sent many texts within a short time."),
    (Flag.HIDDEN_CHARACTERS, "direction"): _(
        "Holds characters that turn the direction of the text, so that it can read otherwise than it is written."
    ),
    (Flag.HIDDEN_CHARACTERS, "lookalike"): _(
        "Mixes letters of several alphabets that look alike within a word: “%(words)s”."
    ),
    (Flag.HIDDEN_CHARACTERS, "stacked"): _("Holds letters with many marks upon each other, which cover other lines."),
}
"""Sentences that say more, where the detector tells in which way it found something."""

IN_FILE: Final = "file"
"""The detail of what was noticed in a text that stands in a file beside the contribution: a kind, and no place."""

HOLDS: Final = frozenset(
    {
        Flag.PROTECTED_NAME,
        Flag.IDENTITY_NUMBER,
        Flag.PHONE,
        Flag.EMAIL,
        Flag.PROFANITY,
        Flag.HIDDEN_CHARACTERS,
    }
)
"""What makes a text wait for a moderator also where a consultation publishes first: harm that cannot be called back."""

NUDGES: Final = frozenset(
    {
        Flag.PROTECTED_NAME,
        Flag.PHONE,
        Flag.EMAIL,
        Flag.ADDRESS,
        Flag.CAPITALS,
        Flag.PROFANITY,
    }
)
"""What the author is asked about once before sending: heat, personal data, a name. They may still send."""

NUDGE_WORDS: Final = {
    Flag.PROTECTED_NAME: _(
        "“%(words)s” looks like the name of an employee. Write about the case rather than the person, if you can: "
        "employees carry out what has been decided. A text with such a name is read by a moderator before it is shown."
    ),
    Flag.PHONE: _("“%(words)s” looks like a telephone number. Everyone will be able to read it."),
    Flag.EMAIL: _("“%(words)s” looks like an e-mail address. Everyone will be able to read it."),
    Flag.ADDRESS: _(
        "“%(words)s” looks like a street address. If somebody lives there, everyone will be able to read it."
    ),
    Flag.CAPITALS: _("Part of your text is in capital letters, which many read as shouting: “%(words)s”."),
    Flag.PROFANITY: _("“%(words)s” may hurt or put off those you want to convince."),
}
"""The sentence for the author, one for each flag that nudges."""


class WordLanguage(models.TextChoices):
    """The language a listed word belongs to."""

    DANISH = "da", _("Danish")
    ENGLISH = "en", _("English")


EMPLOYEE_PROTECTED = Kind("employee.protected", _("A name was put on the list of protected employees."), frozenset())
EMPLOYEE_CHANGED = Kind("employee.changed", _("A name on the list of protected employees was changed."), frozenset())
EMPLOYEE_ENDED = Kind(
    "employee.ended", _("A name on the list of protected employees is no longer in force."), frozenset()
)
WORD_ADDED = Kind("word.added", _("A word was put on the list of coarse words."), frozenset())
WORD_CHANGED = Kind("word.changed", _("A word on the list of coarse words was changed."), frozenset())
WORD_ENDED = Kind("word.ended", _("A word was taken off the list of coarse words."), frozenset())
