"""The kinds of entries about texts for questions that return."""

from django.utils.translation import gettext_lazy as _

from apps.ledger.enums import Kind

_BLOCK = frozenset({"block"})


TEXT_BLOCK_ADDED = Kind("textblock.added", _("A text for questions that return was added (%(block)s)."), _BLOCK)


TEXT_BLOCK_CHANGED = Kind("textblock.changed", _("A text for questions that return was changed (%(block)s)."), _BLOCK)


TEXT_BLOCK_RETIRED = Kind(
    "textblock.retired", _("A text for questions that return is no longer used (%(block)s)."), _BLOCK
)


TEXT_BLOCK_RESUMED = Kind("textblock.resumed", _("A text for questions that return is used again (%(block)s)."), _BLOCK)
