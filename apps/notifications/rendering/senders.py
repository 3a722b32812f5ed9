"""Mails to people who wrote in another way than on the site. They hold no text: whose address it is, staff typed in."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import override

from apps.municipality.queries import the_municipality
from apps.notifications.audiences.senders import SenderNews
from apps.notifications.engine.letters import Letter
from apps.notifications.queries import key_of
from apps.notifications.rendering.parts import link, rendered


def letters_to_senders(news: Iterable[SenderNews]) -> list[Letter]:
    """Return the receipts and the mails that tell of an answer, in the language in which the municipality writes."""
    return [_letter(one) for one in news]


def _letter(news: SenderNews) -> Letter:
    text, shown = news.contribution, news.answer or news.contribution
    with override(settings.LANGUAGE_CODE):
        context = {
            "contribution": text,
            "voice": text.outside,
            "answer": news.answer,
            "municipality": the_municipality(),
            "link": link("portal:contribution", shown.consultation.slug, shown.number),
        }
        subject, body = rendered("sender_answered" if news.answer else "sender_received", context)
    return Letter(to=news.address, subject=subject, body=body, key=key_of(news.entry))
