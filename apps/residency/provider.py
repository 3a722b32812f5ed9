"""MitID as allauth knows it. allauth finds providers by the name of this module."""

from typing import Any

from allauth.socialaccount.providers.base import ProviderAccount
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.core.exceptions import PermissionDenied
from django.urls import reverse


class MitIDAccount(ProviderAccount):  # type: ignore[misc]
    """A connected MitID. Nothing is known of it that could be shown."""

    def get_user_data(self) -> None:
        """Return nothing."""
        return


class MitIDProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """An OpenID provider of which allauth learns one thing: the key under which we know a person.

    The dance with the broker is in `adapters.dance`. allauth's own ways of beginning one, with fewer checks, are shut.
    """

    id = "mitid"
    name = "MitID"
    account_class = MitIDAccount
    supports_token_authentication = False

    def get_login_url(self, request: Any, **_more: Any) -> str:  # noqa: ARG002 - allauth's signature
        """Return where a login begins, by POST."""
        return reverse("residency:mitid-start")

    def get_callback_url(self) -> str:
        """Return where the broker leads back."""
        return reverse("residency:mitid-return")

    def redirect(self, *_arguments: Any, **_more: Any) -> Any:
        """Lead nobody to a broker."""
        raise PermissionDenied

    def verify_token(self, *_arguments: Any, **_more: Any) -> Any:
        """Believe no token that somebody sends."""
        raise PermissionDenied

    def extract_uid(self, data: dict[str, Any]) -> str:
        """Return the key of the person, never the broker's subject."""
        return str(data["key"])

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002
        """Return nothing: what a broker tells is not kept."""
        return {}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002
        """Return nothing."""
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:  # noqa: ARG002
        """Return nothing: no account is found by an address that a broker tells."""
        return []


provider_classes = [MitIDProvider]
