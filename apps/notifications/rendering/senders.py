"""Mails to people who wrote in another way than on the site.

They hold nothing that was written, as staff typed the address in; reasons for a decision are public.
"""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import override

from apps.municipality.queries import the_municipality
from apps.notifications.audiences.senders import SenderNews
from apps.notifications.engine.letters import Letter
from apps.notifications.queries import key_of
from apps.notifications.rendering.parts import link, rendered


def letters_to_senders(news: Iterable[SenderNews]) -> list[Letter]:
    """Return receipts, reasons and what tells of an answer, in the language in which the municipality writes."""
    return [_letter(one) for one in news]


def _key(news: SenderNews) -> str:
    """Return the key of the mail that tells it: with the text, where an answer tells several senders."""
    is_one_of_several = news.answer is not None and news.answer.in_reply_to_id is None
    return f"{key_of(news.entry)}:{news.contribution.pk}" if is_one_of_several else key_of(news.entry)


def _letter(news: SenderNews) -> Letter:
    text, shown = news.contribution, news.answer or news.contribution
    with override(settings.LANGUAGE_CODE):
        context = {
            "contribution": text,
            "voice": text.outside,
            "answer": news.answer,
            "statement": news.statement,
            "municipality": the_municipality(),
            "link": link("portal:contribution", shown.consultation.slug, shown.number),
        }
        kind = "sender_reasons" if news.statement else "sender_answered" if news.answer else "sender_received"
        subject, body = rendered(kind, context)
    return Letter(to=news.address, subject=subject, body=body, key=_key(news))
