"""What is kept of a screening: flags with their places. They make no entries, as they decide nothing."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from apps.screening.engine.findings import Finding
from apps.screening.engine.hidden_characters import LOOKALIKE, find_hidden_characters
from apps.screening.engine.speed import find_speed
from apps.screening.enums import IN_FILE, Flag
from apps.screening.models import TextFlag, TextScreening
from apps.screening.queries import Lists, Looked, flags_of

BATCH = 500
NOWHERE = 0


@transaction.atomic
def keep_flags(  # noqa: PLR0913 - what is known about a text when it is sent
    *,
    looked: Looked,
    subject_id: int,
    version: int,
    sent: str,
    at: datetime,
    opened_at: datetime | None = None,
    sent_before: Iterable[datetime] = (),
) -> tuple[Flag, ...]:
    """Keep what was noticed in a text as it stands, instead of what was before; return its flags.

    `sent` is the text before it was cleaned: what cleaning took away is noticed too. `opened_at` is when its form was
    opened, `sent_before` when its author sent other texts; without them speed is not judged.
    """
    findings = [
        *looked.findings,
        *_of_files(subject_id, version),
        *_taken_away(sent, looked),
        *_at_no_place(find_speed(len(sent), at=at, opened_at=opened_at, sent_before=sent_before)),
    ]
    _replace(subject_id, version, looked.lists, findings)
    raised = {finding.flag for finding in findings}
    return tuple(flag for flag in Flag if flag in raised)


@transaction.atomic
def keep_flags_anew(*, looked: Looked, subject_id: int, version: int) -> tuple[Flag, ...]:
    """Keep what the lists as they are now make of a text that stands; return the flags that it did not have before.

    What was noticed when it was sent, and cannot be seen in the stored text, stays.
    """
    before = flags_of([subject_id]).get(subject_id, ())
    stood = TextFlag.objects.filter(screening__subject_id=subject_id, screening__version=version, end=NOWHERE)
    kept = [Finding(Flag(row.flag), row.start, row.end, row.detail) for row in stood.order_by("pk")]
    findings = [*looked.findings, *kept]
    _replace(subject_id, version, looked.lists, findings)
    raised = {finding.flag for finding in findings}
    return tuple(flag for flag in Flag if flag in raised and flag not in before)


@transaction.atomic
def keep_flags_of_many(*, looked: Sequence[tuple[int, Looked]]) -> None:
    """Keep what was noticed in the first versions of many texts that were not screened before, by their ids."""
    made = TextScreening.objects.bulk_create(
        (TextScreening(subject_id=pk, version=1, lists=one.lists.key) for pk, one in looked), batch_size=BATCH
    )
    flags = [flag for row, (_pk, one) in zip(made, looked, strict=True) for flag in _rows(row, one.findings)]
    TextFlag.objects.bulk_create(flags, batch_size=BATCH)


def forget_flags(*, subject_id: int) -> bool:
    """Keep nothing of what was noticed in a text; return whether anything was kept."""
    gone, _by_table = TextScreening.objects.filter(subject_id=subject_id).delete()
    return bool(gone)


def _replace(subject_id: int, version: int, lists: Lists, findings: Iterable[Finding]) -> None:
    row, is_new = TextScreening.objects.update_or_create(
        subject_id=subject_id, defaults={"version": version, "lists": lists.key}
    )
    if not is_new:
        row.flags.all().delete()
    TextFlag.objects.bulk_create(_rows(row, findings))


def _rows(row: TextScreening, findings: Iterable[Finding]) -> list[TextFlag]:
    """Two people of one name are one finding: whom a name may mean is not kept."""
    kept = dict.fromkeys((one.flag, one.start, one.end, one.detail) for one in findings)
    return [
        TextFlag(screening=row, flag=flag, start=start, end=end, detail=detail) for flag, start, end, detail in kept
    ]


def in_file(looked: Looked) -> tuple[Finding, ...]:
    """Return what was noticed in a text that goes into a file: each kind once, at no place."""
    kinds = dict.fromkeys(one.flag for one in looked.findings)
    return tuple(Finding(flag, NOWHERE, NOWHERE, IN_FILE) for flag in kinds)


def _of_files(subject_id: int, version: int) -> list[Finding]:
    """What was noticed in a file of a former version: it cannot be changed, and moderators still read it."""
    if version == 1:
        return []
    rows = TextFlag.objects.filter(screening__subject_id=subject_id, detail=IN_FILE).order_by("pk")
    return [Finding(Flag(row.flag), row.start, row.end, row.detail) for row in rows]


def _taken_away(sent: str, looked: Looked) -> Iterable[Finding]:
    """What was hidden in the text that was sent, and is not in what is stored: it has no place there."""
    seen = {LOOKALIKE, *(one.detail for one in looked.findings if one.flag == Flag.HIDDEN_CHARACTERS)}
    return _at_no_place(one for one in find_hidden_characters(sent) if one.detail not in seen)


def _at_no_place(findings: Iterable[Finding]) -> Iterable[Finding]:
    return (one._replace(start=NOWHERE, end=NOWHERE) for one in findings)
