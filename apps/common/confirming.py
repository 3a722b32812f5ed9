"""Asking once more who somebody is, before what an open session alone must not do."""

from collections.abc import Callable
from typing import Any, cast

from allauth.account.decorators import reauthentication_required

View = Callable[..., Any]


def confirmed_again(view: View) -> View:
    """Let only those through who showed a few minutes ago that it is them; the others are asked and come back.

    They are asked for their second step, else for their password, and who has neither for MitID (accounts.adapters).
    """
    return cast("View", reauthentication_required(view))


def confirmed_again_to_send(view: View) -> View:
    """Do the same for what is sent; reading the page needs no more than being signed in."""
    return cast("View", reauthentication_required(view, allow_get=True))
