"""Taking a lost second step away."""

from datetime import datetime
from typing import Any

from django.apps import registry
from django.db import transaction
from django.db.models import F

from apps.accounts.enums import SECOND_STEP_RESET
from apps.accounts.models import User
from apps.ledger.actions import record
from apps.ledger.models import Actor


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
