"""Where allauth meets the house."""

import base64
import ipaddress
import secrets
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.accounts.engine.second_step import shown_elsewhere_at
from apps.accounts.models import User
from apps.accounts.queries import factors_of, needs_second_step
from apps.common.clock import now
from apps.common.drafts import way_back

IPV4_NETWORK, IPV6_NETWORK = 24, 64
LONGEST_AGENT = 200


def network_of(address: str) -> str:
    """Return the first address of the network: the last 8 bits of IPv4 and the last 64 of IPv6 are kept nowhere."""
    parsed = ipaddress.ip_address(address)
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    bits = IPV4_NETWORK if parsed.version == 4 else IPV6_NETWORK  # noqa: PLR2004 - the protocol's own number
    return str(ipaddress.ip_network((parsed, bits), strict=False).network_address)


def networks_of(addresses: str) -> str:
    """Return the networks of a list of addresses as proxies write it; nothing in the place of what is no address."""
    return ", ".join(_network_or_nothing(address.strip()) for address in addresses.split(","))


def _network_or_nothing(address: str) -> str:
    try:
        return network_of(address)
    except ValueError:
        return ""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Writes the name shown on sign-up, and leads back to a text that waits to be sent."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "The e-mail address or the password is wrong. Try again, or choose a new password."
        ),
        "too_many_login_attempts": _("There were too many attempts to log in. Wait a few minutes and try again."),
        "rate_limited": _("There were very many attempts in a short time. Wait a few minutes and try again."),
        "duplicate_email": _("Your account has this address already."),
        "email_taken": _("Another account has this address. Log in there, or use another address."),
        "incorrect_password": _("The password is wrong. Try again."),
    }

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:  # noqa: FBT001, FBT002 - allauth's signature
        """Return the account with its name, language and the moment it was made."""
        user.display_name = form.cleaned_data["display_name"]
        user.language = (get_language() or "da")[:2]
        user.created_at = now()
        saved: User = super().save_user(request, user, form, commit)
        return saved

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return the page of the kept text when there is one, else allauth's choice."""
        chosen: str = super().get_login_redirect_url(request)
        return way_back(request.session) or chosen

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """Return where a new person goes: to the text they were writing, or to the front page."""
        return self.get_login_redirect_url(request)

    def get_email_verification_redirect_url(self, email_address: Any) -> str:  # noqa: ARG002 - allauth's signature
        """Return where a confirmed person goes."""
        return self.get_login_redirect_url(self.request)

    def is_safe_url(self, url: str | None) -> bool:
        """Tell whether one may be led there; what cannot be read as an address is none of ours."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the network somebody comes from. Limits, lists of sessions and mails know no more than that."""
        return network_of(super().get_client_ip(request))

    def get_http_user_agent(self, request: HttpRequest) -> str:
        """Return what the browser calls itself, on one line."""
        return " ".join(super().get_http_user_agent(request).split())[:LONGEST_AGENT]

    def render_mail(
        self, template_prefix: str, email: str, context: dict[str, Any], headers: dict[str, str] | None = None
    ) -> Any:
        """Return the mail; all those that somebody who is not signed in has caused count as one kind for the outbox."""
        request = context.get("request") or self.request
        is_own = request is not None and request.user.is_authenticated
        person = context.get("person") or context.get("user")
        told = {} if is_own else STRANGERS
        known = {"X-Person": str(person.pk)} if person else {}
        return super().render_mail(template_prefix, email, context, (headers or {}) | told | known)

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell the person what changed; the mail knows whose it is, also when it goes to the address they left."""
        super().send_notification_mail(template_prefix, user, (context or {}) | {"person": user}, email)

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Tell whether the person must show once more that it is them.

        allauth lets everybody pass who has neither a password nor a second factor. They are asked here, unless they
        came from the site through which they log in a few minutes ago.
        """
        is_required = bool(super().is_reauthentication_required(app=app, **more))
        person = self.request.user if self.request else None
        if is_required and isinstance(person, User) and not get_reauthentication_flows(person):
            shown_at = shown_elsewhere_at(self.request.session, person.pk)
            if shown_at is None or now().timestamp() - shown_at >= app_settings.REAUTHENTICATION_TIMEOUT:
                raise ReauthenticationRequired
        return is_required

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Return the ways to show that it is still the same person: a password does not do for who has more than one.

        Otherwise a password, stolen with an open session, would do to put another second factor beside the first. Who
        has neither password nor factor shows it through the site by which they log in.
        """
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if user.is_authenticated and not ways:  # the page leads to the site through which they log in
            return [{"id": "reauthenticate", "description": "", "url": reverse("account_reauthenticate")}]
        ids = {way["id"] for way in ways}
        if not user.is_authenticated or ids == {"reauthenticate"} or not factors_of(user):
            return ways
        ways = [way | {"description": WAYS[way["id"]]} for way in ways if way["id"] != "reauthenticate"]
        if not Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists():
            ways.reverse()
        return ways


STRANGERS = {"X-About": "a stranger's wish"}
WAYS = {
    "mfa_reauthenticate": _("Use a code"),
    "mfa_reauthenticate:webauthn": _("Use a passkey"),
}


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps the secrets of second factors sealed, and the last factor of staff in place."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _(
            "Staff need a second step, and this is your only one. Add another one first, then remove this."
        ),
        "cannot_generate_recovery_codes": _("Set up an app or a passkey first. Recovery codes stand in for those."),
        "incorrect_code": _("The code is wrong, or was used already. Wait for the next one and try again."),
        "unverified_email": _("Confirm your e-mail address first: open the link in the mail that we have sent."),
    }

    def encrypt(self, text: str) -> str:
        """Return the secret sealed under a key that is not in the database."""
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret; one that nobody can know, when it was sealed under a key that is gone."""
        try:
            return _seal().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Tell whether something is left to sign in with, for those who need it."""
        person = authenticator.user
        return not needs_second_step(person) or factors_of(person) > 1

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 - allauth's signature
        """Return the name of a new passkey, which the form offers."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return str(_("Passkey %(number)d") % {"number": number})


def _seal() -> MultiFernet:
    """Return what seals under the site's secret key, and opens what was sealed under the keys before it too."""
    return MultiFernet([Fernet(_key(str(key))) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"civic forum second factors").derive(secret.encode())
    return base64.urlsafe_b64encode(derived)
