"""Tokens are refused for every reason the standard knows, and for algorithms that a stranger could use."""

import base64
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from apps.residency.engine.tokens import Refused, UnknownKey, read_id_token, same_subject

AT = datetime(2026, 9, 15, 8, 30, tzinfo=UTC)
ISSUER, CLIENT, NONCE = "https://broker.example", "civic-forum", "the nonce"
Claims = dict[str, Any]

RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
SHORT_RSA = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505 - to be refused
EC = ec.generate_private_key(ec.SECP256R1())
ED = ed25519.Ed25519PrivateKey.generate()


def published(key: Any, algorithm: str, **more: Any) -> Claims:
    made: Claims = jwt.get_algorithm_by_name(algorithm).to_jwk(key.public_key(), as_dict=True)
    return made | {"kid": "one", "use": "sig", "alg": algorithm} | more


KEYS = [published(RSA, "RS256")]


def claims(**changed: Any) -> Claims:
    now = int(AT.timestamp())
    made = {"iss": ISSUER, "aud": CLIENT, "sub": "{a}", "nonce": NONCE, "iat": now - 5, "exp": now + 300}
    return {name: value for name, value in (made | changed).items() if value is not None}


def signed(key: Any = RSA, algorithm: str = "RS256", *, header: Claims | None = None, **changed: Any) -> str:
    """Return a token; PyJWT's own encoder would refuse claims of the wrong kind."""
    body = json.dumps(claims(**changed)).encode()
    return jwt.PyJWS().encode(body, key, algorithm, {"kid": "one"} | (header or {}))


def part(content: Claims) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


def read(token: Any, *, keys: Any = KEYS, nonce: str = NONCE, at: datetime = AT) -> Claims:
    return read_id_token(token, keys=keys, issuer=ISSUER, client_id=CLIENT, nonce=nonce, at=at)


def reason(token: Any, **how: Any) -> str:
    with pytest.raises(Refused) as caught:
        read(token, **how)
    return caught.value.reason


def test_a_token_made_for_this_login_is_believed() -> None:
    assert read(signed())["sub"] == "{a}"


@pytest.mark.parametrize(
    ("key", "algorithm"), [(RSA, "RS512"), (RSA, "PS256"), (EC, "ES256"), (ED, "EdDSA")], ids=lambda part: str(part)[:5]
)
def test_every_kind_of_public_key_is_read(key: Any, algorithm: str) -> None:
    token = signed(key, algorithm)

    assert read(token, keys=[published(key, algorithm)])["sub"] == "{a}"


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"iss": None}, "issuer"),
        ({"iss": ISSUER + "/"}, "issuer"),
        ({"iss": ISSUER.upper()}, "issuer"),
        ({"iss": [ISSUER]}, "issuer"),
        ({"aud": None}, "audience"),
        ({"aud": "somebody-else"}, "audience"),
        ({"aud": []}, "audience"),
        ({"aud": {CLIENT: 1}}, "audience"),
        ({"aud": CLIENT + "x"}, "audience"),
        ({"aud": [CLIENT, "somebody-else"]}, "authorized_party"),
        ({"aud": [CLIENT, "somebody-else"], "azp": "somebody-else"}, "authorized_party"),
        ({"azp": "somebody-else"}, "authorized_party"),
        ({"sub": None}, "subject"),
        ({"sub": ""}, "subject"),
        ({"sub": "x" * 256}, "subject"),
        ({"nonce": None}, "nonce"),
        ({"nonce": ""}, "nonce"),
        ({"nonce": NONCE + " "}, "nonce"),
        ({"nonce": [NONCE]}, "nonce"),
        ({"exp": None}, "times_missing"),
        ({"iat": None}, "times_missing"),
        ({"nbf": True}, "times_missing"),
    ],
    ids=str,
)
def test_what_was_not_made_for_this_login_is_refused(changed: Claims, why: str) -> None:
    assert reason(signed(**changed)) == why


@pytest.mark.parametrize("changed", [{"exp": "soon"}, {"iat": "now"}, {"exp": True}, {"iat": [1]}], ids=str)
def test_times_that_are_no_numbers_are_refused(changed: Claims) -> None:
    assert reason(signed(**changed)) == "times_missing"


def test_several_audiences_are_accepted_when_the_token_names_this_one() -> None:
    assert read(signed(aud=["somebody-else", CLIENT], azp=CLIENT))["azp"] == CLIENT


@pytest.mark.parametrize(
    ("late", "why"),
    [(timedelta(seconds=419), ""), (timedelta(seconds=421), "expired"), (timedelta(days=400), "expired")],
    ids=str,
)
def test_clocks_may_differ_by_two_minutes_at_the_end(late: timedelta, why: str) -> None:
    token = signed()

    assert (reason(token, at=AT + late) if why else read(token, at=AT + late) and "") == why


@pytest.mark.parametrize("claim", ["iat", "nbf"])
@pytest.mark.parametrize(("ahead", "why"), [(119, ""), (121, "not_yet"), (10**9, "not_yet")], ids=str)
def test_clocks_may_differ_by_two_minutes_at_the_beginning(claim: str, ahead: int, why: str) -> None:
    token = signed(**{claim: int(AT.timestamp()) + ahead, "exp": int(AT.timestamp()) + 2 * 10**9})

    assert (reason(token) if why else read(token) and "") == why


def test_a_signature_of_another_key_is_refused() -> None:
    assert reason(signed(OTHER_RSA)) == "signature"


def test_a_changed_claim_is_refused() -> None:
    header, _body, signature = signed().split(".")
    body = signed(sub="{b}").split(".")[1]

    assert reason(f"{header}.{body}.{signature}") == "signature"


def test_a_token_without_a_signature_is_refused() -> None:
    unsigned = jwt.encode(claims(), None, "none", {"kid": "one"})

    assert reason(unsigned) == "algorithm"


@pytest.mark.parametrize("algorithm", ["HS256", "HS384", "HS512"])
def test_a_shared_secret_is_no_signature(algorithm: str) -> None:
    """The old trick: the public key, which everybody has, used as the secret of an HMAC."""
    public = RSA.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    signed_part = f"{part({'alg': algorithm, 'kid': 'one'})}.{part(claims())}"
    digest = hmac.new(public, signed_part.encode(), f"sha{algorithm[2:]}").digest()
    signature = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

    assert reason(f"{signed_part}.{signature}") == "algorithm"


def test_a_key_inside_the_token_is_not_looked_at() -> None:
    own = published(OTHER_RSA, "RS256")

    assert reason(signed(OTHER_RSA, header={"jwk": own, "jku": "https://evil.example/keys"})) == "signature"


def test_a_header_that_must_be_understood_is_refused() -> None:
    assert reason(signed(header={"crit": ["b64"], "b64": True})) == "token_unreadable"


@pytest.mark.parametrize(
    "keys",
    [
        [],
        [published(RSA, "RS256", kid="another")],
        [published(RSA, "RS256", use="enc")],
        [published(RSA, "RS512")],
        [published(EC, "ES256")],
        [published(RSA, "RS256"), published(OTHER_RSA, "RS256")],
        ["not a key", None, 7],
    ],
    ids=["none", "another name", "for encryption", "another algorithm", "another kind", "two of a name", "nonsense"],
)
def test_a_key_that_is_not_clearly_the_one_is_unknown(keys: Any) -> None:
    with pytest.raises(UnknownKey):
        read(signed(), keys=keys)


def test_an_algorithm_of_another_kind_of_key_is_refused() -> None:
    with pytest.raises(UnknownKey):
        read(signed(EC, "ES256"))


def test_a_short_key_is_refused() -> None:
    with pytest.warns(Warning, match="bits"):
        token = signed(SHORT_RSA)

    assert reason(token, keys=[published(SHORT_RSA, "RS256")]) == "key_too_short"


@pytest.mark.parametrize("broken", [{"n": ""}, {"n": "!"}, {"n": None}, {"e": "AQAB", "n": 5}], ids=str)
def test_a_key_that_cannot_be_read_is_refused(broken: Claims) -> None:
    assert reason(signed(), keys=[KEYS[0] | broken]) == "key_unreadable"


@pytest.mark.parametrize(
    ("token", "why"),
    [
        (None, "no_token"),
        ("", "no_token"),
        (b"bytes", "no_token"),
        (["a.b.c"], "no_token"),
        ("x" * 40_000, "no_token"),
        ("x.y.z", "token_unreadable"),
        ("....", "token_unreadable"),
        ("e30.e30.", "algorithm"),
    ],
    ids=lambda part: str(part)[:20],
)
def test_what_is_no_token_is_refused(token: Any, why: str) -> None:
    assert reason(token) == why


def test_an_empty_nonce_matches_nothing() -> None:
    assert reason(signed(nonce=""), nonce="") == "nonce"


@pytest.mark.parametrize("userinfo", [{}, {"sub": "{b}"}, {"sub": None}, {"sub": ["{a}"]}], ids=str)
def test_userinfo_of_somebody_else_is_refused(userinfo: Claims) -> None:
    with pytest.raises(Refused, match="userinfo_subject"):
        same_subject({"sub": "{a}"}, userinfo)


def test_userinfo_of_the_same_person_passes() -> None:
    same_subject({"sub": "{æ}"}, {"sub": "{æ}"})


def test_a_refusal_says_nothing_of_the_person() -> None:
    refusals: list[Callable[[], str]] = [
        lambda: signed(sub="{0113919901}", exp=1),
        lambda: signed(OTHER_RSA, sub="{0113919901}"),
        lambda: signed(sub="{0113919901}", nonce="wrong"),
    ]
    for token in refusals:
        with pytest.raises(Refused) as caught:
            read(token())
        assert "0113919901" not in f"{caught.value!r} {caught.value}"
