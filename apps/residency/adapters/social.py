"""What allauth asks of the house about logins by MitID."""

from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from apps.common.clock import now
from apps.residency.actions import keep_protection
from apps.residency.sessions import hand_over_evidence

PROVIDER = "mitid"


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Knows one provider, by settings; takes nothing over from it, least of all an e-mail address."""

    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "no_password": _(
            "Your account has no password yet, and MitID is the only way in. Choose a password first: "
            "log out, and ask for a new password on the log-in page."
        ),
        "connected_other": _("This MitID belongs to another account here. Log in to that one, and remove it there."),
    }

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[SocialApp]:  # noqa: ARG002
        """Return the broker of the settings. Rows in the database could name others; they are not read."""
        broker = settings.MITID
        wanted = provider in {None, PROVIDER} and client_id in {None, broker and broker.client_id}
        return [SocialApp(provider=PROVIDER, name="MitID", client_id=broker.client_id)] if broker and wanted else []

    def authenticate_by_email(self, sociallogin: Any) -> None:  # noqa: ARG002
        """Find nobody by e-mail."""
        return

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: Any) -> Any:  # noqa: ARG002
        """Return the new account as it is: empty."""
        return sociallogin.user

    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> Any:
        """Return the saved account; what MitID told of the person waits for it, and a protected name is protected."""
        at = now()
        with transaction.atomic():
            person = super().save_user(request, sociallogin, form)
            evidence = hand_over_evidence(request, at, owner=sociallogin.account.uid, account_id=person.pk)
            if evidence is not None:
                keep_protection(person=person, evidence=evidence, at=at)
        return person
