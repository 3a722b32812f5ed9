"""What MitID told of somebody, waiting in the session until they have an account and end their verification.

It holds keys and codes (`engine.evidence`), nothing raw, belongs to one account and is let go of after an hour.
"""

from datetime import datetime, timedelta
from typing import Any

from apps.accounts.rules import is_person
from apps.residency.engine.evidence import Evidence

KEPT_UNDER = "evidence"
KEPT_FOR = timedelta(minutes=60)


def keep_evidence(request: Any, evidence: Evidence, *, owner: int | str, at: datetime) -> None:
    """Let the evidence wait for an account: by its id, or, before there is one, by the key of the person."""
    request.session[KEPT_UNDER] = {"owner": owner, "kept_at": at.timestamp(), "evidence": evidence.as_json()}


def hand_over_evidence(request: Any, at: datetime, *, owner: str, account_id: int) -> Evidence | None:
    """Let what waited for the key of a person wait for their new account, and return it."""
    evidence = _evidence_for(request, owner, at)
    if evidence is not None:
        request.session[KEPT_UNDER] = _kept(request) | {"owner": account_id}
    return evidence


def pending_evidence(request: Any, at: datetime) -> Evidence | None:
    """Return what waits for the account that is signed in, or None.

    For `residency:verify`: when there is some, `actions.verify_with_mitid` ends the verification with it, and
    `forget_evidence` follows. It stays while the page asks whether the residency may be moved from another account.
    """
    return _evidence_for(request, request.user.pk, at) if is_person(request.user) else None


def forget_evidence(request: Any) -> None:
    """Let nothing wait any more."""
    if KEPT_UNDER in request.session:
        del request.session[KEPT_UNDER]


def _evidence_for(request: Any, owner: int | str, at: datetime) -> Evidence | None:
    """Return what waits for that owner; what is too old or cannot be read is let go of."""
    kept = _kept(request)
    if not kept or kept.get("owner") != owner:
        return None
    try:
        age = at.timestamp() - kept["kept_at"]
        evidence = Evidence.from_json(kept["evidence"])
    except (KeyError, TypeError):
        forget_evidence(request)
        return None
    if not 0 <= age <= KEPT_FOR.total_seconds():
        forget_evidence(request)
        return None
    return evidence


def _kept(request: Any) -> dict[str, Any]:
    kept = request.session.get(KEPT_UNDER)
    return kept if isinstance(kept, dict) else {}
