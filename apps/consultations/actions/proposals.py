"""The versions of what the municipality proposes: one at publication, and one for each change since."""

import secrets
from datetime import datetime

from django.db import transaction

from apps.accounts.models import User
from apps.consultations.enums import PROPOSAL_PUBLISHED
from apps.consultations.models import Consultation, ProposalVersion
from apps.consultations.queries import words_of
from apps.ledger.actions import fingerprint, record
from apps.ledger.models import Actor

# What a version holds. Other texts of a consultation, as whom to ask, are no part of what is proposed.
PROPOSED = frozenset({"title", "lede", "body"})
SALT_BYTES = 32


@transaction.atomic
def keep_version(
    *, consultation: Consultation, what_changed: str = "", by: Actor, at: datetime, person: User | None = None
) -> ProposalVersion:
    """Keep the texts as they stand now as the next version, under the lock that receipts take as well.

    So each contribution is received under one version, the one in force at that moment.
    """
    standing = Consultation.objects.select_for_update().get(pk=consultation.pk)
    version = ProposalVersion.objects.create(
        consultation=consultation,
        version=standing.proposal_version + 1,
        title=standing.title,
        lede=standing.lede,
        body=standing.body,
        salt=secrets.token_bytes(SALT_BYTES),
        what_changed=what_changed,
        made_at=at,
        made_by=person,
    )
    Consultation.objects.filter(pk=consultation.pk).update(proposal_version=version.version)
    consultation.proposal_version = version.version
    record(
        PROPOSAL_PUBLISHED,
        subject=consultation,
        by=by,
        at=at,
        consultation_id=consultation.pk,
        facts={"version": version.version, "fingerprint": fingerprint(bytes(version.salt), words_of(version))},
    )
    return version
