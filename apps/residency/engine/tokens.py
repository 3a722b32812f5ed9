"""Reading what an OpenID provider says of somebody, and refusing whatever is not exactly as it must be.

OpenID Connect Core 1.0, 3.1.3.7, with less leeway: the signature is always checked, and only with a public key that
the issuer published; what came over a protected line is not believed for that alone.
"""

import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import jwt

SKEW_SECONDS = 120
LONGEST_TOKEN = 32_000
LEAST_RSA_BITS = 2048
# Public keys only: with a shared secret whoever can check a token can also make one.
KINDS = {
    "RS256": "RSA", "RS384": "RSA", "RS512": "RSA",
    "PS256": "RSA", "PS384": "RSA", "PS512": "RSA",
    "ES256": "EC", "ES384": "EC", "ES512": "EC",
    "EdDSA": "OKP",
}  # fmt: skip
# Times and parties are checked below, against the moment that is given.
SIGNATURE_ONLY: Any = {
    "verify_exp": False, "verify_nbf": False, "verify_iat": False,
    "verify_aud": False, "verify_iss": False, "verify_sub": False, "verify_jti": False,
}  # fmt: skip


class Refused(Exception):
    """An answer that is not believed. `reason` is a short code for the log; nothing of the answer is in it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class UnknownKey(Refused):
    """The token names a key that is not among those known: they may have been changed."""


def read_id_token(  # noqa: PLR0913 - what a token is checked against
    token: Any, *, keys: Sequence[Mapping[str, Any]], issuer: str, client_id: str, nonce: str, at: datetime
) -> dict[str, Any]:
    """Return the claims of an id_token that was made for this login.

    Raises UnknownKey when its key is not among them, Refused for any other fault.
    """
    if not isinstance(token, str) or not 0 < len(token) <= LONGEST_TOKEN:
        raise Refused("no_token")
    claims = _signed_claims(token, keys)
    _check_parties(claims, issuer, client_id)
    _check_times(claims, int(at.timestamp()))
    if not nonce or not _same(claims.get("nonce"), nonce):
        raise Refused("nonce")
    return claims


def logged_in_since(claims: Mapping[str, Any], begun: float) -> None:
    """Raise Refused when the person logged in at the broker before the question was asked.

    A broker that does not say when is believed: it was asked for a new login (OpenID Connect Core 1.0, 3.1.2.1).
    """
    moment = claims.get("auth_time")
    if moment is None:
        return
    if not isinstance(moment, int | float) or isinstance(moment, bool) or moment < begun - SKEW_SECONDS:
        raise Refused("old_login")


def same_subject(id_claims: Mapping[str, Any], userinfo: Mapping[str, Any]) -> None:
    """Raise Refused unless both are about the same person (OpenID Connect Core 1.0, 5.3.2)."""
    if not _same(userinfo.get("sub"), id_claims["sub"]):
        raise Refused("userinfo_subject")


def _signed_claims(token: str, keys: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    try:
        header = jwt.get_unverified_header(token)
    except jwt.PyJWTError as problem:
        raise Refused("token_unreadable") from problem
    algorithm = header.get("alg")
    if algorithm not in KINDS:
        raise Refused("algorithm")
    public_key = _public_key(keys, header, algorithm)
    try:
        claims: dict[str, Any] = jwt.decode(token, public_key, algorithms=[algorithm], options=SIGNATURE_ONLY)
    except jwt.InvalidSignatureError as problem:
        raise Refused("signature") from problem
    except (jwt.PyJWTError, ValueError, TypeError) as problem:
        raise Refused("token_unreadable") from problem
    return claims


def _public_key(keys: Sequence[Mapping[str, Any]], header: Mapping[str, Any], algorithm: str) -> Any:
    """Return the one key of the issuer that may have made this signature."""
    fitting = [key for key in keys if _fits(key, header.get("kid"), algorithm)]
    if len(fitting) != 1:
        raise UnknownKey("key")
    try:
        public_key = jwt.PyJWK(dict(fitting[0]), algorithm=algorithm).key
    except (jwt.PyJWTError, ValueError, TypeError, KeyError) as problem:
        raise Refused("key_unreadable") from problem
    if KINDS[algorithm] == "RSA" and public_key.key_size < LEAST_RSA_BITS:
        raise Refused("key_too_short")
    return public_key


def _fits(key: Any, kid: Any, algorithm: str) -> bool:
    return (
        isinstance(key, Mapping)
        and key.get("kty") == KINDS[algorithm]
        and key.get("use", "sig") == "sig"
        and key.get("alg", algorithm) == algorithm
        and (kid is None or key.get("kid") == kid)
    )


def _check_parties(claims: Mapping[str, Any], issuer: str, client_id: str) -> None:
    if claims.get("iss") != issuer:
        raise Refused("issuer")
    audience = claims.get("aud")
    audiences = [audience] if isinstance(audience, str) else audience
    if not isinstance(audiences, list) or client_id not in audiences:
        raise Refused("audience")
    # Among several, the token must name us as the one it was made for.
    if claims.get("azp", client_id if len(audiences) == 1 else None) != client_id:
        raise Refused("authorized_party")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:  # noqa: PLR2004 - the standard's own limit
        raise Refused("subject")


def _check_times(claims: Mapping[str, Any], at: int) -> None:
    expires, issued, begins = claims.get("exp"), claims.get("iat"), claims.get("nbf", at)
    if not all(
        isinstance(moment, int | float) and not isinstance(moment, bool) for moment in (expires, issued, begins)
    ):
        raise Refused("times_missing")
    assert expires is not None  # noqa: S101 - all are numbers
    assert issued is not None  # noqa: S101
    if expires + SKEW_SECONDS < at:
        raise Refused("expired")
    if max(issued, begins) - SKEW_SECONDS > at:
        raise Refused("not_yet")


def _same(one: Any, other: str) -> bool:
    return isinstance(one, str) and hmac.compare_digest(one.encode(), other.encode())
