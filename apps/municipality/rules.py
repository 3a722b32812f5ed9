"""Who sets the municipality's own rules."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.accounts.rules import is_administrator, is_official
from apps.common.permissions import Sentence, permission

NeedOfAges = Callable[[], Sentence | None]
_needs_of_ages: dict[str, NeedOfAges] = {}


def needs_ages(need: NeedOfAges) -> NeedOfAges:
    """Register what an app above, which is not known here, says of why the age band of residents is needed still.

    It answers with a sentence as long as it is, and with None else.
    """
    _needs_of_ages[f"{need.__module__}.{need.__qualname__}"] = need
    return need


def why_ages_are_needed() -> Sentence | None:
    """Return why the age band of residents has to be kept for now, or None."""
    return next((why for need in _needs_of_ages.values() if (why := need()) is not None), None)


@permission("municipality.edit_reasons")
def why_not_edit_reasons(viewer: Any) -> Sentence | None:
    """Officials and administrators keep the list of reasons that moderators choose from."""
    if is_official(viewer) or is_administrator(viewer):
        return None
    return _("Only officials and administrators can change the reasons for decisions.")


@permission("municipality.edit_municipality")
def why_not_edit_municipality(viewer: Any) -> Sentence | None:
    """Administrators set what the municipality says of itself and promises, its districts and its house rules."""
    if is_administrator(viewer):
        return None
    return _("Only administrators can change what the municipality says of itself.")


@permission("municipality.edit_legal_bases")
def why_not_edit_legal_bases(viewer: Any) -> Sentence | None:
    """Administrators keep the legal bases: who runs a hearing does not set how long it has to last."""
    if is_administrator(viewer):
        return None
    return _("Only administrators can change the legal bases of hearings.")
