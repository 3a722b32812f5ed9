"""The consultation itself: drafted, revised, published."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.accounts.rules import as_official
from apps.common.permissions import require
from apps.common.richtext import clean, one_line
from apps.common.slugs import danish_slug
from apps.consultations.actions.english import note_danish
from apps.consultations.actions.legal import settled, tell_shortened
from apps.consultations.actions.meanwhile import made_before
from apps.consultations.actions.proposals import PROPOSED, keep_version
from apps.consultations.actions.review import IN_WORK
from apps.consultations.actions.team import take_in
from apps.consultations.actions.telling import tell
from apps.consultations.engine.fingerprints import sending
from apps.consultations.engine.sections import proposal_html
from apps.consultations.enums import (
    CONSULTATION_DRAFTED,
    CONSULTATION_PUBLISHED,
    CONSULTATION_REVISED,
    MODERATION_SET,
    ConsultationKind,
    ConsultationStatus,
    ModerationMode,
    NamePolicy,
    PostPause,
    TeamRole,
    WriteAccess,
)
from apps.consultations.errors import AddressTaken, ChangedMeanwhile, NamesSettled, NotApproved, NotReady, ReasonMissing
from apps.consultations.models import Consultation
from apps.consultations.queries import draft_state, latest_review, missing_before_publishing, period_of, phases_of
from apps.consultations.rules import why_not_approved

# What stands where a consultation's or a topic's address would stand on the desk.
RESERVED_ADDRESSES = frozenset({"new"})


@dataclass(frozen=True, kw_only=True)
class ConsultationText:
    """What an official writes about a consultation."""

    title: str
    lede: str = ""
    body: str = ""
    decision_note: str = ""
    contact: str = ""
    write_access: WriteAccess = WriteAccess.CONFIRMED
    name_policy: NamePolicy = NamePolicy.FULL_NAME
    moderation_mode: ModerationMode = ModerationMode.BEFORE
    post_pause: PostPause = PostPause.NONE


@transaction.atomic
def draft_consultation(  # noqa: PLR0913 - what a draft is made of
    *,
    text: ConsultationText,
    slug: str = "",
    kind: ConsultationKind = ConsultationKind.HEARING,
    key: UUID | None = None,
    by: User,
    at: datetime,
) -> Consultation:
    """Make a draft that only its team sees; whoever drafts it owns it. Raises AddressTaken for an address in use.

    The same text sent again under the same key gives the draft that it made before.
    """
    require("consultations.draft_consultation", by)
    before = drafted_before(text=text, slug=slug, key=key)
    if before is not None:
        return before
    form_key, text = _form_key(text, slug, key), _cleaned(text)
    address = slug or danish_slug(text.title) or "hearing"
    if address in RESERVED_ADDRESSES or Consultation.objects.filter(slug=address).exists():
        raise AddressTaken
    try:
        with transaction.atomic():
            consultation = Consultation.objects.create(
                kind=kind,
                slug=address,
                created_by=by,
                created_at=at,
                body_html=proposal_html(text.body),
                form_key=form_key,
                **asdict(text),
            )
    except IntegrityError as taken_meanwhile:
        # The other request of a double click may have been first.
        before = made_before(Consultation.objects.all(), form_key)
        if before is None:
            raise AddressTaken from taken_meanwhile
        return before
    _tell_drafted(consultation, by, at)
    return consultation


def _tell_drafted(consultation: Consultation, by: User, at: datetime) -> None:
    tell(kind=CONSULTATION_DRAFTED, consultation=consultation, by=by, at=at)
    take_in(consultation=consultation, person=by, role=TeamRole.OWNER, by=by, at=at)
    if consultation.publishes_first:
        _tell_mode(consultation, by, at)


def drafted_before(*, text: ConsultationText, slug: str, key: UUID | None) -> Consultation | None:
    """Return the draft that this text made under this key, as with a second click."""
    return made_before(Consultation.objects.all(), _form_key(text, slug, key))


def _form_key(text: ConsultationText, slug: str, key: UUID | None) -> UUID | None:
    return sending(key, [asdict(_cleaned(text)), slug])


@transaction.atomic
def revise_consultation(  # noqa: PLR0913 - what an official saves
    *,
    consultation: Consultation,
    text: ConsultationText,
    what_changed: str = "",
    revision: int | None = None,
    by: User,
    at: datetime,
) -> bool:
    """Change the texts; answer False when nothing differs.

    A published proposal that changes gets its next version, with the sentence on what changed. `revision` is the one
    that the official began with. When moderators read is told by an entry of its own; what waits then keeps waiting,
    and what was published by rule is still read.
    Raises ChangedMeanwhile when a colleague has saved since, ReasonMissing without that sentence, and NamesSettled when
    names would be shown in another way than those who have written were told.
    """
    require("consultations.edit_consultation", by, consultation)
    standing = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if revision is not None and revision != standing.revision:
        raise ChangedMeanwhile
    written = asdict(_cleaned(text)).items()
    changes: dict[str, Any] = {name: value for name, value in written if getattr(consultation, name) != value}
    changed, sentence = frozenset(changes), one_line(what_changed)
    if not changes:
        return False
    if "name_policy" in changes and standing.has_received:
        raise NamesSettled
    is_new_version = standing.is_published and bool(changed & PROPOSED)
    _require_sentence(is_new_version, sentence)
    for name, value in (changes | {"revision": standing.revision + 1}).items():
        setattr(consultation, name, value)
    if "body" in changes:  # else a colleague may have changed it meanwhile, and its HTML with it
        changes["body_html"] = consultation.body_html = proposal_html(consultation.body)
    consultation.save(update_fields={*changes, "revision"})
    if is_new_version:
        keep_version(consultation=consultation, what_changed=sentence, by=as_official(by), at=at, person=by)
    note_danish(consultation=consultation, at=at)  # after the version that what fits belongs to
    _tell_changes(consultation, changed - PROPOSED if is_new_version else changed, by, at)
    return True


def _require_sentence(is_new_version: bool, sentence: str) -> None:  # noqa: FBT001 - a condition and what it asks for
    if is_new_version and not sentence:
        raise ReasonMissing(_("The proposal is public: write one sentence on what you changed, for those who read it."))


def _tell_changes(consultation: Consultation, changed: frozenset[str], by: User, at: datetime) -> None:
    """Record what no version of the proposal tells: that moderators read at another time, and all the rest as one."""
    if "moderation_mode" in changed:
        _tell_mode(consultation, by, at)
    if changed - {"moderation_mode"}:
        tell(kind=CONSULTATION_REVISED, consultation=consultation, by=by, at=at)


def _tell_mode(consultation: Consultation, by: User, at: datetime) -> None:
    tell(kind=MODERATION_SET, consultation=consultation, by=by, at=at, mode=str(consultation.moderation_mode))


@transaction.atomic
def publish_consultation(*, consultation: Consultation, by: User, at: datetime) -> bool:
    """Show the consultation to everyone; answer False when it was.

    Raises NotReady with what is missing, NotApproved where a colleague has to approve the draft as it stands first.
    """
    require("consultations.edit_consultation", by, consultation)
    Consultation.objects.select_for_update().get(pk=consultation.pk)
    _require_ready(consultation, at)
    period = period_of(consultation, phases_of(consultation), at=at)
    changed = Consultation.objects.filter(pk=consultation.pk, status__in=IN_WORK).update(
        status=ConsultationStatus.PUBLISHED, published_at=at, **settled(period)
    )
    if changed:
        consultation.refresh_from_db()
        tell(kind=CONSULTATION_PUBLISHED, consultation=consultation, by=by, at=at)
        tell_shortened(consultation=consultation, by=by, at=at)
        keep_version(consultation=consultation, by=as_official(by), at=at, person=by)
        note_danish(consultation=consultation, at=at)
    return bool(changed)


def _require_ready(consultation: Consultation, at: datetime) -> None:
    if consultation.is_published:
        return
    if consultation.is_cancelled:
        raise NotReady(_("The hearing was cancelled, so it can no longer be published. Draft a new one."))
    missing = missing_before_publishing(consultation, at=at)
    if missing:
        raise NotReady(missing[0].sentence)
    refused = why_not_approved(consultation, state=draft_state(consultation), latest=latest_review(consultation))
    if refused is not None:
        raise NotApproved(refused)


def _cleaned(text: ConsultationText) -> ConsultationText:
    """Return the text as it is stored: without signs that cannot be seen, and with single-line fields on one line."""
    title, lede, decision_note, contact = (
        one_line(line) for line in (text.title, text.lede, text.decision_note, text.contact)
    )
    return replace(
        text, title=title, lede=lede, decision_note=decision_note, contact=contact, body=clean(text.body).strip()
    )
