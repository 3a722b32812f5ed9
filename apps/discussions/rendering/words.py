"""The words and small parts of articles."""

from datetime import datetime

from django.template.defaultfilters import floatformat
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.common import wording
from apps.common.templatetags.civic import badge, icon
from apps.consultations.models import Consultation, Topic
from apps.consultations.queries import MapPlace, said_if_known
from apps.discussions.engine.threads import Run
from apps.discussions.enums import ContributionKind, ContributionStatus
from apps.discussions.models import Contribution, ContributionPlace, OutsideVoice
from apps.discussions.queries import Near, ThreadRow, voice_of
from apps.discussions.rendering.articles import NOTHING
from apps.municipality.models import RefusalReason

WITHHELD = {
    ContributionStatus.REFUSED: gettext_lazy("No. %(number)s was not published."),
    ContributionStatus.RETURNED: gettext_lazy("No. %(number)s is not published: its author was asked to change it."),
    ContributionStatus.HIDDEN: gettext_lazy("No. %(number)s is no longer shown: a moderator hid it."),
}


def article_words() -> dict[str, str]:
    """Return the words that stand in every article, looked up once a page."""
    return {
        "reply": _("Reply"),
        "answer": _("Answer for the municipality"),
        "correct": _("Correct"),
        "pen": icon("pencil"),
        "report": _("Report"),
        "state": _("Say what becomes of it"),
        "state_icon": icon("list"),
        "agree": _("Agree"),
        "agreed": _("You agree"),
        "support": _("Support"),
        "supported": _("You support it"),
        "agree_icon": icon("hand"),
        "with_no": _("with no."),
        "to_no": _("to no."),
        "no": _("no."),
        "link_to": _("Link to contribution"),
        "official": _("The municipality's answer"),
        "unread": _("Published at once. No moderator has read it yet."),
        "cited": _("Cited in the summary:"),
        "treated": _("Treated in the white paper:"),
        "noted": _("Noted in the white paper"),
        "reply_icon": icon("reply"),
        "crest": icon("crest"),
        "flag": icon("flag"),
    }


def reason_in_words(reason: RefusalReason | None, sentence: str) -> str:
    """Return why a contribution is not shown, as everyone reads it."""
    if reason is None:
        return sentence
    if reason.rule_number:
        words = _("Reason: %(reason)s (house rule %(rule)s).") % {"reason": reason.title, "rule": reason.rule_number}
    else:
        words = _("Reason: %(reason)s.") % {"reason": reason.title}
    return f"{words} {sentence}".strip()


def ground_in_words(row: Contribution) -> str:
    """Return on what ground a text was erased, as everyone reads it; nothing for one that was not."""
    ground = row.get_erasure_ground_display()
    return _("Ground: %(ground)s.") % {"ground": ground} if ground else ""


def moment_html(at: datetime, now: datetime) -> SafeString:
    """Return a <time> element with the moment in words."""
    return format_html('<time datetime="{}">{}</time>', at.isoformat(timespec="minutes"), wording.moment(at, now))


def kind_html(kind: ContributionKind) -> SafeString:
    """Return what a text is meant as, in a mark."""
    return format_html('<span class="contrib__kind">{}</span>', kind.label)


def attributes_of(number: int, parent: int | None) -> SafeString:
    """Return the attributes that programs find an article by."""
    if parent is None:
        return format_html('id="c{0}" data-number="{0}"', number)
    return format_html('id="c{0}" data-number="{0}" data-parent="{1}"', number, parent)


def joined(*parts: str) -> SafeString:
    """Return the parts that are not empty, with dots between."""
    return format_html_join(" · ", "{}", ((part,) for part in parts if part))


def title_html(thing: Consultation | Topic) -> SafeString | str:
    """Return the title of a place in the language of the page where that is at hand, else the Danish one, marked."""
    found = said_if_known(thing, "title")
    return format_html('<span lang="{}">{}</span>', found.language, found.text) if found.language else found.text


def district_beside(name: str, district: str) -> str:
    """Return the district, unless it is part of the name already: in “Peter, Klintmose” it is."""
    return "" if name.endswith(f", {district}") else district


def marks_of(row: Contribution, viewer_id: int | None) -> SafeString:
    """Return the badges that stand beside a name."""
    marks = NOTHING
    if row.author_is_resident:
        marks += badge("resident")
    if row.author_is_organisation:
        marks += badge("org")
    voice = voice_of(row)
    if voice:
        marks += badge("outside", voice_words(voice))
    elif row.offsite_author_id:
        marks += badge("imported")
    if row.came_late:
        marks += badge("late")
    if viewer_id and row.author_id == viewer_id:
        marks += badge("mine")
    return marks


def voice_words(voice: OutsideVoice) -> str:
    """Return how and on which day it came what staff typed in: "Letter of 3 May"."""
    words = {"channel": voice.get_channel_display(), "day": wording.day(voice.came_on)}
    return _("%(channel)s, came %(day)s") % words


def entered_html(at: datetime, now: datetime) -> SafeString:
    """Return when a text was typed in, where the day it came is another: its number goes by this moment."""
    before, _mark, after = (_("typed in %(moment)s") % {"moment": "\0"}).partition("\0")
    return format_html("{}{}{}", before, moment_html(at, now), after)


def link_to(row: Contribution) -> str:
    """Return the address of a number of any consultation, which leads to it for ever."""
    return reverse("portal:contribution", args=[row.consultation.slug, row.number])


def came_from(row: Contribution) -> SafeString:
    """Return under which number a text was received that was moved here, as a link; nothing for any other."""
    if row.moved_from is None:
        return NOTHING
    words = _("moved here from “%(title)s”, no. %(number)s") % {
        "title": row.moved_from.consultation.title,
        "number": row.moved_from.number,
    }
    return format_html('<a href="{}">{}</a>', link_to(row.moved_from), words)


def folded_words(run: Run[ThreadRow]) -> str:
    """Return the one line that several traces fold into."""
    numbers = {"numbers": run.numbers}
    if run.rows[0].same_as is not None:
        return same_letter_words(run)
    moved = sum(1 for row in run.rows if row.signpost)
    if moved == len(run.rows):
        return _("Nos. %(numbers)s were moved to another topic") % numbers
    moved += sum(1 for row in run.rows if row.contribution and row.contribution.is_moved_away)
    if moved == len(run.rows):
        return _("Nos. %(numbers)s were moved elsewhere") % numbers
    refused = sum(1 for row in run.rows if row.contribution and row.contribution.status == ContributionStatus.REFUSED)
    if refused < len(run.rows):
        return _("Nos. %(numbers)s are not shown here") % numbers
    return _("Nos. %(numbers)s not published") % numbers


def same_letter_words(run: Run[ThreadRow]) -> str:
    """Return the line that texts fold into which are the same letter as one that is shown in full."""
    words = {"numbers": run.numbers, "shown": run.rows[0].same_as}
    return (
        ngettext(
            "No. %(numbers)s has the same text as no. %(shown)s",
            "Nos. %(numbers)s have the same text as no. %(shown)s",
            len(run.rows),
        )
        % words
    )


def letter_words(row: Contribution) -> str:
    """Return what stands below a text that several people sent: how many others there are, or which one it is like."""
    if row.same_as is not None:
        return _("The same text as no. %(number)s, word for word or nearly") % {"number": row.same_as}
    count = row.others_with_it
    if not count:
        return ""
    return ngettext("and %(count)s with the same text", "and %(count)s with the same text", count) % {"count": count}


def sum_words(count: int | None) -> str:
    """Return how many agree, in words; nothing where it is not told."""
    if count is None:
        return ""
    return ngettext("%(count)s verified resident agrees", "%(count)s verified residents agree", count) % {
        "count": count
    }


def place_words(place: Near | ContributionPlace | MapPlace) -> str:
    """Return what a place lies at or near, with the distance."""
    if not place.metres:
        return _("Place: %(near)s") % {"near": place.near}
    return _("Place: near %(near)s, %(metres)s m") % {"near": place.near, "metres": floatformat(place.metres, "0g")}
