"""The municipality's own texts, which stand in two columns: in Danish, and in English where somebody wrote it."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from apps.common.templatetags.civic import danish
from apps.municipality.queries import is_only_danish

register = template.Library()
register.filter(is_only_danish)


@register.filter
def own_words(thing: Any, field: str) -> SafeString | str:
    """Return a text in the language of the page, or the Danish one with its mark where there is no other."""
    text: str = getattr(thing, field)
    return danish(text) if is_only_danish(thing, field) else text
