"""Typing in what came in another way than on the site: one text or many, by the rules and the action of all receipts.

What is typed in takes the next numbers and waits for a moderator like everything else. Its place is that of its number;
whether it was on time goes by the day on which it came.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.accounts.rules import as_official
from apps.common.identity_numbers import mask
from apps.common.permissions import Sentence, require
from apps.common.richtext import one_line
from apps.common.uploads import FitFile
from apps.consultations.actions import lock_counts
from apps.consultations.enums import NamePolicy
from apps.consultations.errors import NotStored
from apps.consultations.models import Consultation, Topic
from apps.consultations.queries import phases_of
from apps.discussions.actions.bulk import Received, receive_many
from apps.discussions.actions.drafting import Writing, entry, fit_text
from apps.discussions.engine.names import first_name_and_district, somebody_of
from apps.discussions.enums import CONTRIBUTION_ENTERED, Channel, ContributionKind, ContributionStatus
from apps.discussions.errors import UnfitText, UnfitVoice
from apps.discussions.models import Contribution, OffsiteAuthor, OutsideVoice, Scanned, SenderAddress
from apps.discussions.queries.authors import Author
from apps.discussions.queries.outside import entered_before, entered_under
from apps.discussions.rules.outside import MASKED, came_late, why_no_sender, why_not_on_this_day, why_not_private
from apps.ledger.actions import record_many
from apps.municipality.queries import the_municipality

PRIVATE = ("address", "postal_line", "email")


@dataclass(frozen=True, kw_only=True)
class VoiceText:
    """What is typed in for somebody: how and when it came, who sent it, and what it says. Address and mail are private.

    `is_protected`: the name is protected, so it is shown to nobody (CPR-loven section 28).
    """

    topic: Topic
    channel: Channel
    came_on: date
    name: str
    body: str
    kind: ContributionKind = ContributionKind.VIEW
    is_organisation: bool = False
    is_protected: bool = False
    address: str = ""
    postal_line: str = ""
    email: str = ""
    scan: FitFile | None = None


def enter_voice(*, voice: VoiceText, key: UUID, by: User, at: datetime) -> Contribution:
    """Receive one text that came in another way: it has a number, waits for a moderator, and its sender is kept apart.

    The same key gives the contribution that it gave before. Raises NotAllowed, UnfitVoice, NotStored.
    """
    (made,) = enter_voices(voices=[voice], key=key, by=by, at=at)
    return made


def enter_voices(*, voices: Sequence[VoiceText], key: UUID, by: User, at: datetime) -> list[Contribution]:
    """Receive many of one hearing, in the order given, each as if it had been typed in by itself; all or none.

    Raises NotAllowed, and UnfitVoice for the first that cannot be received (`why_not_voices` tells of all).
    """
    try:
        with transaction.atomic():
            return _enter(voices, key, by, at)
    except IntegrityError:
        # The other request of a double click was first.
        found = entered_under(voices[0].topic.consultation_id, _refs(key, len(voices)))
        if len(found) != len(voices):
            raise
        return found


def why_not_voices(*, voices: Sequence[VoiceText], at: datetime) -> dict[int, UnfitVoice]:
    """Return what is wrong with each of these texts, by its place in the list; nothing is received."""
    if not voices:
        return {}
    consultation = _as_it_stands(voices[0])
    found: dict[int, UnfitVoice] = {}
    fit: list[tuple[int, VoiceText]] = []
    for place, voice in enumerate(voices):
        try:
            fit.append((place, fit_voice(voice, consultation, at=at)))
        except UnfitVoice as unfit:
            found[place] = unfit
    names = [_author(voice, None).name for _place, voice in fit]
    known = entered_before(consultation.pk, [voice.body for _place, voice in fit])
    for (place, voice), name in zip(fit, names, strict=True):
        number = known.setdefault((name, voice.body), 0)
        known[name, voice.body] = number or -place - 1
        if number:
            found[place] = UnfitVoice("body", _already(number))
    return found


def fit_voice(voice: VoiceText, consultation: Consultation, *, at: datetime) -> VoiceText:
    """Return what was typed as it is stored, identity numbers masked. Raises UnfitVoice with field and sentence."""
    masked: dict[str, Any] = {name: mask(getattr(voice, name)) for name in MASKED}
    voice = replace(voice, **masked)
    try:
        body = fit_text(voice.body)
    except UnfitText as unfit:
        raise UnfitVoice("body", str(unfit)) from unfit
    lines: dict[str, Any] = {name: one_line(getattr(voice, name)) for name in ("name", *PRIVATE)}
    refusals: dict[str, Sentence | None] = {
        "came_on": why_not_on_this_day(consultation, voice.came_on, at=at),
        "name": why_no_sender(lines["name"]),
        **{name: why_not_private(lines[name]) for name in PRIVATE},
    }
    for field, sentence in refusals.items():
        if sentence is not None:
            raise UnfitVoice(field, sentence)
    return replace(voice, body=body, **lines)


def author_shown(voice: VoiceText, consultation: Consultation) -> tuple[str, bool]:
    """Return how the sender stands beside the text, and whether that hides the name. Organisations are shown."""
    if voice.is_organisation:
        return voice.name, False
    if voice.is_protected:
        return somebody_of(the_municipality().name), True
    is_short = consultation.name_policy == NamePolicy.FIRST_NAME
    return first_name_and_district(voice.name, "") if is_short else voice.name, False


def _enter(voices: Sequence[VoiceText], key: UUID, by: User, at: datetime) -> list[Contribution]:
    # From here on no deadline is moved, and no colleague types the same letter in, before these are received.
    lock_counts(voices[0].topic.consultation_id)
    consultation = _as_it_stands(voices[0])
    require("discussions.enter_voice", by, consultation)
    refs = _refs(key, len(voices))
    before = entered_under(consultation.pk, refs)
    if before:
        return before
    for unfit in why_not_voices(voices=voices, at=at).values():
        raise unfit
    fit = [fit_voice(voice, consultation, at=at) for voice in voices]
    phases, actor = phases_of(consultation), as_official(by)
    rows = [
        Received(
            writing=Writing(
                topic=voice.topic,
                author=author,
                kind=voice.kind,
                body=voice.body,
                source_ref=ref,
                came_late=came_late(phases, on=voice.came_on),
            ),
            received_at=at,
            status=ContributionStatus.WAITING,
        )
        for voice, ref, author in zip(fit, refs, _authors(fit, refs), strict=True)
    ]
    made = receive_many(consultation_id=consultation.pk, rows=rows, by=actor, decided_by=actor)
    _keep(made, fit, by, at)
    record_many(
        [
            entry(row, CONTRIBUTION_ENTERED, actor, row.received_at, channel=voice.channel.value, came_on=_iso(voice))
            for row, voice in zip(made, fit, strict=True)
        ]
    )
    return made


def _keep(made: Sequence[Contribution], voices: Sequence[VoiceText], by: User, at: datetime) -> None:
    """Keep beside the texts how they came, and apart from everything who sent them."""
    kept = [
        OutsideVoice(
            contribution=row, channel=voice.channel, came_on=voice.came_on, typed_by=by, **scan_columns(voice.scan)
        )
        for row, voice in zip(made, voices, strict=True)
    ]
    for row, voice in zip(kept, voices, strict=True):
        if voice.scan is not None:
            keep_scan(row, voice.scan)
    kept = OutsideVoice.objects.bulk_create(kept)
    senders = [
        SenderAddress(voice=row, entered_at=at, **{name: getattr(voice, name) for name in ("name", *PRIVATE)})
        for row, voice in zip(kept, voices, strict=True)
    ]
    SenderAddress.objects.bulk_create(senders)


def keep_scan(row: Scanned, scan: FitFile) -> None:
    """Store the scan of what came on paper; its row is saved after it. Raises NotStored."""
    try:
        scan.content.seek(0)
        row.scan.save("", scan.content, save=False)
    except OSError as full:
        raise NotStored from full


def scan_columns(scan: FitFile | None) -> dict[str, Any]:
    """Return what the row says of a scan, but for the file itself."""
    return {"kind": scan.kind, "size": scan.size, "sha256": scan.sha256} if scan else {}


def _authors(voices: Sequence[VoiceText], refs: Sequence[str]) -> list[Author]:
    shown = [author_shown(voice, voice.topic.consultation)[0] for voice in voices]
    people = OffsiteAuthor.objects.bulk_create(
        [
            OffsiteAuthor(consultation_id=voice.topic.consultation_id, source_ref=ref, name=name)
            for voice, ref, name in zip(voices, refs, shown, strict=True)
        ]
    )
    return [_author(voice, person) for voice, person in zip(voices, people, strict=True)]


def _author(voice: VoiceText, person: OffsiteAuthor | None) -> Author:
    name, is_hidden = author_shown(voice, voice.topic.consultation)
    return Author(name=name, offsite=person, is_organisation=voice.is_organisation, name_hidden=is_hidden)


def _as_it_stands(voice: VoiceText) -> Consultation:
    return Consultation.objects.get(pk=voice.topic.consultation_id)


def _refs(key: UUID, count: int) -> list[str]:
    """Return under which keys the texts of one form stand: however often it is sent, each is received once."""
    return [f"typed-{uuid5(key, str(place))}" for place in range(count)]


def _iso(voice: VoiceText) -> str:
    return voice.came_on.isoformat()


def _already(number: int) -> Sentence:
    if number > 0:
        return _("The same text of the same sender is no. %(number)s already, so it is not received again.") % {
            "number": number
        }
    return _("The same text of the same sender stands above already, in row %(row)s.") % {"row": -number}
