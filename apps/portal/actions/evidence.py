"""Putting together the evidence about a contribution for counsel. That somebody did stands in the public ledger."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from apps.accounts.models import User
from apps.accounts.rules import as_moderator
from apps.common.archive import as_json
from apps.common.permissions import require
from apps.discussions.models import Contribution
from apps.ledger.actions import record
from apps.portal.enums import EVIDENCE_OPENED
from apps.portal.queries.evidence import evidence_about, is_held

FILE = "evidence.json"


@transaction.atomic
def open_evidence(*, contribution: Contribution, by: User, at: datetime) -> tuple[dict[str, Any], str]:
    """Return the evidence as it stands, and as the JSON file whose fingerprint the ledger holds from now on.

    Who opened it is in the ledger's side table, and the fingerprint tells whether a file that turns up later is the one
    that was made here. Raises NotAllowed.
    """
    require("portal.open_evidence", by, contribution, is_held=is_held(contribution))
    evidence = evidence_about(contribution, at=at)
    file = as_json(evidence, {})
    record(
        EVIDENCE_OPENED,
        subject=contribution,
        by=as_moderator(by),
        at=at,
        consultation_id=contribution.consultation_id,
        topic_id=contribution.topic_id,
        number=contribution.number,
        facts={"sha256": sha256(file.encode()).hexdigest()},
    )
    return evidence, file
