"""Mails in words: short, plain, in the language of whoever reads them."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypeVar

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from apps.accounts.enums import Role
from apps.common.calendar import last_day_before
from apps.common.wording import deadline
from apps.discussions.models import Contribution
from apps.municipality.queries import the_municipality
from apps.notifications.audiences import AccountNews, Outdated, ResidencyNews
from apps.notifications.engine.letters import Letter
from apps.notifications.engine.stop_keys import stop_key
from apps.notifications.models import Follow
from apps.notifications.queries import News, key_of, key_to_follower

AnyNews = TypeVar("AnyNews", News, ResidencyNews, AccountNews)
_GAPS = re.compile(r"\n{3,}")


def letters_about(news: Iterable[News]) -> list[Letter]:
    """Return the mails that tell these news, one a person and entry."""
    return [_letter(one, _context) for one in news]


def letters_about_residencies(news: Iterable[ResidencyNews]) -> list[Letter]:
    """Return the mails that tell people what became of their residency."""
    return [_letter(one, _context_of_residency) for one in news]


def letters_about_accounts(news: Iterable[AccountNews]) -> list[Letter]:
    """Return the mails that tell people of their staff roles, and of what was decided about their organisation."""
    return [_letter(one, _context_of_account) for one in news]


def _letter(news: AnyNews, context_of: Callable[[AnyNews], dict[str, Any]]) -> Letter:
    kind = news.entry.kind.replace(".", "_")
    with override(news.to.language):
        context = context_of(news)
        subject = render_to_string(f"notifications/mail/{kind}_subject.txt", context)
        body = render_to_string(f"notifications/mail/{kind}.txt", context)
    return Letter(
        to=news.to.email,
        subject=subject,
        body=_GAPS.sub("\n\n", body).strip() + "\n",
        key=key_of(news.entry),
        person_id=news.to.pk,
    )


def _context(news: News) -> dict[str, Any]:
    contribution = news.contribution
    topic = ("portal:topic", contribution.consultation.slug, contribution.topic.slug)
    return {
        "news": news,
        "to": news.to,
        "contribution": contribution,
        "answer": news.answer,
        "municipality": the_municipality(),
        "quoted": _quoted(contribution.body),
        "ground": contribution.get_erasure_ground_display(),
        "link": _permalink(contribution),
        "answer_link": _permalink(news.answer) if news.answer else "",
        "topic_link": _link(*topic),
    }


def _context_of_residency(news: ResidencyNews) -> dict[str, Any]:
    return {
        "news": news,
        "to": news.to,
        "residency": news.residency,
        "municipality": the_municipality(),
        "link": _link("residency:verify"),
    }


def _context_of_account(news: AccountNews) -> dict[str, Any]:
    ends_at = news.assignment.ends_at if news.assignment else None
    return {
        "news": news,
        "to": news.to,
        "role": news.role,
        "assignment": news.assignment,
        "last_day": last_day_before(ends_at) if ends_at else None,
        "organisation": news.organisation,
        "municipality": the_municipality(),
        "link": _link(_place_of_work(news.role) if news.role else "accounts:organisation-request"),
    }


def letters_to_followers(follows: Iterable[Follow], outdated: Outdated, *, at: datetime) -> list[Letter]:
    """Return the mails that tell followers all that is new, one each; none when nothing is worth one."""
    return [_letter_to_follower(follow, outdated, at) for follow in follows] if outdated.is_news else []


def _letter_to_follower(follow: Follow, outdated: Outdated, at: datetime) -> Letter:
    consultation, person = outdated.consultation, follow.person
    with override(person.language):
        stop_link = _link("notifications:follow-end", stop_key(person.pk, consultation.pk))
        context = {
            "to": person,
            "consultation": consultation,
            "news": outdated,
            "municipality": the_municipality(),
            "until": _in_full(outdated.now.moment),
            "until_before": _in_full(outdated.before.moment),
            "link": _link("portal:consultation", consultation.slug),
            "summary_link": _link("publications:summary", consultation.slug),
            "stop_link": stop_link,
        }
        subject = render_to_string("notifications/mail/followed_subject.txt", context)
        body = render_to_string("notifications/mail/followed.txt", context)
    return Letter(
        to=person.email,
        subject=subject,
        body=_GAPS.sub("\n\n", body).strip() + "\n",
        key=key_to_follower(follow, at=at),
        person_id=person.pk,
        stop_link=stop_link,
    )


def _in_full(moment: datetime | None) -> str:
    return deadline(moment) if moment else ""


def _place_of_work(role: Role) -> str:
    return "moderation:queue" if role == Role.MODERATOR else "portal:desk"


def _permalink(contribution: Contribution) -> str:
    return _link("portal:contribution", contribution.consultation.slug, contribution.number)


def _link(name: str, *parts: object) -> str:
    """Return an address in full, in the language in force."""
    return f"{settings.SITE_URL}{reverse(name, args=parts)}"


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())
