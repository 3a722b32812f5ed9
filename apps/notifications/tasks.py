"""The sweeps of mail: write what the ledger tells, send what is due."""

from collections.abc import Sequence

from celery import shared_task

from apps.common.clock import now
from apps.common.nudge import nudge
from apps.ledger.actions import follow
from apps.ledger.models import Position
from apps.moderation.enums import REPORT_RECEIVED
from apps.notifications.actions import (
    claim_mail,
    forget_erased_texts,
    forget_gone_senders,
    forget_old_bodies,
    queue_letter_with_limit,
    queue_letters,
    remind_of_meetings,
    settle_mail,
    tell_followers,
)
from apps.notifications.audiences import account_news_in, case_news_in, overdue_news, pause_news_in, residency_news_in
from apps.notifications.audiences.answers import answer_news_in
from apps.notifications.audiences.followed import followed_news_in
from apps.notifications.audiences.meetings import meeting_news_in
from apps.notifications.audiences.notices import notice_news_in
from apps.notifications.audiences.papers import objection_news_in, paper_news_in
from apps.notifications.audiences.parties import invitation_news_in
from apps.notifications.audiences.proposals import proposal_news_in
from apps.notifications.audiences.senders import sender_news_in
from apps.notifications.audiences.teams import review_news_in, team_news_in
from apps.notifications.emails import Transport
from apps.notifications.queries import news_in, without_undone
from apps.notifications.rendering import (
    invitations,
    letters_about,
    letters_about_accounts,
    letters_about_cases,
    letters_about_followed,
    letters_about_meetings,
    letters_about_overdue,
    letters_about_pauses,
    letters_about_proposals,
    letters_about_residencies,
    letters_about_reviews,
    letters_about_teams,
)
from apps.notifications.rendering.answers import letters_about_answers
from apps.notifications.rendering.notices import letters_of_notices
from apps.notifications.rendering.papers import letters_about_objections, letters_about_papers
from apps.notifications.rendering.senders import letters_to_senders

READER = "notifications"
MOST_A_SWEEP = 500


@shared_task(name="notifications.write_mail")
def write_mail() -> None:
    """Write the mails about entries that were not seen yet, and have them sent.

    What a moderator can still take back waits, with all that stands behind it: a minute at most.
    """
    if follow(READER, _write, settled_at=now()):
        nudge(send_mail)


def _write(places: Sequence[Position]) -> None:
    entries = [place.entry for place in places]
    standing = without_undone(entries)
    letters = [
        *letters_about(news_in(standing)),
        *letters_about_residencies(residency_news_in(entries)),
        *letters_about_accounts(account_news_in(entries)),
        *letters_about_pauses(pause_news_in(entries)),
        *letters_about_meetings(meeting_news_in(entries)),
        *letters_about_proposals(proposal_news_in(entries)),
        *letters_about_followed(followed_news_in(entries)),
        *letters_about_teams(team_news_in(entries)),
        *letters_about_reviews(review_news_in(entries)),
        *letters_about_papers(paper_news_in(entries)),
        *letters_about_objections(objection_news_in(entries)),
        *letters_about_answers(answer_news_in(entries)),
        *invitations(invitation_news_in(entries)),
        *letters_to_senders(sender_news_in(standing)),
        *letters_of_notices(notice_news_in(entries)),
    ]
    of_cases, to_unknown = letters_about_cases(case_news_in(entries))
    queue_letters(letters=letters + of_cases, at=now())
    for letter in to_unknown:
        queue_letter_with_limit(letter=letter, at=now(), about=REPORT_RECEIVED.name)
    forget_erased_texts(entries=entries)
    forget_gone_senders(entries=entries)


@shared_task(name="notifications.tell_overdue")
def tell_overdue() -> None:
    """Write to moderators when something in their queue is overdue, once a working day at most."""
    at = now()
    news = overdue_news(at=at)
    if news is not None:
        queue_letters(letters=letters_about_overdue(news), at=at)
        nudge(send_mail)


@shared_task(name="notifications.tell_followers")
def tell_those_who_follow() -> None:
    """Write to those who follow something that opened, closed or got another deadline or a summary."""
    if tell_followers(at=now()):
        nudge(send_mail)


@shared_task(name="notifications.remind_of_meetings")
def remind_those_who_come() -> None:
    """Write to those who have a place at a meeting that begins within a day, once."""
    if remind_of_meetings(at=now()):
        nudge(send_mail)


@shared_task(name="notifications.send_mail")
def send_mail() -> None:
    """Send what is due, until nothing is or the mail server is down."""
    with Transport() as transport:
        for _turn in range(MOST_A_SWEEP):
            mail = claim_mail(at=now())
            if mail is None:
                break
            delivery = transport.deliver(mail)
            settle_mail(mail=mail, delivery=delivery, at=now())
            if delivery.is_down:
                break
    forget_old_bodies(at=now())
