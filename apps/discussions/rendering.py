"""What a thread looks like: every word and address of an article made here, so that its template decides nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from apps.common import wording
from apps.common.richtext import to_html, trusted
from apps.common.templatetags.civic import badge
from apps.discussions.engine.threads import Run
from apps.discussions.enums import ContributionKind, ContributionStatus
from apps.discussions.models import Contribution, Signpost
from apps.discussions.queries import Reading, ThreadPage, ThreadRow
from apps.municipality.models import RefusalReason
from apps.municipality.queries import reasons_by_code

NOTHING = SafeString()


@dataclass(kw_only=True, slots=True)
class Article:
    """One article as shown. A trace has no name, no marks and no text."""

    number: int
    parent: int | None
    link: str
    style: str
    name: str = ""
    title: str = ""
    marks: SafeString = NOTHING
    kind: str = ""
    district: str = ""
    when: SafeString = NOTHING
    answers: str = ""
    answers_link: str = ""
    html: SafeString = NOTHING
    source: str = ""
    note: str = ""
    after: str = ""
    cited: Sequence[Any] = ()
    reply_url: str = ""
    answer_url: str = ""
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
    article = Article(number=0, parent=None, link="", style="person", name=getattr(viewer, "display_name", ""))
    article.marks = badge("resident") if reading.residence is not None else NOTHING
    article.kind = str(ContributionKind(fields["kind"]).label)
    article.district = reading.residence or ""
    article.html = trusted(to_html(fields["body"]))
    return article


def writes_as(reading: Reading, viewer: Any) -> str:
    """Return in one sentence what will stand beside a text that this viewer sends."""
    name = getattr(viewer, "display_name", "")
    if not name:
        return _("You log in before it is sent; your text is kept meanwhile.")
    if reading.residence is None:
        return _("Shown as %(name)s.") % {"name": name}
    if not reading.residence:
        return _("Shown as %(name)s, verified resident.") % {"name": name}
    return _("Shown as %(name)s, verified resident in %(district)s.") % {"name": name, "district": reading.residence}


def _continued(number: int, replies: Sequence[ThreadRow]) -> str:
    """Return in one line which root the replies belong to. The name of one that is not shown is not told."""
    roots = (row.contribution.root for row in replies if row.contribution and row.contribution.root)
    root = next((root for root in roots if root.is_published), None)
    if root is None:
        return _("#%(number)s, continued") % {"number": number}
    return _("#%(number)s %(name)s, continued") % {"number": number, "name": root.author_name}


class Printer:
    """Makes the articles of one page; what they share is looked up once."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.kinds = {kind.value: str(kind.label) for kind in ContributionKind}
        slug = reading.topic.consultation.slug
        self.links = reverse("portal:contribution", args=[slug, 0]).removesuffix("0/")
        write_url = reverse("discussions:contribution-submit", args=[slug, reading.topic.slug])
        self.replying = f"{write_url}?reply_to=" if reading.is_open else ""
        self.answering = reading.answer_url.rpartition("/0/")

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
        article = self._article(row, "person", html)
        article.marks = _marks(row, self.reading.viewer_id)
        article.kind = self.kinds[row.kind]
        article.district = row.author_district
        before, found, after = self.answering
        article.answer_url = f"{before}/{row.number}/{after}" if found else ""
        return article

    def official(self, row: Contribution, html: SafeString) -> Article:
        """Return the municipality's answer."""
        article = self._article(row, "official", html)
        article.title = row.author_title
        if row.root and row.in_reply_to_number == row.root_number:
            span = wording.waited(row.root.received_at, row.received_at)
            article.after = _("Answered after %(span)s") % {"span": span}
        return article

    def trace(self, row: Contribution, parent: int | None) -> Article:
        """Return what is left of a contribution that is not shown: its number and why."""
        article = Article(number=row.number, parent=parent, link=self.link(row.number), style="gone")
        if row.status == ContributionStatus.WITHDRAWN:
            article.symbol = "undo"
            article.name = _("No. %(number)s was withdrawn by its author.") % {"number": row.number}
            return article
        article.symbol = "eyeoff"
        article.name = _("No. %(number)s was not published.") % {"number": row.number}
        article.reason = reason_in_words(reasons_by_code().get(row.refusal_reason_id or ""), row.refusal_sentence)
        return article

    def moved(self, row: ThreadRow) -> Article:
        """Return the signpost to where a contribution stands now."""
        post = row.signpost
        assert isinstance(post, Signpost)  # noqa: S101 - a row without a contribution has one
        article = Article(number=row.number, parent=row.parent, link=self.link(row.number), style="gone", symbol="move")
        article.name = _("No. %(number)s was moved to another topic:") % {"number": row.number}
        article.moved_to = post.to_topic.title
        return article

    def _article(self, row: Contribution, style: str, html: SafeString) -> Article:
        parent = None if row.number == row.root_number else row.root_number
        answers = row.in_reply_to_number if row.in_reply_to_number != parent else None
        return Article(
            number=row.number,
            parent=parent,
            link=self.link(row.number),
            style=style,
            name=row.author_name,
            when=moment_html(row.received_at, self.reading.at),
            answers=_("in reply to no. %(number)s") % {"number": answers} if answers else "",
            answers_link=self.link(answers) if answers else "",
            html=html,
            source=row.source,
            note=row.note,
            cited=self.reading.cited.get(row.pk, ()),
            reply_url=f"{self.replying}{row.number}" if self.replying else "",
        )


def article_words() -> dict[str, str]:
    """Return the words that stand in every article, looked up once a page."""
    return {
        "reply": _("Reply"),
        "answer": _("Answer"),
        "to_no": _("to no."),
        "link_to": _("Link to contribution"),
        "official": _("The municipality's answer"),
        "cited": _("Cited in the summary:"),
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


def moment_html(at: datetime, now: datetime) -> SafeString:
    """Return a <time> element with the moment in words."""
    return format_html('<time datetime="{}">{}</time>', at.isoformat(timespec="minutes"), wording.moment(at, now))


def _marks(row: Contribution, viewer_id: int | None) -> SafeString:
    marks = NOTHING
    if row.author_is_resident:
        marks += badge("resident")
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
    return (_("Nos. %(numbers)s are not shown here") if moved else _("Nos. %(numbers)s not published")) % numbers
