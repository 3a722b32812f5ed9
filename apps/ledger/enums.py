"""Kinds of entries. Each app declares its own, in its `enums.py`, with the sentence that tells them."""

import re
from dataclasses import dataclass, field

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: dict[str, "Kind"] = {}
_NAME = re.compile(r"^[a-z]+\.[a-z_]+$")


@dataclass(frozen=True)
class Kind:
    """One kind of entry: a fact in the past tense, and the names of the facts its public payload may hold.

    The sentence is a format string over those facts and `number`. Facts are codes, numbers, times and fingerprints;
    never a name, an address or a text that people wrote.
    """

    name: str
    sentence: str | Promise
    facts: frozenset[str] = field(default_factory=frozenset)
    # A moderator may take it back within a minute: readers that tell people of it wait that long.
    can_be_undone: bool = False

    def __post_init__(self) -> None:
        if not _NAME.match(self.name) or KINDS.get(self.name, self) != self:
            message = f"Not a new kind of entry: {self.name}"
            raise ValueError(message)
        KINDS[self.name] = self


class ActorRole(models.TextChoices):
    """In which role somebody acted. The person stands in a side table that can be erased."""

    CITIZEN = "citizen", _("a citizen")
    MODERATOR = "moderator", _("a moderator")
    OFFICIAL = "official", _("an official")
    ADMINISTRATOR = "administrator", _("an administrator")
    IMPORTER = "importer", _("an import")
    SYSTEM = "system", _("the system")
