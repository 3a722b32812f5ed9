"""Tags and filters of every page: icons, badges, dates in words, the other language, plain text."""

from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple

from django import template
from django.conf import settings
from django.template.base import Node, NodeList, Parser, Token
from django.template.context import Context
from django.templatetags.static import static
from django.urls import reverse, translate_url
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from apps.common import clock, richtext, wording

register = template.Library()


class Badge(NamedTuple):
    """What a badge shows: an icon, a colour and words. Never colour alone."""

    icon: str
    style: str
    words: str | Promise


BADGES = {
    "resident": Badge("verified", "resident", _("Verified resident")),
    "org": Badge("users", "org", _("Organisation")),
    "official": Badge("crest", "official", _("The municipality")),
    "imported": Badge("download", "quiet", _("Imported")),
    "outside": Badge("mail", "quiet", _("Came in another way")),
    "late": Badge("clock", "warn", _("Not on time")),
    "new": Badge("bell", "org", _("New")),
    "mine": Badge("user", "quiet", _("Yours")),
    "question": Badge("info", "quiet", _("Question")),
    "waiting": Badge("clock", "warn", _("Waiting for a moderator")),
    "answered": Badge("check", "resident", _("Answered")),
    "unanswered": Badge("clock", "warn", _("Waiting for an answer")),
    "published": Badge("check", "resident", _("Published")),
    "unread": Badge("clock", "warn", _("Published, not read yet")),
    "refused": Badge("eyeoff", "danger", _("Not published")),
    "overdue": Badge("alert", "danger", _("Overdue")),
    "returned": Badge("pencil", "warn", _("Waits for its author")),
    "hidden": Badge("eyeoff", "danger", _("Hidden")),
    "moved": Badge("move", "quiet", _("Moved")),
    "redacted": Badge("pencil", "quiet", _("Redacted")),
    "erased": Badge("eyeoff", "quiet", _("Text erased")),
    "withdrawn": Badge("undo", "quiet", _("Withdrawn")),
    "claimed": Badge("user", "warn", _("Taken")),
    "appealed": Badge("undo", "warn", _("An appeal")),
    "reported": Badge("flag", "danger", _("Reported")),
    "called_off": Badge("x", "danger", _("Called off")),
    "held": Badge("check", "quiet", _("Held")),
    "full": Badge("users", "warn", _("Full")),
    "place": Badge("check", "resident", _("You have a place")),
    "waitlist": Badge("clock", "warn", _("On the waiting list")),
    "received": Badge("check", "quiet", _("Received")),
    "looked_at": Badge("eye", "org", _("Being looked at")),
    "to_council": Badge("scale", "org", _("Goes to the council")),
    "done": Badge("check", "resident", _("Done")),
    "not_done": Badge("x", "warn", _("Not done")),
    "draft": Badge("pencil", "warn", _("Draft")),
    "review": Badge("users", "warn", _("Being reviewed")),
    "considered": Badge("scale", "quiet", _("Being considered")),
    "decided": Badge("check", "resident", _("Decided")),
    "followed_up": Badge("check", "resident", _("Followed up")),
    "archived": Badge("lock", "quiet", _("Laid away")),
    "cancelled": Badge("x", "danger", _("Called off")),
    "planned": Badge("calendar", "quiet", _("Opens later")),
    "open": Badge("chat", "resident", _("Open")),
    "closed": Badge("lock", "quiet", _("Closed")),
    "accommodated": Badge("check", "resident", _("Accommodated")),
    "partly": Badge("check", "org", _("Accommodated in part")),
    "not_accommodated": Badge("x", "warn", _("Not accommodated")),
    "outside_matter": Badge("move", "quiet", _("Outside the matter of the hearing")),
    "noted": Badge("list", "quiet", _("Taken note of")),
}

KIND_ICONS = {"view": "chat", "question": "info", "proposal": "bolt"}


@register.simple_tag
def icon(name: str, extra_class: str = "") -> SafeString:
    """Return one icon of static/icons.svg, invisible to screen readers: the words beside it say it."""
    return _icon(name, extra_class)


@register.simple_tag
def kind_icon(kind: object) -> SafeString:
    """Return the icon of a kind of contribution: view, question or proposal."""
    return _icon(KIND_ICONS.get(str(kind), "chat"), "")


@register.simple_tag
def badge(kind: str, words: object = "") -> SafeString:
    """Return a badge with its usual words, or with these. No kind, no badge; an unknown kind is an error."""
    if not kind:
        return richtext.trusted("")
    if words:
        return _badge_html(BADGES[str(kind)], words)
    return _usual_badge(str(kind), get_language())


@register.simple_tag(takes_context=True)
def when(context: Context, at: datetime | None) -> SafeString | str:
    """Return a <time> element with the moment in words, relative to the page's `now`."""
    if at is None:
        return ""
    words = wording.moment(at, _now(context))
    return format_html('<time datetime="{}">{}</time>', at.isoformat(timespec="minutes"), words)


@register.simple_tag(takes_context=True)
def deadline(context: Context, at: datetime | None) -> SafeString | str:
    """Return a <time> element with a deadline in full: "Sunday 13 December at 23:59"."""
    if at is None:
        return ""
    words = wording.deadline(at, _now(context))
    return format_html('<time datetime="{}">{}</time>', at.isoformat(timespec="minutes"), words)


@register.simple_tag(takes_context=True)
def day_range(context: Context, first: date, last: date | None = None) -> str:
    """Return the days from first to last in words, without the year when it is this year."""
    return wording.day_range(first, last, _now(context))


@register.filter
def moment(at: datetime | None, now: datetime | None = None) -> str:
    """Return "today at 9:12" or "21 October at 19:48"; the argument is the page's now."""
    return wording.moment(at, now or clock.now()) if at else ""


@register.filter
def moment_in_full(at: datetime | None) -> str:
    """Return "21 October 2026 at 19:48" whatever the day, for mails and receipts."""
    return wording.moment(at, None) if at else ""


@register.filter
def deadline_in_full(at: datetime | None) -> str:
    """Return a deadline for the middle of a sentence: "Sunday 13 December 2026 at 23:59"."""
    return wording.deadline(at) if at else ""


@register.filter
def day(on: date | None, now: datetime | None = None) -> str:
    """Return "21 October", with the year when it is another year."""
    return wording.day(on, now or clock.now()) if on else ""


@register.filter
def day_in_full(on: date | None) -> str:
    """Return "21 October 2026" whatever the year, for what is kept and for mails."""
    return wording.day(on) if on else ""


@register.filter
def time_of_day(at: datetime | None) -> str:
    """Return "19:00", in Danish "19.00"."""
    return wording.time_of_day(at) if at else ""


@register.filter(name="day_range")
def day_range_filter(first: date | None, last: date | None = None) -> str:
    """Return "4–25 May" for {{ first|day_range:last }}."""
    return wording.day_range(first, last, clock.now()) if first else ""


@register.filter
def time_left(until: datetime | None, now: datetime | None = None) -> str:
    """Return "21 days left", "closes today at 23:59" or "closed 13 December"."""
    return wording.time_left(until, now or clock.now()) if until else ""


@register.filter
def waited(since: datetime | None, now: datetime | None = None) -> str:
    """Return how long something has waited: "4 h 38 min"."""
    return wording.waited(since, now or clock.now()) if since else ""


@register.filter
def trusted(stored_html: str) -> SafeString:
    """Print HTML that `richtext.to_html` made and that was stored. For columns named *_html and nothing else."""
    return richtext.trusted(stored_html or "")


@register.filter
def danish(text: object) -> SafeString | str:
    """Return a text that is only kept in Danish, with its mark where the page is in another language."""
    words = str(text or "")
    return format_html('<span lang="da">{}</span>', words) if words and _is_foreign() else words


@register.filter
def danish_part(sentence: object, text: str) -> SafeString | str:
    """Return a sentence with the mark around a text in it that is only kept in Danish."""
    words = sentence if isinstance(sentence, SafeString) else str(sentence or "")
    if isinstance(words, SafeString) or not text or text not in words:
        return words
    before, _part, after = words.partition(text)
    return format_html("{}{}{}", before, danish(text), after)


@register.simple_tag
def danish_here() -> SafeString:
    """Return the same mark as an attribute, for an element all of whose text is only kept in Danish."""
    return richtext.trusted(' lang="da"' if _is_foreign() else "")


@register.simple_tag
def own_here() -> SafeString:
    """Return the page's own language as an attribute, for words inside such an element."""
    return format_html(' lang="{}"', get_language()) if _is_foreign() else richtext.trusted("")


def _is_foreign() -> bool:
    return get_language() != "da"


@register.filter
def quoted(words: object) -> str:
    """Return words in the quotation marks of the page's language."""
    return wording.quoted(str(words))


@register.filter
def breakable(name: str) -> SafeString:
    """Return a field's name that may break after each of its underscores, and nowhere else."""
    *before, last = name.split("_")
    return format_html("{}{}", format_html_join("", "{}_<wbr>", ((part,) for part in before)), last)


@register.filter
def initials(name: object) -> str:
    """Return the first letters of the first and the last word of a name, for the round mark beside it."""
    words = [word for word in str(name or "").split() if word[0].isalnum()]
    ends = words if len(words) < 2 else [words[0], words[-1]]  # noqa: PLR2004 - first and last
    return "".join(word[0] for word in ends).upper()


@register.simple_tag(takes_context=True)
def other_language_url(context: Context) -> str:
    """Return the address of this same page in the other language, its query kept."""
    request = context.get("request")
    path = request.get_full_path() if request else "/"
    return translate_url(path, other_language())


@register.simple_tag
def other_language() -> str:
    """Return the code of the language this page is not in."""
    return next(code for code, _name in settings.LANGUAGES if code != get_language())


@register.simple_tag(takes_context=True)
def login_url(context: Context) -> str:
    """Return the address of the login page, which leads back to this page unless this is a page of accounts."""
    request, url = context.get("request"), reverse("account_login")
    name = getattr(getattr(request, "resolver_match", None), "url_name", None) or ""
    if request is None or request.method != "GET" or name.startswith("account_"):
        return url
    return f"{url}?{urlencode({'next': request.get_full_path()})}"


@register.simple_tag(takes_context=True)
def aria_current(context: Context, url: str) -> SafeString | str:
    """Mark a link to this page (page) or to the part of the site it is in (true)."""
    request = context.get("request")
    if not url or request is None or not request.path.startswith(url):
        return ""
    return format_html(' aria-current="{}"', "page" if request.path == url else "true")


class PlainText(Node):
    """What is between the tags, with nothing escaped."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        escape, context.autoescape = context.autoescape, False
        try:
            return self.nodelist.render(context)
        finally:
            context.autoescape = escape


@register.tag
def plaintext(parser: Parser, token: Token) -> PlainText:
    """Leave names and addresses as they are, in the text of a mail.

    Works in templates whose name ends in .txt and nowhere else: a page that tries does not compile.
    """
    name = str(parser.origin.template_name) if parser.origin else "a text without a name"
    if not name.endswith(".txt"):
        message = f"{token.contents} is for templates of plain text; {name} is not one"
        raise template.TemplateSyntaxError(message)
    nodelist = parser.parse(("endplaintext",))
    parser.delete_first_token()
    return PlainText(nodelist)


def _now(context: Context) -> datetime:
    now: Any = context.get("now")
    return now if isinstance(now, datetime) else clock.now()


@lru_cache(maxsize=256)
def _icon(name: str, extra_class: str) -> SafeString:
    return format_html(
        '<svg class="icon{}" aria-hidden="true" focusable="false"><use href="{}#i-{}"></use></svg>',
        f" {extra_class}" if extra_class else "",
        static("icons.svg"),
        name,
    )


@cache
def _usual_badge(kind: str, language: str | None) -> SafeString:
    with override(language):
        return _badge_html(BADGES[kind], BADGES[kind].words)


def _badge_html(shown: Badge, words: object) -> SafeString:
    return format_html('<span class="badge badge--{}">{} {}</span>', shown.style, _icon(shown.icon, ""), words)
