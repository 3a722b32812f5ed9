"""What a thread looks like: every word and address of an article made here, so that its template decides nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.accounts.rules import is_person
from apps.common import wording
from apps.common.richtext import to_html, trusted
from apps.common.templatetags.civic import badge, icon, initials
from apps.consultations.enums import NamePolicy
from apps.discussions.engine.threads import Run
from apps.discussions.enums import ContributionKind, ContributionStatus
from apps.discussions.models import Contribution, Signpost
from apps.discussions.queries import Author, Reading, ThreadPage, ThreadRow, public_name
from apps.municipality.models import RefusalReason
from apps.municipality.queries import reasons_by_code

NOTHING = trusted("")


@dataclass(kw_only=True, slots=True)
class Article:
    """One article as shown. A trace has no name, no marks and no text."""

    number: str
    attributes: SafeString
    link: str
    style: str
    name: str = ""
    initials: str = ""
    marks: SafeString = NOTHING
    meta: SafeString = NOTHING
    html: SafeString = NOTHING
    source: str = ""
    note: str = ""
    after: str = ""
    cited: Sequence[Any] = ()
    reply_url: str = ""
    answer_url: str = ""
    report_url: str = ""
    symbol: str = ""
    reason: str = ""
    moved_to: str = ""


@dataclass(frozen=True, slots=True)
class ShownRun:
    """One article, or several traces that open from one line."""

    articles: list[Article]
    words: str


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A root with its replies; `continued` names a root that stands on an earlier page."""

    root: ShownRun | None
    replies: list[ShownRun]
    number: int
    link: str
    continued: str


def thread_blocks(page: ThreadPage, reading: Reading) -> list[ShownBlock]:
    """Return a page's blocks, ready to be shown."""
    printer = Printer(reading)
    return [
        ShownBlock(
            root=printer.run(block.root) if block.root else None,
            replies=[printer.run(run) for run in block.replies],
            number=block.root_number,
            link=printer.link(block.root_number),
            continued=""
            if block.root
            else _continued(block.root_number, [row for run in block.replies for row in run.rows]),
        )
        for block in page.blocks
    ]


def news_articles(rows: Iterable[ThreadRow], reading: Reading) -> list[Article]:
    """Return articles that came while somebody was reading, ready to be shown."""
    printer = Printer(reading)
    return [printer.article(row) for row in rows]


def shown_as(contribution: Contribution, reading: Reading) -> Article:
    """Return a contribution as its author will see it in the thread: for previews and receipts."""
    return Printer(reading).person(contribution, trusted(contribution.body_html))


def preview(reading: Reading, viewer: Any, fields: Mapping[str, Any]) -> Article:
    """Return a text as it will look once it is published, made by the same functions; nothing is stored."""
    author = _author(reading, viewer)
    name = author.name if author else ""
    return Article(
        number="",
        attributes=NOTHING,
        link="",
        style="person",
        name=name,
        initials=initials(name),
        marks=_writer_marks(author),
        meta=_joined(_kind_html(ContributionKind(fields["kind"])), _district(name, author.district if author else "")),
        html=trusted(to_html(fields["body"])),
    )


@dataclass(frozen=True, slots=True)
class ShownWriter:
    """What will stand beside a text: in a sentence with the badge, and why it is so where that may surprise."""

    sentence: str
    marks: SafeString = NOTHING
    why: str = ""


def writes_as(reading: Reading, viewer: Any) -> ShownWriter:
    """Return exactly what becomes public of a viewer who sends a text here."""
    author = _author(reading, viewer)
    if author is None:
        return ShownWriter(_("You log in before it is sent; your text is kept meanwhile."), why=_why(reading, author))
    words = {"name": author.name, "district": _district(author.name, author.district)}
    if author.is_organisation:
        sentence = _("Shown as %(name)s, organisation.") % words
    elif not author.is_resident:
        sentence = _("Shown as %(name)s.") % words
    elif not words["district"]:
        sentence = _("Shown as %(name)s, verified resident.") % words
    else:
        sentence = _("Shown as %(name)s, verified resident in %(district)s.") % words
    return ShownWriter(sentence, _writer_marks(author), _why(reading, author))


def _why(reading: Reading, author: Author | None) -> str:
    """Return why a name is not simply shown in full."""
    if author and author.name_hidden:
        return _("Your name is protected, so it is shown nowhere.")
    if author and author.is_organisation:
        return _("This account writes for the organisation. It does not count as a resident.")
    if reading.topic.consultation.name_policy == NamePolicy.FIRST_NAME:
        return _("In this consultation only first name and district are shown.")
    return ""


def _author(reading: Reading, viewer: Any) -> Author | None:
    """Return how the viewer would stand beside a text, None for somebody who is not signed in."""
    if not is_person(viewer):
        return None
    policy = reading.topic.consultation.name_policy
    return public_name(viewer, policy=policy, residence=reading.residence, organisation=reading.organisation)


def _writer_marks(author: Author | None) -> SafeString:
    if author and author.is_organisation:
        return badge("org")
    return badge("resident") if author and author.is_resident else NOTHING


def _district(name: str, district: str) -> str:
    """Return the district, unless it is part of the name already: in “Peter, Klintmose” it is."""
    return "" if name.endswith(f", {district}") else district


def _continued(number: int, replies: Sequence[ThreadRow]) -> str:
    """Return in one line which root the replies belong to. The name of one that is not shown is not told."""
    roots = (row.contribution.root for row in replies if row.contribution and row.contribution.root)
    root = next((root for root in roots if root.is_published), None)
    if root is None:
        return _("#%(number)s, continued") % {"number": number}
    return _("#%(number)s %(name)s, continued") % {"number": number, "name": root.shown_name}


_WITHHELD = {
    ContributionStatus.REFUSED: gettext_lazy("No. %(number)s was not published."),
    ContributionStatus.RETURNED: gettext_lazy("No. %(number)s is not published: its author was asked to change it."),
    ContributionStatus.HIDDEN: gettext_lazy("No. %(number)s is no longer shown: a moderator hid it."),
}


class Printer:
    """Makes the articles of one page; what they share is looked up once."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.kinds = {kind.value: _kind_html(kind) for kind in ContributionKind}
        slug = reading.topic.consultation.slug
        self.links = reverse("portal:contribution", args=[slug, 0]).removesuffix("0/")
        write_url = reverse("discussions:contribution-submit", args=[slug, reading.topic.slug])
        self.replying = f"{write_url}?reply_to=" if reading.is_open else ""
        self.answering = reading.answer_url.rpartition("/0/")
        self.reporting = reading.report_url.rpartition("/0/")

    @cached_property
    def reasons(self) -> dict[str, RefusalReason]:
        """The reasons of refusals, read only for a page that shows one."""
        return reasons_by_code()

    def link(self, number: int) -> str:
        """Return the address that leads to a number for ever."""
        return f"{self.links}{number}/"

    def run(self, run: Run[ThreadRow]) -> ShownRun:
        """Return a run, with the line that it folds into if it does."""
        return ShownRun([self.article(row) for row in run.rows], _folded(run) if run.is_fold else "")

    def article(self, row: ThreadRow) -> Article:
        """Return a row of the thread as shown."""
        if row.contribution is None:
            return self.moved(row)
        if row.is_trace:
            return self.trace(row.contribution, row.parent)
        html = trusted(vars(row.contribution)["shown_html"])
        if row.contribution.is_answer:
            return self.official(row.contribution, html)
        return self.person(row.contribution, html)

    def person(self, row: Contribution, html: SafeString) -> Article:
        """Return what somebody wrote."""
        district = _district(row.author_name, row.author_district)
        article = self._article(row, "person", html, self.kinds[row.kind], district)
        article.initials = initials(row.author_name)
        article.marks = _marks(row, self.reading.viewer_id)
        before, found, after = self.answering
        article.answer_url = f"{before}/{row.number}/{after}" if found else ""
        before, found, after = self.reporting
        is_own = row.author_id is not None and row.author_id == self.reading.viewer_id
        article.report_url = f"{before}/{row.number}/{after}" if found and not is_own else ""
        return article

    def official(self, row: Contribution, html: SafeString) -> Article:
        """Return the municipality's answer."""
        article = self._article(row, "official", html, row.author_title, "")
        if row.root and row.in_reply_to_number == row.root_number:
            span = wording.waited(row.root.received_at, row.received_at)
            article.after = _("Answered after %(span)s") % {"span": span}
        return article

    def trace(self, row: Contribution, parent: int | None) -> Article:
        """Return what is left of a contribution that is not shown: its number and why."""
        if row.status == ContributionStatus.WITHDRAWN:
            return self._trace(row.number, parent, "undo", _("No. %(number)s was withdrawn by its author."))
        if row.status == ContributionStatus.ERASED:
            article = self._trace(row.number, parent, "eyeoff", _("No. %(number)s: the text was erased."))
            article.reason = ground_in_words(row)
            return article
        article = self._trace(row.number, parent, "eyeoff", _WITHHELD[ContributionStatus(row.status)])
        article.reason = reason_in_words(self.reasons.get(row.refusal_reason_id or ""), row.refusal_sentence)
        return article

    def moved(self, row: ThreadRow) -> Article:
        """Return the signpost to where a contribution stands now."""
        post = row.signpost
        assert isinstance(post, Signpost)  # noqa: S101 - a row without a contribution has one
        article = self._trace(row.number, row.parent, "move", _("No. %(number)s was moved to another topic:"))
        article.moved_to = post.to_topic.title
        return article

    def _trace(self, number: int, parent: int | None, symbol: str, sentence: str | Promise) -> Article:
        return Article(
            number=str(number),
            attributes=_attributes(number, parent),
            link=self.link(number),
            style="gone",
            symbol=symbol,
            name=str(sentence) % {"number": number},
        )

    def _article(self, row: Contribution, style: str, html: SafeString, *first: str) -> Article:
        parent = None if row.number == row.root_number else row.root_number
        answers = row.in_reply_to_number if row.in_reply_to_number != parent else None
        when = moment_html(row.received_at, self.reading.at)
        return Article(
            number=str(row.number),
            attributes=_attributes(row.number, parent),
            link=self.link(row.number),
            style=style,
            name=row.shown_name,
            meta=_joined(first[0], self._answers(answers) if answers else "", *first[1:], when),
            html=html,
            source=row.source,
            note=_(row.note) if row.note else "",
            cited=self.reading.cited.get(row.pk, ()),
            reply_url=f"{self.replying}{row.number}" if self.replying else "",
        )

    def _answers(self, number: int) -> SafeString:
        words = _("in reply to no. %(number)s") % {"number": number}
        return format_html('<a href="{}">{}</a>', self.link(number), words)


def article_words() -> dict[str, str]:
    """Return the words that stand in every article, looked up once a page."""
    return {
        "reply": _("Reply"),
        "answer": _("Answer for the municipality"),
        "report": _("Report"),
        "to_no": _("to no."),
        "no": _("no."),
        "link_to": _("Link to contribution"),
        "official": _("The municipality's answer"),
        "cited": _("Cited in the summary:"),
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


def _kind_html(kind: ContributionKind) -> SafeString:
    return format_html('<span class="contrib__kind">{}</span>', kind.label)


def _attributes(number: int, parent: int | None) -> SafeString:
    """Return the attributes that programs find an article by."""
    if parent is None:
        return format_html('id="c{0}" data-number="{0}"', number)
    return format_html('id="c{0}" data-number="{0}" data-parent="{1}"', number, parent)


def _joined(*parts: str) -> SafeString:
    return format_html_join(" · ", "{}", ((part,) for part in parts if part))


def _marks(row: Contribution, viewer_id: int | None) -> SafeString:
    marks = NOTHING
    if row.author_is_resident:
        marks += badge("resident")
    if row.author_is_organisation:
        marks += badge("org")
    if row.offsite_author_id:
        marks += badge("imported")
    if viewer_id and row.author_id == viewer_id:
        marks += badge("mine")
    return marks


def _folded(run: Run[ThreadRow]) -> str:
    numbers = {"numbers": run.numbers}
    moved = sum(1 for row in run.rows if row.signpost)
    if moved == len(run.rows):
        return _("Nos. %(numbers)s were moved to another topic") % numbers
    refused = sum(1 for row in run.rows if row.contribution and row.contribution.status == ContributionStatus.REFUSED)
    if refused < len(run.rows):
        return _("Nos. %(numbers)s are not shown here") % numbers
    return _("Nos. %(numbers)s not published") % numbers
