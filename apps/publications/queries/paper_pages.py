"""What the pages and files of a published white paper show: how the hearing went, and the annex of all voices."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, F, QuerySet, Value, When
from django.db.models.functions import Substr

from apps.common.richtext import plain
from apps.consultations.enums import MeetingStatus
from apps.consultations.models import Consultation, Meeting, Phase
from apps.consultations.queries import meetings_of, phases_of, public
from apps.discussions.enums import Channel, ContributionStatus
from apps.discussions.models import Contribution
from apps.discussions.queries import numbers_given, received_by_people
from apps.publications.enums import Treatment
from apps.publications.models import PaperVersion, Treated
from apps.publications.queries.accounts import PAGE
from apps.publications.queries.paper_versions import treated_page
from apps.publications.queries.summaries import BEGINNING, EXCERPT

ON_THE_SITE, IMPORTED = "site", "imported"
_PUBLISHED = {"status": ContributionStatus.PUBLISHED}


@dataclass(frozen=True)
class Process:
    """How a hearing went, for a version of its white paper: when, where, and how many different people took part.

    `districts` counts the people whose address is confirmed, `channels` contributions by the way they came. Both stand
    in an order of their own, never that of the counts.
    """

    phases: Sequence[Phase]
    meetings: Sequence[Meeting]
    people: int
    contributions: int
    unpublished: int
    districts: Mapping[str, int]
    channels: Mapping[str, int]


def process_of(version: PaperVersion) -> Process:
    """Return how the hearing of a version went. Three queries.

    Counted is what the version accounts for; what it left out is nobody's voice.
    """
    consultation = version.paper.consultation
    counted = Treated.objects.filter(version=version).exclude(how=Treatment.LEFT_OUT)
    rows = received_by_people(consultation.pk).filter(pk__in=counted.values("contribution"))
    facts = list(rows.values_list("number", "author_id", "offsite_author_id", "author_district", "outside__channel"))
    living: dict[str, set[tuple[int | None, int | None]]] = defaultdict(set)
    channels: Counter[str] = Counter()
    for _number, author, offsite, district, channel in facts:
        living[district].add((author, offsite))
        channels[channel or (IMPORTED if offsite else ON_THE_SITE)] += 1
    meetings = [meeting for meeting in meetings_of(consultation) if meeting.status == MeetingStatus.ANNOUNCED]
    return Process(
        phases=phases_of(consultation),
        meetings=[meeting for meeting in meetings if meeting.starts_at <= version.published_at],
        people=len(set().union(*living.values())),
        contributions=len(facts),
        unpublished=len(version.content["unpublished"]),
        districts={name: len(people) for name, people in sorted(living.items()) if name},
        channels={name: channels[name] for name in (ON_THE_SITE, *Channel.values, IMPORTED) if channels[name]},
    )


@dataclass(frozen=True)
class AnnexRow:
    """A contribution in the annex: its text where everyone reads it, and where a version treats it."""

    contribution: Contribution
    labels: Sequence[str]
    how: str
    sentence: str = ""
    ground: str = ""
    same_as: int | None = None

    @property
    def number(self) -> int:
        """The receipt number."""
        return self.contribution.number

    @property
    def is_public(self) -> bool:
        """Everyone reads its text."""
        return self.contribution.is_published

    @property
    def html(self) -> str:
        """The text as stored HTML, nothing of one that is not public."""
        return str(vars(self.contribution).get("shown_html", ""))

    @property
    def excerpt(self) -> str:
        """The beginning of the text in plain words, nothing of one that is not public."""
        return plain(str(vars(self.contribution).get("beginning", "")), EXCERPT)


@dataclass(frozen=True)
class AnnexPage:
    """A page of the annex, in received order; `next_after` is the number to go on from."""

    rows: Sequence[AnnexRow]
    next_after: int | None


def annex_page(version: PaperVersion, *, after: int = 0, size: int = PAGE) -> AnnexPage:
    """Return where a version treats each number, by number behind one, with the beginning of the text. Three queries.

    What is not public is a number and a reason: its text is not read at all.
    """
    treated, next_after = treated_page(version, after=after, size=size)
    texts = _shown(version.paper.consultation, {row.number for row in treated}).annotate(
        beginning=Case(
            When(**_PUBLISHED, then=Substr("body", 1, BEGINNING)), default=_NOTHING, output_field=CharField()
        )
    )
    return AnnexPage(_annex(version, treated, texts), next_after)


@dataclass(frozen=True)
class WholePaper:
    """All that a version prints: its content, how the hearing went, and every text of the annex in full."""

    version: PaperVersion
    process: Process
    annex: Sequence[AnnexRow]


def treated_rows(version: PaperVersion) -> list[Treated]:
    """Return where a version treats each number, by number and statement. One query."""
    return list(Treated.objects.filter(version=version).order_by("number", "place"))


def whole_paper(version: PaperVersion) -> WholePaper:
    """Return all of a version, with the texts that everyone reads now. Five queries, however many wrote."""
    treated = treated_rows(version)
    texts = _shown(version.paper.consultation).annotate(
        shown_html=Case(When(**_PUBLISHED, then=F("body_html")), default=_NOTHING, output_field=CharField())
    )
    return WholePaper(version, process_of(version), _annex(version, treated, texts))


_NOTHING = Value("")


def _shown(consultation: Consultation, numbers: set[int] | None = None) -> QuerySet[Contribution]:
    rows = received_by_people(consultation.pk).select_related("topic", "outside", "refusal_reason", "cluster")
    rows = rows.defer("body", "body_html", "salt", "source")
    return rows if numbers is None else rows.filter(number__in=numbers)


def _annex(version: PaperVersion, treated: Sequence[Treated], texts: QuerySet[Contribution]) -> list[AnnexRow]:
    places: dict[int, list[Treated]] = defaultdict(list)
    for row in treated:
        places[row.number].append(row)
    noted = {row["number"]: row["sentence"] for row in version.content["noted"]}
    left_out = {row["number"]: row for row in version.content["left_out"]}
    return [
        AnnexRow(
            contribution=text,
            labels=[row.label for row in places[text.number] if row.label],
            how=places[text.number][0].how,
            sentence=noted.get(text.number, ""),
            ground=left_out.get(text.number, {}).get("ground", ""),
            same_as=left_out.get(text.number, {}).get("same_as"),
        )
        for text in texts
        if text.number in places
    ]


def latest_papers(*, limit: int = 3) -> list[PaperVersion]:
    """Return the newest versions of the white papers that were published last, newest first, with consultations."""
    rows = PaperVersion.objects.filter(public("paper__consultation__"), version=F("paper__version"))
    return list(rows.select_related("paper__consultation").defer("content").order_by("-published_at", "-pk")[:limit])


def number_states(version: PaperVersion) -> list[dict[str, Any]]:
    """Return every number that was given out until a version was published, with what it is and how it stands now.

    Without a word of any text. One query.
    """
    return [
        {"number": number, "kind": kind, "status": status, "received_on": received_at.date().isoformat()}
        for number, kind, status, received_at in numbers_given(
            version.paper.consultation_id, until=version.published_at
        )
    ]
