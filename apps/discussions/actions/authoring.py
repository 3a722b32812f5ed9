"""What authors do with their own texts: change them while they wait, and take them back."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from apps.accounts.models import User
from apps.accounts.rules import as_citizen
from apps.common.permissions import require
from apps.common.richtext import to_html
from apps.consultations.actions import adjust_counts
from apps.consultations.queries import phases_of
from apps.discussions.actions.attaching import Enclosure, attach_files, files_entry, leave_out_files
from apps.discussions.actions.drafting import SALT_BYTES, decision_due, entry, fit_text, text_fingerprint
from apps.discussions.actions.letters import part_from_letters
from apps.discussions.actions.noticing import Sent, notice
from apps.discussions.actions.returning import waits_again
from apps.discussions.engine.redaction import bars_in
from apps.discussions.enums import CONTRIBUTION_REVISED, CONTRIBUTION_WITHDRAWN, ContributionKind, ContributionStatus
from apps.discussions.errors import AlreadyDecided
from apps.discussions.models import Contribution, PastText
from apps.discussions.queries.beside import files_beside
from apps.discussions.queries.pauses import pause_of
from apps.discussions.queries.proposals import proposal_of
from apps.ledger.actions import Fact, record, record_many
from apps.screening.actions import forget_flags, forget_signature

STILL_THE_AUTHORS = (ContributionStatus.WAITING, ContributionStatus.RETURNED)


@transaction.atomic
def revise_contribution(  # noqa: PLR0913 - what can change
    *,
    contribution: Contribution,
    kind: ContributionKind,
    body: str,
    files: Sequence[Enclosure] = (),
    leave_out: Collection[int] = (),
    by: User,
    at: datetime,
) -> bool:
    """Replace the text of a waiting contribution, keeping its number; answer False when nothing differs.

    `files` come beside it, and those at the positions `leave_out` stand there no more.

    One that was sent back waits again, and is due anew; so does one that was held where the consultation publishes
    first, so that nobody finds out by trying what a program notices. The former text is kept beside it.

    Raises NotAllowed, UnfitText, UnfitFile, NotStored, and AlreadyDecided when a moderator was first.
    """
    phases, pause = phases_of(contribution.consultation), pause_of(by, contribution.consultation, at=at)
    require("discussions.revise_contribution", by, contribution, phases=phases, pause=pause, at=at)
    text = fit_text(body, bars=bars_in(contribution.body))
    if kind != ContributionKind.PROPOSAL and proposal_of(contribution) is not None:
        kind = ContributionKind.PROPOSAL
    standing = files_beside(contribution)
    leaves = {row.position for row in standing if row.position in leave_out and not row.is_removed}
    stands = [row.size for row in standing if row.position not in leaves]
    if (text, kind) == (contribution.body, contribution.kind) and not files and not leaves:
        return False
    due_at = decision_due(at) if contribution.is_returned or contribution.due_at is None else contribution.due_at
    replace_text(contribution, text, STILL_THE_AUTHORS, at, kind=kind, **waits_again(due_at))
    notice(contribution, Sent(body=body), at=at)
    leave_out_files(contribution, leaves)
    attach_files(contribution=contribution, files=files, by=by, at=at, stands=stands)
    facts: dict[str, Fact] = {"version": contribution.version, "fingerprint": text_fingerprint(contribution)}
    told = [entry(contribution, CONTRIBUTION_REVISED, as_citizen(by), at, **facts)]
    if files or leaves:
        told.append(files_entry(contribution, by=as_citizen(by), at=at))
    record_many(told)
    return True


def replace_text(
    contribution: Contribution,
    text: str,
    states: Sequence[ContributionStatus],
    at: datetime,
    *,
    kept: Mapping[str, Any] | None = None,
    **changes: Any,
) -> None:
    """Let another text stand, with a salt of its own, and keep the former one beside it as a version.

    `kept` is what is kept with the former one, where a moderator replaced it.
    The text has been through `fit_text`. Raises AlreadyDecided unless the version that was read stands in such a state.
    """
    former = PastText(
        contribution=contribution,
        version=contribution.version,
        body=contribution.body,
        salt=contribution.salt,
        note=contribution.note,
        replaced_at=at,
        **(kept or {}),
    )
    part_from_letters([contribution.pk])
    as_read = Contribution.stored.filter(pk=contribution.pk, status__in=states, version=contribution.version)
    text_of = {"body": text, "body_html": to_html(text), "salt": secrets.token_bytes(SALT_BYTES)}
    if not as_read.update(version=F("version") + 1, **text_of, **changes):
        raise AlreadyDecided
    former.save(force_insert=True)
    forget_signature(subject_id=contribution.pk)
    contribution.refresh_from_db()


@transaction.atomic
def withdraw_contribution(*, contribution: Contribution, by: User, at: datetime) -> bool:
    """Take a contribution back, waiting or published: its number stays with a note, its text is shown to nobody else.

    The text stays sealed in the row as part of the record; answers and replies stand. Raises NotAllowed for anyone but
    the author, and AlreadyDecided when a moderator was first.
    """
    if contribution.author_id == by.pk and contribution.status == ContributionStatus.WITHDRAWN:
        return False
    require("discussions.withdraw_contribution", by, contribution)
    part_from_letters([contribution.pk])
    was_public, as_read = contribution.is_published, Contribution.stored.filter(status=contribution.status)
    taken_back = {"status": ContributionStatus.WITHDRAWN, "decided_at": at, "unread_since": None}
    if not as_read.filter(pk=contribution.pk).update(**taken_back):
        raise AlreadyDecided
    forget_flags(subject_id=contribution.pk)
    forget_signature(subject_id=contribution.pk)
    contribution.refresh_from_db()
    if was_public:
        adjust_counts(contribution.topic_id, consultation_id=contribution.consultation_id, published=-1)
    record(
        CONTRIBUTION_WITHDRAWN,
        subject=contribution,
        by=as_citizen(by),
        at=at,
        consultation_id=contribution.consultation_id,
        topic_id=contribution.topic_id,
        number=contribution.number,
    )
    return True
