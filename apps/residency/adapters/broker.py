"""The talk with the broker behind the browser's back: where it is, its keys, the token, the person."""

import hashlib
from datetime import datetime
from typing import Any
from urllib.parse import quote_plus, urlsplit

from django.core.cache import cache

from apps.residency.adapters.wire import OK, Deadline, Unreachable, ask
from apps.residency.engine.brokers import LOOPBACK, Broker
from apps.residency.engine.claims import Told
from apps.residency.engine.tokens import Refused, UnknownKey, read_id_token, same_subject

KEPT_SECONDS = 3600
WELL_KNOWN = "/.well-known/openid-configuration"
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
# Whether it says in every answer which server it is (RFC 9207).
NAMES_ITSELF = "authorization_response_iss_parameter_supported"
SERVER_FAULT = 500


class Talk:
    """All that is asked of the broker within one request of ours; it may take the broker's seconds in all."""

    def __init__(self, broker: Broker) -> None:
        self.broker = broker
        self._deadline = Deadline(broker.seconds)

    def places(self) -> dict[str, Any]:
        """Return the broker's addresses, as it publishes them."""
        found: dict[str, Any] | None = cache.get(self._cached("places"))
        if found is None:
            told = self._ask("GET", self.broker.issuer.rstrip("/") + WELL_KNOWN, "discovery")
            self._check_places(told)
            found = {name: told[name] for name in (*ENDPOINTS, NAMES_ITSELF) if name in told}
            cache.set(self._cached("places"), found, KEPT_SECONDS)
        return found

    def keys(self, *, anew: bool = False) -> list[Any]:
        """Return the keys with which the broker signs; with `anew`, those of this moment."""
        found: list[Any] | None = None if anew else cache.get(self._cached("keys"))
        if found is None:
            answer = self._ask("GET", self.places()["jwks_uri"], "keys")
            found = answer.get("keys")
            if not isinstance(found, list):
                raise Unreachable("keys_unreadable")
            cache.set(self._cached("keys"), found, KEPT_SECONDS)
        return found

    def told(self, *, code: str, verifier: str, redirect_uri: str, nonce: str, at: datetime) -> Told:
        """Return what the broker tells of the person whose login the code stands for.

        Raises Refused when it is not to be believed, Unreachable when the broker does not answer in time.
        """
        token = self._token(code, verifier, redirect_uri)
        claims = self._id_claims(token.get("id_token"), nonce, at)
        access = token.get("access_token")
        if not isinstance(access, str) or not access or str(token.get("token_type")).lower() != "bearer":
            raise Refused("no_access_token")
        headers = {"Authorization": f"Bearer {access}"}
        userinfo = self._ask("GET", self.places()["userinfo_endpoint"], "userinfo", headers=headers)
        same_subject(claims, userinfo)
        return Told(self.broker.issuer, userinfo | claims)

    def _token(self, code: str, verifier: str, redirect_uri: str) -> dict[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "code_verifier": verifier,
        }
        name, secret = self.broker.client_id, self.broker.client_secret
        auth = None
        if self.broker.posts_secret:
            form |= {"client_id": name, "client_secret": secret}
        else:
            auth = (quote_plus(name), quote_plus(secret))  # RFC 6749, 2.3.1
        return self._ask("POST", self.places()["token_endpoint"], "token", data=form, auth=auth)

    def _id_claims(self, token: Any, nonce: str, at: datetime) -> dict[str, Any]:
        expected = {"issuer": self.broker.issuer, "client_id": self.broker.client_id, "nonce": nonce, "at": at}
        try:
            return read_id_token(token, keys=self.keys(), **expected)  # type: ignore[arg-type] # as named above
        except UnknownKey:
            # The broker may have changed its keys within the hour; once is enough to know.
            return read_id_token(token, keys=self.keys(anew=True), **expected)  # type: ignore[arg-type]

    def _ask(self, method: str, url: str, what: str, **more: Any) -> dict[str, Any]:
        answer = ask(method, url, deadline=self._deadline, **more)
        if answer.status >= SERVER_FAULT:
            raise Unreachable(f"{what}_{answer.status}")
        if answer.status != OK:
            raise Refused(f"{what}_{answer.status}")
        return answer.body

    def _check_places(self, found: dict[str, Any]) -> None:
        if found.get("issuer") != self.broker.issuer:
            raise Refused("discovery_issuer")
        is_local = urlsplit(self.broker.issuer).hostname in LOOPBACK
        for name in ENDPOINTS:
            parts = urlsplit(str(found.get(name) or ""))
            if parts.scheme != "https" and not (is_local and parts.scheme == "http" and parts.hostname in LOOPBACK):
                raise Refused("discovery_address")

    def _cached(self, what: str) -> str:
        return f"mitid:{what}:{hashlib.sha256(self.broker.issuer.encode()).hexdigest()[:32]}"
