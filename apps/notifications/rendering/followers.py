"""Mails to those who follow a consultation."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import override

from apps.common.wording import deadline
from apps.consultations.models import DeadlineChange
from apps.consultations.queries import deadline_changes_of, meetings_called_off_with, stages_of
from apps.municipality.queries import the_municipality
from apps.notifications.audiences import Outdated
from apps.notifications.audiences.followed import FollowedNews
from apps.notifications.engine.letters import Letter
from apps.notifications.engine.stop_keys import stop_key
from apps.notifications.models import Follow
from apps.notifications.queries import key_of_followed, key_to_follower
from apps.notifications.rendering.parts import fetch_english, in_full, link, rendered


def letters_to_followers(follows: Sequence[Follow], outdated: Outdated, *, at: datetime) -> list[Letter]:
    """Return the mails that tell followers all that is new, one each; none when nothing is worth one."""
    stages = stages_of(outdated.consultation) if outdated.is_new_state else []
    stage = stages[-1] if stages else None
    changes = deadline_changes_of(outdated.consultation) if outdated.is_new_deadline else []
    meetings = meetings_called_off_with(outdated.consultation) if outdated.is_new_state else []
    told = {"stage": stage, "meetings": meetings, **_deadlines(outdated, changes)}
    fetch_english([(follow.person.language, one) for follow in follows for one in meetings])
    return [_letter_to_follower(follow, outdated, told, at) for follow in follows] if outdated.is_news else []


def _deadlines(outdated: Outdated, changes: Sequence[DeadlineChange]) -> dict[str, Any]:
    """Return the deadline that is told, the one before, and why: the one that comes first, else what moved last."""
    if changes and outdated.is_new_deadline and not outdated.is_first_deadline:
        last = changes[-1]
        return {"deadline": last.new, "deadline_before": last.old, "cause": last.cause}
    now, before = outdated.now.moment, outdated.before.moment
    cause = next((change.cause for change in reversed(changes) if change.new == now), "")
    return {"deadline": now, "deadline_before": before, "cause": cause}


def _letter_to_follower(follow: Follow, outdated: Outdated, told: dict[str, Any], at: datetime) -> Letter:
    consultation, person = outdated.consultation, follow.person
    with override(person.language):
        stop_link = link("notifications:follow-end", stop_key(person.pk, consultation.pk))
        context = {
            "to": person,
            "consultation": consultation,
            "news": outdated,
            **told,
            "meetings": [(meeting, deadline(meeting.starts_at)) for meeting in told["meetings"]],
            "municipality": the_municipality(),
            "until": in_full(told["deadline"]),
            "until_before": in_full(told["deadline_before"]),
            "link": link("portal:consultation", consultation.slug),
            "summary_link": link("publications:summary", consultation.slug),
            "stop_link": stop_link,
        }
        subject, body = rendered("followed", context)
    return Letter(
        to=person.email,
        subject=subject,
        body=body,
        key=key_to_follower(follow, at=at),
        person_id=person.pk,
        stop_link=stop_link,
    )


def letters_about_followed(news: Iterable[FollowedNews]) -> list[Letter]:
    """Return the mails that tell followers of a new version, a meeting or a promise, one each and entry."""
    news = list(news)
    fetch_english([(one.follow.person.language, row) for one in news for row in (one.follow, one.meeting)])
    return [_letter_about_followed(one) for one in news]


def _kind_of(news: FollowedNews) -> str:
    return "followed_milestone" if news.step else "followed_meeting" if news.meeting else "followed_version"


def _letter_about_followed(news: FollowedNews) -> Letter:
    follow, meeting = news.follow, news.meeting
    consultation, person = follow.consultation, follow.person
    with override(person.language):
        stop_link = link("notifications:follow-end", stop_key(person.pk, consultation.pk))
        context = {
            "to": person,
            "news": news,
            "consultation": consultation,
            "meeting": meeting,
            "starts": deadline(meeting.starts_at) if meeting else "",
            "municipality": the_municipality(),
            "link": link("portal:consultation", consultation.slug),
            "version_link": link("consultations:version-list", consultation.slug),
            "meeting_link": link("consultations:meeting", consultation.slug, meeting.number) if meeting else "",
            "milestone_link": link("publications:follow-up", consultation.slug),
            "stop_link": stop_link,
        }
        subject, body = rendered(_kind_of(news), context)
    key = key_of_followed(follow, news.entry)
    return Letter(to=person.email, subject=subject, body=body, key=key, person_id=person.pk, stop_link=stop_link)
