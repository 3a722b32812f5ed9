"""Following, writing mail, claiming it to be sent, and keeping what came of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from email.utils import make_msgid
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from apps.accounts.models import User
from apps.common.permissions import require
from apps.consultations.actions import note_reminded
from apps.consultations.models import Consultation
from apps.consultations.queries import sign_ups_to_remind
from apps.discussions.actions import note_failed_email
from apps.discussions.enums import SENDER_FORGOTTEN
from apps.ledger.models import Entry
from apps.notifications.audiences import Outdated, Situation, follows_to_tell, outdated_follows, situation_of
from apps.notifications.audiences.senders import mails_to_gone_senders
from apps.notifications.engine.delivery import Delivery
from apps.notifications.engine.letters import Letter
from apps.notifications.engine.notice_keys import notice_in
from apps.notifications.enums import MailStatus, Verdict
from apps.notifications.models import UNDER_WAY, Follow, OutgoingMail
from apps.notifications.queries import (
    bodies_to_forget,
    mails_about_follow,
    mails_of,
    mails_quoting_erased,
    mails_to_clear,
)
from apps.notifications.rendering import letters_to_followers, reminders_of_meetings
from apps.notifications.rules import WITH_STATEMENT
from apps.publications.actions.notices import note_failed_notice, note_mailed_notice

LONGEST_SUBJECT, LONGEST_HOST = 300, 60
MOST_AN_HOUR = 3
CLAIM_LASTS = timedelta(minutes=10)
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120)]
MOST_ATTEMPTS = 12
TOLD_AT_ONCE = 200


def queue_letters(*, letters: Sequence[Letter], at: datetime) -> None:
    """Write mails to be sent by the next sweep; those whose key and address were written before are left out."""
    rows = (OutgoingMail(to=letter.to, key=letter.key, **_row(letter, at)) for letter in letters)
    OutgoingMail.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def queue_mail(  # noqa: PLR0913 - what a mail is made of
    *, to: str, subject: str, body: str, key: str, at: datetime, person_id: int | None = None
) -> None:
    """Write one mail to be sent by the next sweep, unless one of that key was written to the address before."""
    queue_letters(letters=[Letter(to=to, subject=subject, body=body, key=key, person_id=person_id)], at=at)


@transaction.atomic
def queue_letter_with_limit(*, letter: Letter, at: datetime, about: str = "") -> bool:
    """Write a mail that somebody unknown may have caused; answer False when the address had enough of these.

    Three about one thing (unless told, the subject) in an hour are sent. One more is kept as refused, to be seen.
    """
    row = _row(letter, at)
    thing = sha256((about or row["subject"]).encode()).hexdigest()[:16]
    of_these = OutgoingMail.objects.filter(to=letter.to, key__startswith="often:", key__contains=f":{thing}:")
    lately = of_these.filter(written_at__gt=at - timedelta(hours=1))
    sent = lately.exclude(status=MailStatus.REFUSED).count()
    # A key for each turn: requests at the same instant cannot take the same one.
    key = f"often:{at:%Y%m%d%H}:{thing}"
    for turn in range(1, MOST_AN_HOUR + 1 if sent < MOST_AN_HOUR else 1):
        _mail, written = OutgoingMail.objects.get_or_create(key=f"{key}:{turn}", to=letter.to, defaults=row)
        if written:
            return True
    row |= {"body": "", "status": MailStatus.REFUSED, "problem": "too many of the same to one address"}
    OutgoingMail.objects.get_or_create(key=f"{key}:more", to=letter.to, defaults=row)
    return False


def _row(letter: Letter, at: datetime) -> dict[str, Any]:
    host = (urlsplit(settings.SITE_URL).hostname or "localhost")[-LONGEST_HOST:]
    return {
        "subject": " ".join(letter.subject.split())[:LONGEST_SUBJECT],
        "body": letter.body,
        "person_id": letter.person_id,
        "stop_link": letter.stop_link,
        "sender": letter.sender or settings.DEFAULT_FROM_EMAIL,
        "message_id": make_msgid(domain=host),
        "written_at": at,
        "due_at": at,
    }


def claim_mail(*, at: datetime) -> OutgoingMail | None:
    """Take the mail that is due first, for ten minutes, so that no other sweep sends it; None when there is none."""
    due = OutgoingMail.objects.filter(status__in=UNDER_WAY, due_at__lte=at).order_by("due_at", "id")
    while mail := due.first():
        # The update names the state that was read: one row changed means that the mail is ours.
        unclaimed = OutgoingMail.objects.filter(pk=mail.pk, status=mail.status, due_at=mail.due_at)
        if mail.attempts >= MOST_ATTEMPTS:
            if unclaimed.update(status=MailStatus.REFUSED, problem=mail.problem or "given up"):
                _leave_to_post(mail, at)
            continue
        claim = {"claimed_at": at, "due_at": at + CLAIM_LASTS, "attempts": mail.attempts + 1}
        if unclaimed.update(status=MailStatus.IN_FLIGHT, **claim):
            mail.refresh_from_db()
            return mail
    return None


def settle_mail(*, mail: OutgoingMail, delivery: Delivery, at: datetime) -> None:
    """Keep what came of a claimed mail: sent, refused, or queued again after a while."""
    mine = OutgoingMail.objects.filter(pk=mail.pk, status=MailStatus.IN_FLIGHT, claimed_at=mail.claimed_at)
    if delivery.verdict is Verdict.SENT:
        OutgoingMail.objects.filter(pk=mail.pk).update(status=MailStatus.SENT, sent_at=at, problem="")
        note_mailed_notice(notice_id=notice_in(mail.key), at=at)
    elif delivery.verdict is Verdict.REFUSED or mail.attempts >= MOST_ATTEMPTS:
        if mine.update(status=MailStatus.REFUSED, problem=delivery.problem):
            _leave_to_post(mail, at)
    else:
        due_at = at + WAITS[min(mail.attempts, len(WAITS)) - 1]
        mine.update(status=MailStatus.QUEUED, due_at=due_at, problem=delivery.problem)


def _leave_to_post(mail: OutgoingMail, at: datetime) -> None:
    """Notices of decisions, and reasons for one to a sender without an account, are posted where mail fails."""
    note_failed_notice(notice_id=notice_in(mail.key), at=at)
    kind, _colon, entry_id = mail.key.partition(":")
    entry = Entry.objects.filter(pk=entry_id).first() if kind in WITH_STATEMENT and mail.person_id is None else None
    if entry is not None:
        note_failed_email(contribution_id=entry.subject_id, address=mail.to, at=at)


def forget_gone_senders(*, entries: Sequence[Entry] | None = None) -> int:
    """Delete the mails to senders whose address is erased; of `entries`, one has to say so. Return how many."""
    if entries is not None and not any(entry.kind == SENDER_FORGOTTEN.name for entry in entries):
        return 0
    forgotten, _by_table = mails_to_gone_senders().delete()
    return forgotten


def forget_erased_texts(*, entries: Sequence[Entry]) -> int:
    """Empty the mails that hold a text which these entries say was erased; return how many.

    What was not sent yet is not sent any more: a mail without its text would say nothing.
    """
    holding = mails_quoting_erased(entries)
    unsent = holding.filter(status__in=UNDER_WAY).update(
        body="", status=MailStatus.REFUSED, problem="its text was erased"
    )
    return unsent + mails_quoting_erased(entries).update(body="")


def forget_old_bodies(*, at: datetime) -> int:
    """Empty the texts of mails that were settled a month ago; the rows stay. Return how many."""
    return bodies_to_forget(at=at).update(body="")


def clear_old_mails(*, at: datetime) -> int:
    """Delete the settled mails that are a year old, and farewells a day after. Return how many."""
    cleared, _by_table = mails_to_clear(at=at).delete()
    return cleared


def forget_addressee(*, person: User) -> int:
    """Delete the mails to the person, sent or not, and those to others that name their address. Return how many."""
    forgotten, _by_table = mails_of(person).delete()
    return forgotten


def follow_consultation(*, person: User, consultation: Consultation, at: datetime) -> bool:
    """Tell the person by mail what becomes of the consultation from now on; answer False when they are told already.

    No entry: it concerns nobody else. Raises NotAllowed for a draft, and for who is not signed in.
    """
    require("notifications.follow_consultation", person, consultation)
    told = _told(situation_of(consultation, at=at))
    _follow, began = Follow.objects.get_or_create(
        person=person, consultation=consultation, defaults={"since": at} | told
    )
    return began


@transaction.atomic
def unfollow_consultation(*, person_id: int, consultation_id: int) -> bool:
    """Tell the person no more, also not what was written and waits to be sent; False when they did not follow.

    No entry, and nothing to refuse: it does not matter whether they may still see the consultation.
    """
    follows = Follow.objects.filter(person_id=person_id, consultation_id=consultation_id)
    for follow in follows:
        mails_about_follow(follow).filter(status=MailStatus.QUEUED).update(
            body="", status=MailStatus.REFUSED, problem="no longer followed"
        )
    ended, _by_table = follows.delete()
    return bool(ended)


def tell_followers(*, at: datetime) -> int:
    """Write to all who follow something that does not stand as they were told last; return how many."""
    told = 0
    for outdated in outdated_follows(at=at):
        while written := _tell_some(outdated, at):
            told += written
    return told


@transaction.atomic
def _tell_some(outdated: Outdated, at: datetime) -> int:
    """Write some of the mails and note that they are: both or neither. Two sweeps at once take turns."""
    follows = list(follows_to_tell(outdated).select_for_update(of=("self",))[:TOLD_AT_ONCE])
    queue_letters(letters=letters_to_followers(follows, outdated, at=at), at=at)
    Follow.objects.filter(pk__in=[follow.pk for follow in follows]).update(**_told(outdated.now))
    return len(follows)


def remind_of_meetings(*, at: datetime) -> int:
    """Remind everyone with a place at a meeting that begins within a day; return how many. Nobody is reminded twice."""
    reminded = 0
    while written := _remind_some(at):
        reminded += written
    return reminded


@transaction.atomic
def _remind_some(at: datetime) -> int:
    """Write some of the mails and note that they are: both or neither. Two sweeps at once take turns."""
    rows = list(sign_ups_to_remind(at=at).order_by("pk").select_for_update(of=("self",))[:TOLD_AT_ONCE])
    queue_letters(letters=reminders_of_meetings(rows), at=at)
    note_reminded(sign_ups=rows)
    return len(rows)


def _told(situation: Situation) -> dict[str, Any]:
    return {
        "told_state": situation.state,
        "told_moment": situation.moment,
        "told_summary": situation.summary,
        "told_change": situation.change,
    }


def forget_follower(*, person: User) -> int:
    """Delete what the person follows. Return how much."""
    forgotten, _by_table = Follow.objects.filter(person=person).delete()
    return forgotten
