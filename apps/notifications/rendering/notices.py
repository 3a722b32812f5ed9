"""Mails that tell those who objected on time how the case was decided (planloven section 31)."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import override

from apps.municipality.queries import the_municipality
from apps.notifications.audiences.notices import NoticeNews
from apps.notifications.engine.letters import Letter
from apps.notifications.engine.notice_keys import notice_key
from apps.notifications.rendering.parts import fetch_english, link, rendered


def letters_of_notices(news: Iterable[NoticeNews]) -> list[Letter]:
    """Return one mail a notice, in the language of the person, or in that in which the municipality writes."""
    news = list(news)
    fetch_english([(one.to.language, one.notice.contribution) for one in news if one.to])
    return [_letter(one) for one in news]


def _letter(news: NoticeNews) -> Letter:
    meeting = news.notice.version
    consultation = meeting.meeting.consultation
    with override(news.to.language if news.to else settings.LANGUAGE_CODE):
        context = {
            "to": news.to,
            "notice": news.notice,
            "meeting": meeting,
            "consultation": consultation,
            "municipality": the_municipality(),
            "link": link("publications:decision", consultation.slug),
        }
        subject, body = rendered("notice_started", context)
    key = notice_key(news.entry.pk, news.notice.pk)
    return Letter(to=news.address, subject=subject, body=body, key=key, person_id=news.to.pk if news.to else None)
