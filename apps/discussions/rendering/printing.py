"""How a thread becomes articles: every word and address of an article made here."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from apps.common import wording
from apps.common.richtext import trusted
from apps.common.templatetags.civic import danish, initials
from apps.consultations.enums import ConsultationKind
from apps.discussions.engine.threads import Run
from apps.discussions.enums import ContributionKind, ContributionStatus
from apps.discussions.models import Contribution, Signpost
from apps.discussions.queries import Reading, ThreadPage, ThreadRow, files_beside, near_of, voice_of
from apps.discussions.rendering.answers import answer_links
from apps.discussions.rendering.articles import NOTHING, Article, ShownBlock, ShownRun
from apps.discussions.rendering.files import shown_files
from apps.discussions.rendering.proposals import shown_progress
from apps.discussions.rendering.suggestions import shown_steps
from apps.discussions.rendering.words import (
    WITHHELD,
    attributes_of,
    came_from,
    district_beside,
    entered_html,
    folded_words,
    ground_in_words,
    joined,
    kind_html,
    letter_words,
    link_to,
    marks_of,
    moment_html,
    place_words,
    reason_in_words,
    sum_words,
    title_html,
)
from apps.municipality.models import RefusalReason
from apps.municipality.queries import reasons_by_code


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


def _continued(number: int, replies: Sequence[ThreadRow]) -> str:
    """Return in one line which root the replies belong to. The name of one that is not shown is not told."""
    roots = (row.contribution.root for row in replies if row.contribution and row.contribution.root)
    root = next((root for root in roots if root.is_published), None)
    if root is None:
        return _("#%(number)s, continued") % {"number": number}
    return _("#%(number)s %(name)s, continued") % {"number": number, "name": root.shown_name}


class Printer:
    """Makes the articles of one page; what they share is looked up once."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.kinds = {kind.value: kind_html(kind) for kind in ContributionKind}
        slug = reading.topic.consultation.slug
        self.links = reverse("portal:contribution", args=[slug, 0]).removesuffix("0/")
        write_url = reverse("discussions:contribution-submit", args=[slug, reading.topic.slug])
        self.versions = reverse("consultations:version-list", args=[slug])
        self.replying = f"{write_url}?reply_to=" if reading.is_open else ""
        self.answering = reading.answer_url.rpartition("/0/")
        self.correcting = reading.correct_url.rpartition("/0/")
        self.reporting = reading.report_url.rpartition("/0/")
        self.files = reverse("discussions:contribution-file", args=[slug, 0, 0]).removesuffix("0/files/0/")
        self.stating = reading.status_url.rpartition("/0/")
        self.agreeing = reading.agree_url.rpartition("/0/")
        self.map = reverse("portal:consultation-map", args=[slug])
        self.letters = reverse("discussions:letter", args=[slug, 0]).rpartition("/0/")

    @cached_property
    def reasons(self) -> dict[str, RefusalReason]:
        """The reasons of refusals, read only for a page that shows one."""
        return reasons_by_code()

    def link(self, number: int) -> str:
        """Return the address that leads to a number for ever."""
        return f"{self.links}{number}/"

    def run(self, run: Run[ThreadRow]) -> ShownRun:
        """Return a run, with the line that it folds into if it does."""
        return ShownRun([self.article(row) for row in run.rows], folded_words(run) if run.is_fold else "")

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
        district = district_beside(row.author_name, row.author_district)
        article = self._article(row, "person", html, self.kinds[row.kind], district)
        article.initials = initials(row.author_name)
        article.marks = marks_of(row, self.reading.viewer_id)
        article.is_unread = row.is_unread
        article.files = shown_files(files_beside(row), link=self.files, number=row.number, is_author=self._is_own(row))
        before, found, after = self.answering
        article.answer_url = f"{before}/{row.number}/{after}" if found else ""
        article.steps = shown_steps(self.reading.steps.get(row.pk, ()), self.reading.at)
        before, found, after = self.stating
        article.status_url = f"{before}/{row.number}/{after}" if found and row.number == row.root_number else ""
        self._agreement(article, row)
        before, found, after = self.reporting
        article.letter = letter_words(row)
        article.letter_url = (
            f"{self.letters[0]}/{row.same_as or row.number}/{self.letters[2]}" if article.letter else ""
        )
        near = near_of(row)
        article.place = place_words(near) if near else ""
        article.place_url = f"{self.map}?after={row.number - 1}#place-{row.number}" if near else ""
        article.report_url = f"{before}/{row.number}/{after}" if found and not self._is_own(row) else ""
        return article

    def _is_own(self, row: Contribution) -> bool:
        return row.author_id is not None and row.author_id == self.reading.viewer_id

    def _agreement(self, article: Article, row: Contribution) -> None:
        """Let the reader agree with what somebody else wrote, and tell how many do where everyone may know."""
        before, found, after = self.agreeing
        is_own = row.author_id is None or row.author_id == self.reading.viewer_id
        article.agree_url = f"{before}/{row.number}/{after}" if found and not is_own else ""
        article.is_agreed = row.pk in self.reading.agreed
        proposal = self.reading.proposals.get(row.pk) if row.is_published else None
        article.progress = shown_progress(proposal, vars(proposal)["agreed"] if proposal else 0, self.reading.at)
        article.sum = "" if article.progress else sum_words(self.reading.sums.get(row.pk))
        if article.progress and article.progress.is_over:
            article.agree_url = ""

    def official(self, row: Contribution, html: SafeString) -> Article:
        """Return the municipality's answer."""
        article = self._article(row, "official", html, danish(row.author_title), "")
        if row.root and row.in_reply_to_number == row.root_number:
            span = wording.waited(row.root.received_at, row.received_at)
            article.after = _("Answered after %(span)s") % {"span": span}
        before, found, after = self.correcting
        links = self.reading.links.get(row.pk)
        is_corrected = links is not None and links.corrected_by is not None
        article.correct_url = f"{before}/{row.number}/{after}" if found and not is_corrected else ""
        return article

    def trace(self, row: Contribution, parent: int | None) -> Article:
        """Return what is left of a contribution that is not shown: its number, why, and where it is treated."""
        article = self._left_of(row, parent)
        article.treated = self.reading.treated.get(row.pk, ())
        return article

    def _left_of(self, row: Contribution, parent: int | None) -> Article:
        if row.status == ContributionStatus.WITHDRAWN:
            return self._trace(row.number, parent, "undo", _("No. %(number)s was withdrawn by its author."))
        if row.status == ContributionStatus.MOVED:
            return self.moved_away(row, parent)
        if row.status == ContributionStatus.ERASED:
            article = self._trace(row.number, parent, "eyeoff", _("No. %(number)s: the text was erased."))
            article.reason = ground_in_words(row)
            return article
        article = self._trace(row.number, parent, "eyeoff", WITHHELD[ContributionStatus(row.status)])
        article.reason = reason_in_words(self.reasons.get(row.refusal_reason_id or ""), row.refusal_sentence)
        return article

    def moved(self, row: ThreadRow) -> Article:
        """Return the signpost to where a contribution stands now."""
        post = row.signpost
        assert isinstance(post, Signpost)  # noqa: S101 - a row without a contribution has one
        article = self._trace(row.number, row.parent, "move", _("No. %(number)s was moved to another topic:"))
        article.moved_to, article.reason = title_html(post.to_topic), post.sentence
        return article

    def moved_away(self, row: Contribution, parent: int | None) -> Article:
        """Return the signpost to the other consultation that a text stands in now, under the number it has there."""
        text = row.moved_to
        assert text is not None  # noqa: S101 - the database refuses such a row without one
        is_in_box = text.consultation.kind == ConsultationKind.SUGGESTIONS
        to_box, elsewhere = _("No. %(number)s was moved to:"), _("No. %(number)s was moved to another hearing:")
        article = self._trace(row.number, parent, "move", to_box if is_in_box else elsewhere)
        article.link = link_to(text)
        words = _("“%(title)s”, no. %(number)s") % {"title": "\0", "number": text.number}
        before, _mark, after = words.partition("\0")
        article.moved_to = format_html("{}{}{}", before, title_html(text.consultation), after)
        article.reason = row.refusal_sentence
        return article

    def _trace(self, number: int, parent: int | None, symbol: str, sentence: str | Promise) -> Article:
        return Article(
            number=str(number),
            attributes=attributes_of(number, parent),
            link=self.link(number),
            style="gone",
            symbol=symbol,
            name=str(sentence) % {"number": number},
        )

    def _article(self, row: Contribution, style: str, html: SafeString, *first: str) -> Article:
        parent = None if row.number == row.root_number else row.root_number
        answers = row.in_reply_to_number if row.in_reply_to_number != parent else None
        moment = entered_html if voice_of(row) else moment_html
        when = moment(row.received_at, self.reading.at)
        return Article(
            number=str(row.number),
            attributes=attributes_of(row.number, parent),
            link=self.link(row.number),
            style=style,
            name=row.shown_name,
            meta=joined(
                first[0],
                self._answers(answers) if answers else "",
                *first[1:],
                when,
                self._written_to(row),
                came_from(row),
            ),
            html=html,
            source=row.source,
            note=_(row.note) if row.note else "",
            links=answer_links(self.reading.links.get(row.pk), self.link),
            cited=self.reading.cited.get(row.pk, ()),
            treated=self.reading.treated.get(row.pk, ()),
            reply_url=f"{self.replying}{row.number}" if self.replying else "",
        )

    def _written_to(self, row: Contribution) -> SafeString:
        """Return to which version of the proposal it was written, where the proposal has changed since."""
        current = self.reading.topic.consultation.proposal_version
        if not 0 < row.proposal_version < current:
            return NOTHING
        words = _("written to version %(number)s of the proposal") % {"number": row.proposal_version}
        return format_html('<a href="{}?from={}&amp;to={}">{}</a>', self.versions, row.proposal_version, current, words)

    def _answers(self, number: int) -> SafeString:
        words = _("in reply to no. %(number)s") % {"number": number}
        return format_html('<a href="{}">{}</a>', self.link(number), words)
