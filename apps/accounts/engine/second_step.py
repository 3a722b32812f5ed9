"""Whether a session has had a second step: a code of an app, a passkey, or a recovery code."""

from collections.abc import Mapping
from typing import Any

# Where allauth keeps how the person of a session has shown who they are; tests/accounts hold the names to allauth's.
METHODS = "account_authentication_methods"
WHOSE_METHODS = "account_authentication_methods_user"
SECOND_STEP = "mfa"


def has_second_step(session: Mapping[str, Any], person_id: int) -> bool:
    """Tell whether this person gave a second factor in this session, at log-in or since.

    Neither a password, nor a link in a mail, nor another site's word (MitID among them) is one.
    """
    methods = session.get(METHODS)
    if session.get(WHOSE_METHODS) != str(person_id) or not isinstance(methods, list):
        return False
    return any(isinstance(method, dict) and method.get("method") == SECOND_STEP for method in methods)
