"""Signatures of texts, for finding near-duplicates. They make no entries: those of the texts tell what happened."""

from collections.abc import Iterable

from django.db import transaction

from apps.screening.engine.duplicates import SAME, bands_of, signature_of
from apps.screening.models import SignatureBand, TextSignature
from apps.screening.queries import leaders_like


@transaction.atomic
def remember_signature(*, text: str, consultation_id: int, subject_id: int) -> None:
    """Let later texts of the consultation be found to be like this one. A text that has changed replaces itself.

    A text of a few words has no signature, and none is kept of what it said before.
    """
    forget_signature(subject_id=subject_id)
    signature = signature_of(text)
    if signature is None:
        return
    alike = leaders_like(signature, consultation_id=consultation_id)
    leader = next((one for one, likeness in alike if likeness >= SAME), None)
    row = TextSignature.objects.create(
        consultation_id=consultation_id, subject_id=subject_id, signature=signature, leader=leader
    )
    if leader is None:
        _write_bands(row)


@transaction.atomic
def forget_signature(*, subject_id: int) -> bool:
    """Keep no signature of the text; return whether there was one. Texts found through it are found all the same.

    A text that becomes its follower meanwhile waits for us, or we for it.
    """
    row = TextSignature.objects.select_for_update().filter(subject_id=subject_id).first()
    if row is None:
        return False
    heir = row.followers.select_for_update().order_by("pk").first()
    if heir is not None:
        row.followers.exclude(pk=heir.pk).update(leader=heir)
        TextSignature.objects.filter(pk=heir.pk).update(leader=None)
        _write_bands(heir)
    TextSignature.objects.filter(pk=row.pk).delete()
    return True


@transaction.atomic
def forget_signatures(*, subject_ids: Iterable[int]) -> int:
    """Do the same for many texts; return how many had one."""
    return sum(forget_signature(subject_id=subject_id) for subject_id in subject_ids)


def _write_bands(row: TextSignature) -> None:
    values = bands_of(bytes(row.signature))
    SignatureBand.objects.bulk_create(
        SignatureBand(signature=row, consultation_id=row.consultation_id, value=value) for value in values
    )
