"""What a text must not hold, and the sentence that says so."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from apps.screening.engine.identity_numbers import find_identity_numbers

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def why_not_publishable(text: str) -> "_StrPromise | None":
    """The sentence that refuses the text before anything of it is stored, or nothing where it may stand."""
    if find_identity_numbers(text):
        return _(
            "The text looks as if it holds a national identity number (CPR). "
            "Remove it: it must not be shown in public, and we do not store it."
        )
    return None
