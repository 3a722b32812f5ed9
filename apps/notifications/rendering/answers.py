"""Mails to officials about answers. They hold no word of what people wrote, nor of the answer."""

from collections.abc import Iterable

from django.utils.translation import override

from apps.municipality.queries import the_municipality
from apps.notifications.audiences.answers import AnswerNews
from apps.notifications.engine.letters import Letter
from apps.notifications.queries import key_of
from apps.notifications.rendering.parts import link, rendered


def letters_about_answers(news: Iterable[AnswerNews]) -> list[Letter]:
    """Return the mails that tell officials what they have to answer or to read, each in their language."""
    return [_letter(one) for one in news]


def _letter(news: AnswerNews) -> Letter:
    with override(news.to.language):
        context = {
            "to": news.to,
            "consultation": news.consultation,
            "number": news.number,
            "draft": news.draft,
            "municipality": the_municipality(),
            "link": _address(news),
        }
        subject, body = rendered(news.entry.kind.replace(".", "_"), context)
    return Letter(to=news.to.email, subject=subject, body=body, key=key_of(news.entry), person_id=news.to.pk)


def _address(news: AnswerNews) -> str:
    if news.draft is not None:
        return link("publications:answer-draft", news.draft.pk)
    return link("publications:answer-publish", news.consultation.slug, news.number)
