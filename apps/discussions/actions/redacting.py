"""Taking a passage out of a text, with a bar where it stood; and putting it back."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from apps.common.richtext import clean, plain
from apps.discussions.actions import drafting
from apps.discussions.actions.attaching import files_entry, hold_with_redaction, release_with_redaction, why_redacted
from apps.discussions.actions.authoring import replace_text
from apps.discussions.actions.noticing import Sent, notice
from apps.discussions.actions.places import show_place
from apps.discussions.engine.redaction import bar_of, bars_in, says_anything, without_passage
from apps.discussions.enums import CONTRIBUTION_REDACTED, CONTRIBUTION_UNREDACTED, ContributionStatus
from apps.discussions.errors import AlreadyDecided, EditedSinceRead, UnfitPassage
from apps.discussions.models import Contribution, PastText
from apps.discussions.queries.redactions import versions_since_author
from apps.discussions.rules import GONE, LONGEST_TEXT
from apps.ledger.actions import record_many
from apps.ledger.models import Actor
from apps.municipality.models import RefusalReason

REDACTABLE = (ContributionStatus.WAITING, ContributionStatus.PUBLISHED)


@transaction.atomic
def redact_contribution(  # noqa: PLR0913 - what a redaction is made of
    *, contribution: Contribution, version: int, passage: str, reason: RefusalReason, by: Actor, at: datetime
) -> None:
    """Put a bar with the reason wherever the passage stands, in a new version of the text.

    The former text is sealed beside it: its fingerprint still proves the receipt, and its author and moderators can
    read it. Whether the text waits or everyone reads it stays as it was. Its files are held back with the same reason,
    as they may say the same: a moderator looks into each and shows it again.
    Raises UnfitPassage when the passage does not stand there, is all there is, or begins or ends inside what is
    formatted; AlreadyDecided for what neither waits nor is published and for the municipality's answers;
    EditedSinceRead when another version stands there than the moderator read.
    """
    if contribution.status not in REDACTABLE or contribution.is_answer:
        raise AlreadyDecided
    if contribution.version != version:
        raise EditedSinceRead
    bar, taken = _bar(reason), clean(passage)
    text = redacted(contribution.body, taken, bar)
    kept = {"is_sealed": True, "passage": taken, "bar": bar}
    states = (ContributionStatus(contribution.status),)
    replace_text(contribution, text, states, at, kept=kept, unread_since=None)
    show_place(contribution)
    notice(contribution, Sent(body=text), at=at)
    _tell(contribution, reason, by, at, has_held=hold_with_redaction(contribution, version, reason))


@transaction.atomic
def lift_redaction(*, contribution: Contribution, version: int, by: Actor, at: datetime, note: str = "") -> None:
    """Put back the passage that was redacted from that version, as a new version of the text; with a note beside it.

    The text is what its author wrote last, sanitised again, with the bars of all other redactions that stand. Whether
    everyone reads it stays as it was. What was sealed is a former version like any other then, and the files that were
    held back because of it are shown, unless a later redaction stands: then they are held back with that one.
    Raises AlreadyDecided when the redaction stands no more: put back before, changed by its author since, taken back
    or erased; UnfitPassage when another passage that is redacted cannot be told from this one.
    """
    Contribution.stored.select_for_update().get(pk=contribution.pk)
    contribution.refresh_from_db()
    former = versions_since_author(contribution)
    lifted = next((past for past in former if past.version == version and past.is_sealed), None)
    if lifted is None or contribution.status in GONE:
        raise AlreadyDecided
    text = former[0].body
    for other in former:
        if other.is_sealed and other != lifted:
            text = redacted(text, other.passage, other.bar)
    as_it_stands = (ContributionStatus(contribution.status),)
    replace_text(contribution, text, as_it_stands, at, kept={"lifts": version}, **({"note": note} if note else {}))
    notice(contribution, Sent(body=text), at=at)
    PastText.objects.filter(pk=lifted.pk).update(is_sealed=False)
    show_place(contribution)
    shown: dict[str, Any] = {"version": contribution.version, "fingerprint": drafting.text_fingerprint(contribution)}
    reason = why_redacted(contribution, lifted)
    draft = drafting.entry(contribution, CONTRIBUTION_UNREDACTED, by, at, **shown, reason=reason)
    stands = next((past for past in former if past.is_sealed and past.version > version), None)
    has_shown = release_with_redaction(contribution, version=version, stands=stands)
    record_many([draft, *([files_entry(contribution, by=by, at=at)] if has_shown else [])])


@transaction.atomic
def redact_again(  # noqa: PLR0913 - what a redaction is made of
    *,
    contribution: Contribution,
    version: int,
    reason: RefusalReason,
    shown: Collection[int] = (),
    by: Actor,
    at: datetime,
) -> None:
    """Take out once more the passage that was put back last: the redaction from that version stands again.

    The text and what stands beside it are as they were before, in a new version, and so are its files: they are held
    back but for those that a moderator had `shown`. Whether everyone reads it stays as it was.
    Raises AlreadyDecided when something else has happened to the text since.
    """
    Contribution.stored.select_for_update().get(pk=contribution.pk)
    contribution.refresh_from_db()
    former = versions_since_author(contribution)
    redaction = next((past for past in former if past.version == version), None)
    if redaction is None or former[-1].lifts != version or contribution.status not in REDACTABLE:
        raise AlreadyDecided
    kept = {"passage": redaction.passage, "bar": redaction.bar}
    states, text, note = (ContributionStatus(contribution.status),), former[-1].body, former[-1].note
    replace_text(contribution, text, states, at, kept=kept, note=note, unread_since=None)
    PastText.objects.filter(pk=redaction.pk).update(is_sealed=True)
    show_place(contribution)
    notice(contribution, Sent(body=text), at=at)
    _tell(
        contribution, reason, by, at, has_held=hold_with_redaction(contribution, redaction.version, reason, but=shown)
    )


def _tell(contribution: Contribution, reason: RefusalReason, by: Actor, at: datetime, *, has_held: bool) -> None:
    stands: dict[str, Any] = {"version": contribution.version, "fingerprint": drafting.text_fingerprint(contribution)}
    draft = drafting.entry(contribution, CONTRIBUTION_REDACTED, by, at, **stands, reason=reason.code)
    record_many([draft, *([files_entry(contribution, by=by, at=at)] if has_held else [])])


def redacted(text: str, passage: str, bar: str) -> str:
    """Return the text with bars instead of the passage; raises UnfitPassage unless nothing else about it differs."""
    changed = without_passage(text, passage, bar)
    if changed is None or bars_in(passage) or any(passage.strip() in old for old in bars_in(text)):
        raise UnfitPassage(
            _("The passage does not stand in the text like this. Copy it from there, from its first to its last word.")
        )
    before, after, taken = _words(text), _words(changed), _words(passage)
    if not says_anything(after):
        raise UnfitPassage(_("The passage is all that the text says. Refuse or hide the text instead."))
    if len(changed) > LONGEST_TEXT:
        raise UnfitPassage(
            _("With the bars the text would be longer than 10,000 characters. Redact a longer passage in one.")
        )
    # Where the words differ in more than the passage, something formatted was cut in two, or the passage stands there
    # once more in another form.
    if not taken or before.replace(taken, _words(bar)) != after:
        raise UnfitPassage(
            _(
                "The passage begins or ends inside something formatted, such as a link, a list or stressed words, or "
                "stands there once more formatted otherwise. Take all of that into the passage."
            )
        )
    return changed


def _bar(reason: RefusalReason) -> str:
    """Return the bar, in the language of the municipality: it becomes part of the text."""
    with override(settings.LANGUAGE_CODE):
        if reason.rule_number is None:
            words = _("redacted by a moderator: %(reason)s") % {"reason": reason.title}
        else:
            words = _("redacted by a moderator: %(reason)s, house rule %(number)s") % {
                "reason": reason.title,
                "number": reason.rule_number,
            }
        return bar_of(str(words))


def _words(text: str) -> str:
    """Return what is read of a text, on one line."""
    return plain(text, LONGEST_TEXT)
