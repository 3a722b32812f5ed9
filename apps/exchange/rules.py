"""What an import may be called."""

import re

from django.utils.translation import gettext_lazy as _

from apps.common.permissions import Sentence

_ADDRESS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_ADDRESS = 80


def why_not_an_address(slug: str) -> Sentence | None:
    """Return the sentence why this cannot be a consultation's address, or None."""
    if _ADDRESS.fullmatch(slug) and len(slug) <= LONGEST_ADDRESS:
        return None
    return _("An address is made of small letters, digits and single hyphens, at most 80 characters.")
