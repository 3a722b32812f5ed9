"""Telling those who objected on time how the case was decided: by mail, on paper, or through Digital Post."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.accounts.rules import THE_SYSTEM, as_official
from apps.common.pdf import can_make_pdf
from apps.common.permissions import require
from apps.discussions.actions import keep_in_place, take_out_senders
from apps.discussions.models import SenderAddress
from apps.discussions.queries import contributions_with_senders, sender_of
from apps.ledger.actions import Draft, Fact, record, record_many
from apps.ledger.enums import Kind
from apps.ledger.models import Actor
from apps.publications.engine.digital_post import Consignment, DigitalPost, NotHandedOver
from apps.publications.engine.notices import Addressee
from apps.publications.enums.notices import (
    NOTICE_GIVEN,
    NOTICE_REROUTED,
    NOTICES_BEGUN,
    NoticeStatus,
    NoticeTrouble,
    NoticeWay,
)
from apps.publications.errors.decisions import UnfitDecision
from apps.publications.models.decisions import CaseMeeting, CaseMeetingVersion
from apps.publications.models.notices import DecisionNotice
from apps.publications.queries.notices import letters_to_print, notice_plan, notices_to_hand_over
from apps.publications.rendering.notices import notices_as_pdf, title_of_notice

_OF_NOTICE = ("version__meeting__consultation", "contribution")


@transaction.atomic
def begin_notices(*, version: CaseMeetingVersion, ways: Collection[str], by: User, at: datetime) -> int:
    """Begin to tell everyone who wrote on time of the decision, each once, by the first of these ways to reach them.

    Return how many; those who have a notice of this version are left out, as with a second click. Raises NotAllowed,
    UnfitDecision for a version that is not the one in force, without a way, and when the ways reach nobody.
    """
    require("publications.write_decision", by, version.meeting.consultation)
    standing = CaseMeeting.objects.select_for_update().get(pk=version.meeting_id)
    if not version.has_ended or standing.version != version.version:
        raise UnfitDecision(_("Another decision is in force by now. Load the page again."))
    if not ways:
        raise UnfitDecision(_("Choose at least one way."), "ways")
    # Nothing leaves the hearing between this look and what its author is told by.
    keep_in_place(contribution_ids={one.pk for one, _way in notice_plan(version, ways).told})
    plan = notice_plan(version, ways)
    if not plan.told:
        return 0
    rows = (_row(version, one, way, at) for one, way in plan.told)
    DecisionNotice.objects.bulk_create(rows, batch_size=500)
    numbers = sorted(one.number for one, _way in plan.told)
    facts: dict[str, Fact] = {
        "meeting": standing.number,
        "version": version.version,
        "count": len(numbers),
        "numbers": numbers,
    }
    place = {"consultation_id": standing.consultation_id}
    record(NOTICES_BEGUN, subject=version, by=as_official(by), at=at, facts=facts, **place)
    return len(plan.told)


def _row(version: CaseMeetingVersion, one: Addressee, way: str, at: datetime) -> DecisionNotice:
    return DecisionNotice(
        version=version, contribution_id=one.pk, number=one.number, numbers=one.numbers, way=way, made_at=at
    )


@transaction.atomic
def print_notices(*, version: CaseMeetingVersion, by: User, at: datetime) -> list[tuple[DecisionNotice, SenderAddress]]:
    """Return the next letters with whom they go to; the ledger tells that so many addresses were taken out.

    They stay on the list until somebody says that they are posted. Raises NotAllowed.
    """
    consultation = version.meeting.consultation
    require("publications.write_decision", by, consultation)
    rows = letters_to_print(version)
    senders = take_out_senders(
        consultation=consultation, voices=[row.contribution.outside for row in rows], by=by, at=at
    )
    by_text = {sender.voice.contribution_id: sender for sender in senders}
    DecisionNotice.objects.filter(pk__in=[row.pk for row in rows]).update(printed_at=at)
    return [(row, by_text[row.contribution_id]) for row in rows if row.contribution_id in by_text]


@transaction.atomic
def post_notices(*, version: CaseMeetingVersion, by: User, at: datetime) -> int:
    """Say that the letters which were printed are in the post; return how many. Raises NotAllowed."""
    require("publications.write_decision", by, version.meeting.consultation)
    printed = DecisionNotice.objects.filter(
        version=version, way=NoticeWay.LETTER, status=NoticeStatus.DUE, printed_at__isnull=False
    )
    return _give(printed.select_for_update().select_related(*_OF_NOTICE), as_official(by), at)


@transaction.atomic
def post_notice(*, notice: DecisionNotice, by: User, at: datetime) -> bool:
    """Say that one letter is in the post, as one whose address was found elsewhere; False when it was. NotAllowed."""
    require("publications.write_decision", by, notice.version.meeting.consultation)
    rows = DecisionNotice.objects.filter(pk=notice.pk, way=NoticeWay.LETTER, status=NoticeStatus.DUE)
    return bool(_give(rows.select_for_update().select_related(*_OF_NOTICE), as_official(by), at))


@transaction.atomic
def send_by_letter(*, notice: DecisionNotice, by: User, at: datetime) -> bool:
    """Put a notice on the list of letters that came back, or did not leave, in another way; False when it is there.

    Raises NotAllowed.
    """
    require("publications.write_decision", by, notice.version.meeting.consultation)
    return _reroute(notice.pk, NoticeTrouble.RETURNED, as_official(by), at)


def note_mailed_notice(*, notice_id: int | None, at: datetime) -> bool:
    """Keep that the mail server took a notice; False when that is known, it goes by letter by now, or it is none."""
    if notice_id is None:
        return False
    with transaction.atomic():
        rows = DecisionNotice.objects.filter(pk=notice_id, way=NoticeWay.MAIL, status=NoticeStatus.DUE)
        return bool(_give(rows.select_for_update().select_related(*_OF_NOTICE), THE_SYSTEM, at))


def note_failed_notice(*, notice_id: int | None, at: datetime) -> bool:
    """Put a notice whose mail does not arrive on the list of letters; False when it is there, or it is none."""
    if notice_id is None:
        return False
    with transaction.atomic():
        return _reroute(notice_id, NoticeTrouble.MAIL_FAILED, THE_SYSTEM, at)


def hand_over_notices(*, post: DigitalPost | None, at: datetime) -> int:
    """Hand over to Digital Post what waits for it, one by one; return how many. It stops where the way is barred.

    One that was handed over is never handed over as another letter: it keeps its key. Who has no address any more is
    put on the list of letters.
    """
    given = 0
    for pk in notices_to_hand_over().values_list("pk", flat=True):
        trouble = _hand_over(pk, post, at)
        if trouble is not None:
            notices_to_hand_over().filter(pk=pk).update(trouble=trouble)
            break
        given += 1
    return given


@transaction.atomic
def _hand_over(pk: int, post: DigitalPost | None, at: datetime) -> NoticeTrouble | None:
    """Hand one over, and note that it is; return what is in the way of this one and all others, or None."""
    if post is None or not can_make_pdf():
        return NoticeTrouble.NO_FOLDER if post is None else NoticeTrouble.NO_PDF
    notice = notices_to_hand_over().select_for_update(of=("self",)).select_related(*_OF_NOTICE).filter(pk=pk).first()
    if notice is None:
        return None
    sender = sender_of(contributions_with_senders([notice.contribution_id])[notice.contribution_id])
    if sender is None or not sender.can_be_posted_to:
        _reroute(pk, NoticeTrouble.NO_ADDRESS, THE_SYSTEM, at)
        return None
    try:
        post.deliver(_consignment(notice, sender))
    except NotHandedOver:
        return NoticeTrouble.NO_FOLDER
    _give([notice], THE_SYSTEM, at)
    return None


def _consignment(notice: DecisionNotice, sender: SenderAddress) -> Consignment:
    return Consignment(
        key=str(notice.key),
        title=title_of_notice(notice),
        name=sender.name,
        address=sender.address,
        postal_line=sender.postal_line,
        case=notice.version.meeting.consultation.slug,
        numbers=tuple(notice.numbers),
        pdf=notices_as_pdf([(notice, sender)]),
    )


def _give(notices: Iterable[DecisionNotice], by: Actor, at: datetime) -> int:
    """Note that these have left, in a transaction that holds their rows; return how many."""
    rows = list(notices)
    DecisionNotice.objects.filter(pk__in=[row.pk for row in rows]).update(
        status=NoticeStatus.GIVEN, given_at=at, trouble=""
    )
    _tell(NOTICE_GIVEN, rows, by, at)
    return len(rows)


def _reroute(pk: int, trouble: NoticeTrouble, by: Actor, at: datetime) -> bool:
    rows = DecisionNotice.objects.filter(pk=pk).exclude(way=NoticeWay.LETTER)
    found = list(rows.select_for_update(of=("self",)).select_related(*_OF_NOTICE))
    rows.update(way=NoticeWay.LETTER, status=NoticeStatus.DUE, given_at=None, printed_at=None, trouble=trouble)
    _tell(NOTICE_REROUTED, found, by, at)
    return bool(found)


def _tell(kind: Kind, rows: Sequence[DecisionNotice], by: Actor, at: datetime) -> None:
    record_many(
        [
            Draft(
                kind=kind,
                subject=row.contribution,
                by=by,
                at=at,
                consultation_id=row.version.meeting.consultation_id,
                number=row.number,
                facts={"version": row.version.version},
            )
            for row in rows
        ]
    )
