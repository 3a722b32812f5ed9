"""How the person of a session has shown who they are: with a second step, or through another site."""

from collections.abc import Mapping
from typing import Any

# Where allauth keeps how the person of a session has shown who they are; tests/accounts hold the names to allauth's.
METHODS = "account_authentication_methods"
WHOSE_METHODS = "account_authentication_methods_user"
SECOND_STEP, ELSEWHERE = "mfa", "socialaccount"


def has_second_step(session: Mapping[str, Any], person_id: int) -> bool:
    """Tell whether this person gave a second factor in this session, at log-in or since.

    Neither a password, nor a link in a mail, nor another site's word (MitID among them) is one.
    """
    return any(method.get("method") == SECOND_STEP for method in _methods(session, person_id))


def shown_elsewhere_at(session: Mapping[str, Any], person_id: int) -> float | None:
    """Return when this person last logged in through another site in this session, or showed there who they are."""
    moments = [method.get("at") for method in _methods(session, person_id) if method.get("method") == ELSEWHERE]
    return max((moment for moment in moments if isinstance(moment, int | float)), default=None)


def _methods(session: Mapping[str, Any], person_id: int) -> list[dict[str, Any]]:
    methods = session.get(METHODS)
    if session.get(WHOSE_METHODS) != str(person_id) or not isinstance(methods, list):
        return []
    return [method for method in methods if isinstance(method, dict)]
