"""Files beside a text: received with it, held back and shown again, removed with it or with their author's account."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.core.files.storage import storages
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.common.kept_files import stray_files
from apps.common.richtext import one_line
from apps.common.uploads import FitFile, UnfitFile
from apps.consultations.errors import NotStored
from apps.discussions.actions import drafting
from apps.discussions.engine.files import LONGEST_NAME
from apps.discussions.enums import (
    CONTRIBUTION_FILE_HELD,
    CONTRIBUTION_FILE_RELEASED,
    CONTRIBUTION_FILES,
    CONTRIBUTION_REDACTED,
    FileStatus,
)
from apps.discussions.errors import FileGone
from apps.discussions.models import STANDING, Attachment, Contribution, PastText
from apps.discussions.queries.files import bytes_sent_lately
from apps.discussions.rules import (
    LONGEST_DESCRIPTION,
    MOST_FILES_EVER,
    why_not_so_much_today,
    why_not_these_files,
    why_not_words_of_file,
)
from apps.ledger.actions import Draft, fingerprint, record_many
from apps.ledger.models import Actor
from apps.ledger.queries import entry_about, facts_of
from apps.municipality.models import RefusalReason

SALT_BYTES = 32
NOTHING = {"name": "", "description": "", "file": "", "sha256": "", "salt": b"", "size": 0}
NOT_HELD = {"held_reason": None, "held_sentence": "", "held_with": None}


@dataclass(frozen=True, kw_only=True)
class Enclosure:
    """A file that comes with a text: its name as it is shown, without an ending, and what it shows in words."""

    name: str
    file: FitFile
    description: str = ""


def attach_files(
    *, contribution: Contribution, files: Sequence[Enclosure], by: User, at: datetime, stands: Sequence[int] = ()
) -> None:
    """Store files beside a text, after those that are there; inside the caller's transaction.

    `stands` are the sizes of those that stand there already. Raises UnfitFile for too many or too much together, for
    what the house does not store, and for more than a person can send in a day; NotStored.
    """
    if not files:
        return
    refused = why_not_these_files([one.file.size for one in files], stands=stands) or why_not_so_much_today(
        bytes_sent_lately(by, at=at) + sum(one.file.size for one in files)
    )
    had = Attachment.objects.filter(contribution=contribution).aggregate(last=Max("position"))["last"] or 0
    if refused is None and had + len(files) > MOST_FILES_EVER:
        refused = _("Too many files have been put beside this text and taken out again. Write a new contribution.")
    if refused is not None:
        raise UnfitFile(refused)
    for position, one in enumerate(files, start=had + 1):
        _store(contribution, position, one, at)


def _store(contribution: Contribution, position: int, one: Enclosure, at: datetime) -> None:
    name = one_line(one.name)[:LONGEST_NAME] or _("File %(number)s") % {"number": position}
    description = one_line(one.description)[:LONGEST_DESCRIPTION]
    refused = why_not_words_of_file(name, description)
    if refused is not None:
        raise UnfitFile(refused)
    salt = secrets.token_bytes(SALT_BYTES)
    made = Attachment(
        contribution=contribution,
        position=position,
        kind=one.file.kind,
        name=name,
        description=description,
        size=one.file.size,
        sha256=one.file.sha256,
        salt=salt,
        fingerprint=fingerprint(salt, one.file.sha256),
        version=contribution.version,
        added_at=at,
    )
    try:
        one.file.content.seek(0)
        made.file.save("", one.file.content, save=False)
    except OSError as full:
        raise NotStored from full
    made.save(force_insert=True)


def leave_out_files(contribution: Contribution, positions: Collection[int]) -> None:
    """Let files stand beside the text no more; as its former versions they are for its author and moderators."""
    standing = Attachment.objects.filter(contribution=contribution, position__in=positions, status__in=STANDING)
    standing.exclude(status=FileStatus.REMOVED).update(status=FileStatus.LEFT_OUT, **NOT_HELD)


def files_entry(contribution: Contribution, *, by: Actor, at: datetime) -> Draft:
    """Return the entry that tells all files that stand beside the text now, and which of them are held back."""
    rows = Attachment.objects.filter(contribution=contribution, status__in=STANDING).order_by("position")
    told = list(rows.values_list("fingerprint", "status"))
    return drafting.entry(
        contribution,
        CONTRIBUTION_FILES,
        by,
        at,
        files=[mark for mark, _status in told],
        held=[mark for mark, status in told if status == FileStatus.HELD],
    )


@transaction.atomic
def hold_file(  # noqa: PLR0913 - why it is held, and with what
    *,
    attachment: Attachment,
    reason: RefusalReason,
    sentence: str,
    held_with: int | None = None,
    by: Actor,
    at: datetime,
) -> bool:
    """Keep one file from the public, with the reason in its place; the text stands. Answer False when it was held.

    `held_with` is the version from which a passage was redacted, where that is why. Raises FileGone for what was left
    out or removed.
    """
    told = {"status": FileStatus.HELD, "held_reason": reason, "held_sentence": one_line(sentence)}
    told["held_with"] = held_with
    if not _turn(attachment, FileStatus.SHOWN, told):
        return False
    facts = {"file": attachment.fingerprint, "reason": reason.code}
    record_many([drafting.entry(attachment.contribution, CONTRIBUTION_FILE_HELD, by, at, **facts)])
    return True


@transaction.atomic
def release_file(*, attachment: Attachment, by: Actor, at: datetime) -> bool:
    """Let whoever reads the text open the file again; answer False when it was not held back. Raises FileGone."""
    if not _turn(attachment, FileStatus.HELD, {"status": FileStatus.SHOWN, **NOT_HELD}):
        return False
    told = drafting.entry(attachment.contribution, CONTRIBUTION_FILE_RELEASED, by, at, file=attachment.fingerprint)
    record_many([told])
    return True


def _turn(attachment: Attachment, stood: FileStatus, changes: dict[str, object]) -> bool:
    changed = Attachment.objects.filter(pk=attachment.pk, status=stood).update(**changes)
    attachment.refresh_from_db()
    if not changed and not (attachment.is_shown or attachment.is_held):
        raise FileGone
    return bool(changed)


def hold_with_redaction(
    contribution: Contribution, version: int, reason: RefusalReason, *, but: Collection[int] = ()
) -> bool:
    """Hold all files back beside a text from which a passage was redacted: they may say the same. False for none.

    But for those: a moderator has looked into them.
    """
    shown = Attachment.objects.filter(contribution=contribution, status=FileStatus.SHOWN).exclude(pk__in=but)
    return bool(shown.update(status=FileStatus.HELD, held_reason=reason, held_with=version))


def release_with_redaction(contribution: Contribution, *, version: int, stands: PastText | None) -> bool:
    """Show what was held back because of that redaction, which was lifted. False for none.

    Where a later redaction stands, the files stay held back with that one and its reason: it found them held, and they
    may say what it took out as well.
    """
    held = Attachment.objects.filter(contribution=contribution, status=FileStatus.HELD, held_with=version)
    if stands is None:
        return bool(held.update(status=FileStatus.SHOWN, **NOT_HELD))
    because = why_redacted(contribution, stands)
    held.update(held_with=stands.version, **({"held_reason_id": because} if because else {}))
    return False


def why_redacted(contribution: Contribution, former: PastText) -> str:
    """Return the code of why a passage was redacted from a former version, as the ledger tells it."""
    redaction = entry_about(contribution, CONTRIBUTION_REDACTED, at=former.replaced_at)
    return str(facts_of(redaction)["reason"]) if redaction else ""


def erase_files(contribution: Contribution) -> None:
    """Delete all files beside a text that is erased, from the disk as soon as that is certain."""
    rows = Attachment.objects.filter(contribution=contribution)
    _delete_from_disk(rows)
    rows.delete()


def remove_files_of(person: User) -> int:
    """Delete all files that somebody sent, from the disk as soon as that is certain; return how many.

    A file can be full of names. Beside a text that stays it is told that there was one.
    """
    rows = Attachment.objects.filter(contribution__author=person).exclude(status=FileStatus.REMOVED)
    count = _delete_from_disk(rows)
    rows.filter(status=FileStatus.LEFT_OUT).delete()
    rows.update(status=FileStatus.REMOVED, **NOTHING, **NOT_HELD)
    return count


def clear_stray_files(*, at: datetime) -> int:
    """Delete files that no row names, scans and documents too: what was being sent when something broke off.

    Return how many.
    """
    names = list(stray_files(at=at))
    for name in names:
        storages["papers"].delete(name)
    return len(names)


def _delete_from_disk(rows: "QuerySet[Attachment]") -> int:
    names = list(rows.values_list("file", flat=True))
    for name in names:
        if name:
            transaction.on_commit(partial(storages["papers"].delete, name), robust=True)
    return len(names)
