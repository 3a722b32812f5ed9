"""What officials do with what they typed in: correct it, write back by post, and forget who sent it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from django.core.files.storage import Storage
from django.db import transaction

from apps.accounts.enums import HeldSubject
from apps.accounts.models import User
from apps.accounts.queries import held_ids
from apps.accounts.rules import as_moderator, as_official, is_official
from apps.common.permissions import require
from apps.consultations.models import Consultation
from apps.consultations.queries import phases_of
from apps.discussions.actions.authoring import replace_text
from apps.discussions.actions.drafting import entry, text_fingerprint
from apps.discussions.actions.noticing import Sent, notice
from apps.discussions.actions.outside import PRIVATE, VoiceText, author_shown, fit_voice, keep_scan, scan_columns
from apps.discussions.engine.names import somebody_of
from apps.discussions.enums import (
    AUTHOR_NAME_HIDDEN,
    CONTRIBUTION_CORRECTED,
    RECEIPT_POSTED,
    SENDER_FORGOTTEN,
    SENDERS_TAKEN_OUT,
    ContributionStatus,
)
from apps.discussions.errors import AlreadyDecided, HeldText, HeldVoice, NotCorrectable
from apps.discussions.models import NO_SCAN, Contribution, OffsiteAuthor, OutsideVoice, SenderAddress
from apps.discussions.queries.outside import senders_to_clear
from apps.discussions.rules.outside import came_late
from apps.ledger.actions import Fact, record, record_many
from apps.municipality.queries import the_municipality


@transaction.atomic
def correct_voice(*, voice: OutsideVoice, text: VoiceText, by: User, at: datetime) -> None:
    """Let what was typed in say what the paper says: text, sender, day and way; the number stays, as the topic does.

    The former text is kept beside it, and the ledger tells that it was corrected. A scan is kept unless there is
    another. Raises NotAllowed for anyone but who typed it, UnfitVoice, NotCorrectable when a moderator was first,
    HeldVoice while a legal hold is on it: scan, sender and day are kept in one version only. NotStored.
    """
    require("discussions.correct_voice", by, voice)
    contribution = voice.contribution
    fit = replace(fit_voice(text, contribution.consultation, at=at), topic=contribution.topic)
    name, is_hidden = author_shown(fit, contribution.consultation)
    late = came_late(phases_of(contribution.consultation), on=fit.came_on)
    shown: dict[str, Any] = {
        "author_name": name,
        "author_name_hidden": is_hidden,
        "author_is_organisation": fit.is_organisation,
    }
    try:
        replace_text(contribution, fit.body, (ContributionStatus.WAITING,), at, kind=fit.kind, came_late=late, **shown)
    except AlreadyDecided as decided:
        raise NotCorrectable from decided
    # The row is locked by now: a hold that is being placed on it is seen, or waits for this.
    if held_ids(HeldSubject.CONTRIBUTION, [contribution.pk]):
        raise HeldVoice
    people = OffsiteAuthor.objects.filter(consultation=contribution.consultation_id)
    people.filter(source_ref=contribution.source_ref).update(name=name)
    _correct_paper(voice, fit)
    notice(contribution, Sent(body=fit.body), at=at)
    facts: dict[str, Fact] = {
        "version": contribution.version,
        "fingerprint": text_fingerprint(contribution),
        "channel": fit.channel.value,
        "came_on": fit.came_on.isoformat(),
        "late": late,
    }
    record_many([entry(contribution, CONTRIBUTION_CORRECTED, as_official(by), at, **facts)])


def _correct_paper(voice: OutsideVoice, text: VoiceText) -> None:
    voice.channel, voice.came_on = text.channel, text.came_on
    changed = ["channel", "came_on"]
    if text.scan is not None:
        _delete_later(voice)
        of_scan = scan_columns(text.scan)
        for name, value in of_scan.items():
            setattr(voice, name, value)
        keep_scan(voice, text.scan)
        changed += ["scan", *of_scan]
    voice.save(update_fields=changed)
    private = {name: getattr(text, name) for name in ("name", *PRIVATE)}
    SenderAddress.objects.filter(voice=voice).update(**private, email_failed_at=None)


@transaction.atomic
def take_out_senders(
    *, consultation: Consultation, voices: Sequence[OutsideVoice], by: User, at: datetime
) -> list[SenderAddress]:
    """Return names and addresses of senders for letters to them; that they were taken out, and how many, is recorded.

    Raises NotAllowed. Where none is left nothing is recorded.
    """
    require("discussions.write_to_sender", by, consultation)
    rows = SenderAddress.objects.filter(voice__in=voices).select_related("voice__contribution")
    found = list(rows.order_by("voice__contribution__number"))
    if found:
        actor = as_official(by) if is_official(by) else as_moderator(by)
        record(
            SENDERS_TAKEN_OUT,
            subject=consultation,
            by=actor,
            at=at,
            consultation_id=consultation.pk,
            facts={"count": len(found)},
        )
    return found


@transaction.atomic
def post_receipt(*, voice: OutsideVoice, by: User, at: datetime) -> bool:
    """Say that the receipt is in the post; answer False when somebody said so before. Raises NotAllowed."""
    require("discussions.enter_voice", by, voice.contribution.consultation)
    if not OutsideVoice.objects.filter(pk=voice.pk, receipt_posted_at=None).update(receipt_posted_at=at):
        return False
    record_many([entry(voice.contribution, RECEIPT_POSTED, as_official(by), at)])
    return True


@transaction.atomic
def forget_sender(*, voice: OutsideVoice, by: User, at: datetime) -> bool:
    """Erase the private name and address of a sender before their time; answer False when they are gone.

    The text keeps the name that stands beside it. Raises NotAllowed, HeldText while a legal hold is on the text.
    """
    consultation = voice.contribution.consultation
    require("discussions.enter_voice", by, consultation)
    if held_ids(HeldSubject.CONTRIBUTION, [voice.contribution_id]):
        raise HeldText
    gone, _by_table = SenderAddress.objects.filter(voice=voice).delete()
    if gone:
        record(SENDER_FORGOTTEN, subject=consultation, by=as_official(by), at=at, consultation_id=consultation.pk)
    return bool(gone)


@transaction.atomic
def hide_sender_name(*, voice: OutsideVoice, by: User, at: datetime) -> bool:
    """Take the name of a sender from beside the text, whatever was decided on it; answer False when none stands there.

    It is protected, or became so (CPR-loven section 28). For letters it is kept apart, as it was. An organisation keeps
    its name. Raises NotAllowed.
    """
    row = voice.contribution
    require("discussions.enter_voice", by, row.consultation)
    shown = Contribution.stored.filter(pk=row.pk, author_is_organisation=False, author_name_hidden=False)
    nobody = somebody_of(the_municipality().name)
    if not shown.exclude(author_name="").update(author_name=nobody, author_district="", author_name_hidden=True):
        return False
    people = OffsiteAuthor.objects.filter(consultation=row.consultation_id, source_ref=row.source_ref)
    people.update(name=nobody)
    facts: dict[str, Fact] = {"count": 1}
    place = row.consultation
    record(AUTHOR_NAME_HIDDEN, subject=place, by=as_official(by), at=at, consultation_id=place.pk, facts=facts)
    row.refresh_from_db()
    return True


def note_failed_email(*, contribution_id: int, address: str, at: datetime) -> bool:
    """Keep that mail to the sender of a text does not arrive, so that letters go by post; False when it was kept.

    Nothing is kept of an address that was corrected meanwhile. It makes no entry: it is the mail server's word.
    """
    rows = SenderAddress.objects.filter(voice__contribution=contribution_id, email=address, email_failed_at=None)
    return bool(rows.update(email_failed_at=at))


@transaction.atomic
def clear_senders(*, at: datetime) -> int:
    """Erase the senders that nobody needs to write to any more; return how many. It makes no entry."""
    gone, _by_table = senders_to_clear(at=at).delete()
    return gone


def empty_scan(contribution: Contribution) -> None:
    """Delete the scan of a text that is erased, in the transaction that erases it; how and when it came stays."""
    if contribution.offsite_author_id is None:
        return
    voice = OutsideVoice.objects.filter(contribution=contribution).first()
    if voice is not None and voice.scan:
        _delete_later(voice)
        OutsideVoice.objects.filter(pk=voice.pk).update(**NO_SCAN)


def _delete_later(voice: OutsideVoice) -> None:
    """Delete the file when the row no longer names it for certain."""
    if voice.scan.name:
        storage: Storage = voice.scan.storage
        transaction.on_commit(partial(storage.delete, voice.scan.name))
