"""Second steps: the demo's, and taking a lost one away."""

from datetime import datetime
from typing import Any

from django.apps import registry
from django.db import transaction
from django.db.models import F

from apps.accounts.enums import SECOND_STEP_RESET
from apps.accounts.models import User
from apps.ledger.actions import record
from apps.ledger.models import Actor


def give_demo_app(*, person: User, sealed_secret: str) -> None:
    """The person has an app for the second step, whose codes the demo's log-in page shows and no other page does."""
    authenticators: Any = registry.apps.get_model("mfa", "Authenticator")
    authenticators.objects.create(user=person, type="totp", data={"secret": sealed_secret, "demo": True})


@transaction.atomic
def reset_second_step(*, person: User, by: Actor, at: datetime) -> bool:
    """Take all second factors and recovery codes away and sign the person out; answer False when there were none.

    Only the command line does this, for somebody who has lost them all. The next log-in asks for a new one.
    """
    authenticators: Any = registry.apps.get_model("mfa", "Authenticator")
    taken, _each = authenticators.objects.filter(user_id=person.pk).delete()
    if not taken:
        return False
    User.objects.filter(pk=person.pk).update(session_stamp=F("session_stamp") + 1)
    record(SECOND_STEP_RESET, subject=person, by=by, at=at)
    return True
