"""Texts of a consultation in the language of the page, and what is said where one is only in Danish."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.context import Context
from django.urls import translate_url
from django.utils.html import format_html
from django.utils.safestring import SafeString

from apps.common.richtext import trusted
from apps.consultations import queries

register = template.Library()


@register.filter
def said(thing: Any, field: str) -> SafeString | str:
    """Return the text for the page; one in another language carries its mark."""
    found = queries.said(thing, field)
    return format_html('<span lang="{}">{}</span>', found.language, found.text) if found.language else found.text


@register.filter
def marked(thing: Any, field: str) -> SafeString | str:
    """Return the same, without asking for an English version: of what none was fetched for, the Danish text."""
    found = queries.said_if_known(thing, field)
    return format_html('<span lang="{}">{}</span>', found.language, found.text) if found.language else found.text


@register.filter
def words(thing: Any, field: str) -> str:
    """Return the same without a mark, for where none can stand: titles of windows, attributes, sentences, mails."""
    return queries.said(thing, field).text


@register.filter
def mark_of(thing: Any, field: str) -> SafeString | str:
    """Return the mark alone, for an element of which an attribute holds the text, as of a picture its alternative."""
    found = queries.said(thing, field)
    return format_html(' lang="{}"', found.language) if found.language else ""


@register.filter
def said_html(thing: Any, field: str) -> SafeString:
    """Return a text of several lines as the HTML that was stored."""
    found = queries.said(thing, field)
    stored = trusted(found.html)
    return format_html('<div lang="{}">{}</div>', found.language, stored) if found.language else stored


@register.filter
def language_of(thing: Any, field: str) -> str:
    """Return the code of the language that a text is in where it is not the page's, or nothing."""
    return queries.said(thing, field).language


@register.filter
def in_language(text: str, language: str) -> SafeString | str:
    """Return a text with the mark of its language; without a code it is the page's own."""
    return format_html('<span lang="{}">{}</span>', language, text) if language else text


@register.filter
def share_in_danish(shown: Iterable[Any]) -> str:
    """Return "all" or "some" where that much of what is shown is in Danish only, or nothing; each has a `language`."""
    marks = {bool(one.language) for one in shown}
    return {frozenset({True}): "all", frozenset({True, False}): "some"}.get(frozenset(marks), "")


@register.inclusion_tag("consultations/_english_note.html", takes_context=True)
def english_note(context: Context, *things: Any, is_head: bool = False) -> dict[str, Any]:
    """Say once for a part of a page whether its texts are in English. `is_head` adds which language counts."""
    request = context.get("request")
    path = request.get_full_path() if request else "/"
    state = queries.english_state(*things)
    return {"state": state, "is_head": is_head, "danish_url": translate_url(path, queries.DANISH) if state else ""}
