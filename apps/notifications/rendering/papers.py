"""Mails about a white paper: where one's contribution is treated, that it is there, and what became of an objection.

They hold numbers, labels and what officials wrote, never a word of a contribution.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import override

from apps.municipality.queries import the_municipality
from apps.notifications.audiences.papers import ObjectionNews, PaperNews
from apps.notifications.engine.letters import Letter
from apps.notifications.engine.stop_keys import stop_key
from apps.notifications.queries import key_of, key_of_followed
from apps.notifications.rendering.parts import fetch_english, link, rendered
from apps.publications.enums import OBJECTION_RECEIVED
from apps.publications.queries.paper_news import Told


def letters_about_papers(news: Iterable[PaperNews]) -> list[Letter]:
    """Return the mails that tell contributors where they are treated, and followers that there is a white paper."""
    news = list(news)
    fetch_english([(one.to.language, one.version.paper) for one in news if one.to])
    return [_letter(one) for one in news]


def _letter(news: PaperNews) -> Letter:
    consultation = news.version.paper.consultation
    with override(news.to.language if news.to else settings.LANGUAGE_CODE):
        follow = news.follow
        stop_link = link("notifications:follow-end", stop_key(follow.person_id, consultation.pk)) if follow else ""
        context = {
            "to": news.to,
            "version": news.version,
            "consultation": consultation,
            "treated": [_told(row, consultation.slug, has_account=news.to is not None) for row in news.treated],
            "municipality": the_municipality(),
            "link": link("publications:white-paper", consultation.slug),
            "stop_link": stop_link,
        }
        subject, body = rendered("whitepaper_followed" if follow else "whitepaper_published", context)
    key = key_of_followed(follow, news.entry) if follow else key_of(news.entry)
    if news.address:
        key = f"{key}:{news.contribution_id}"
    return Letter(
        to=news.to.email if news.to else news.address,
        subject=subject,
        body=body,
        key=key,
        person_id=news.to.pk if news.to else None,
        stop_link=stop_link,
    )


def _told(row: Told, slug: str, *, has_account: bool) -> dict[str, Any]:
    return {
        "number": row.number,
        "labels": [(label, link("publications:white-paper-statement", slug, label)) for label in row.labels],
        "annex": f"{link('publications:white-paper-annex', slug)}?after={row.number - 1}",
        "objection": link("publications:objection-send", slug, row.number) if has_account else "",
    }


def letters_about_objections(news: Iterable[ObjectionNews]) -> list[Letter]:
    """Return the mails that tell a team of an objection, and its author of the answer."""
    news = list(news)
    fetch_english([(one.to.language, one.objection.paper) for one in news])
    return [_letter_about_objection(one) for one in news]


def _letter_about_objection(news: ObjectionNews) -> Letter:
    objection, is_new = news.objection, news.entry.kind == OBJECTION_RECEIVED.name
    consultation = objection.paper.consultation
    page = "publications:objection-answer" if is_new else "publications:objection-send"
    with override(news.to.language):
        context = {
            "to": news.to,
            "objection": objection,
            "consultation": consultation,
            "municipality": the_municipality(),
            "link": link(page, consultation.slug, objection.number),
        }
        subject, body = rendered("objection_received" if is_new else "objection_answered", context)
    return Letter(to=news.to.email, subject=subject, body=body, key=key_of(news.entry), person_id=news.to.pk)
