"""The signatures of texts, by which letters that are much alike are found. A sweep makes them, in a worker only."""

from django.db import transaction

from apps.consultations.models import Consultation
from apps.discussions.engine.letters import without_signature
from apps.discussions.models import UNSIGNED, Contribution
from apps.screening.actions import remember_signature

BATCH = 200


def remember_signatures() -> int:
    """Remember what every text that has no signature says now, oldest first; return how many were looked at.

    Each in a transaction of its own: whoever changes or erases the text waits for it, or it for them.
    """
    done = 0
    after = 0
    while ids := list(
        Contribution.stored.filter(UNSIGNED, pk__gt=after).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        done += sum(_remember(pk) for pk in ids)
        after = ids[-1]
    return done


@transaction.atomic
def _remember(pk: int) -> bool:
    # An update takes the row's lock on every database; select_for_update does nothing on SQLite.
    unsigned = Contribution.stored.filter(UNSIGNED, pk=pk)
    if not unsigned.update(signed_version=0):
        return False
    row = Contribution.stored.only("pk", "version", "body", "consultation_id").get(pk=pk)
    # Two sweeps at once would each let a copy of one letter lead, and neither would be found through the other.
    Consultation.objects.select_for_update(no_key=True).only("pk").get(pk=row.consultation_id)
    remember_signature(text=without_signature(row.body), consultation_id=row.consultation_id, subject_id=pk)
    Contribution.stored.filter(pk=pk).update(signed_version=row.version)
    return True
