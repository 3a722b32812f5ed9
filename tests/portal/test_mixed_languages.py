"""On English pages every text that is only in Danish is marked as Danish, wherever it stands.

A town is made in which each text column of officials holds a word of its own, so that a page that shows one of them
outside an element in Danish is found out, whichever page and column it is.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db.models import CharField, Model, SlugField, TextField, URLField
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from apps.consultations.actions import ConsultationText, PartyText, add_parties, replace_document, revise_consultation
from apps.consultations.enums import ConsultationStatus, PartyKind
from apps.consultations.models import Consultation, DeadlineChange, DocumentVersion, Meeting, StageChange, Topic
from apps.discussions.models import Contribution
from apps.ledger.actions import sequence_entries
from apps.municipality.models import HouseRule, HouseRulesVersion, LegalBasis, Municipality, RefusalReason
from apps.publications.actions import StatementText, draft_summary, publish_summary, save_case_meeting
from apps.publications.actions.milestones import add_milestone, change_milestone
from apps.publications.engine.milestones import MilestoneText
from tests import factories, personas
from tests.common.languages import words_by_language
from tests.factories.maps import a_map
from tests.factories.standing import a_box, a_post
from tests.personas import Viewer
from tests.publications.cases import DAY, a_text, decided, heard, recommended, told

pytestmark = pytest.mark.django_db

# Which columns of a model are the municipality's words. What is a name, an address or a sign is the same everywhere.
TEXTS: dict[str, tuple[str, ...]] = {
    "consultations.Consultation": ("title", "lede", "body", "decision_note", "contact", "shorter_because"),
    "consultations.ProposalVersion": ("title", "lede", "body", "what_changed"),
    "consultations.Phase": ("title",),
    "consultations.DeadlineChange": ("cause",),
    "consultations.StageChange": ("sentence",),
    "consultations.Topic": ("title", "question", "facts_source", "stop_sentence"),
    "consultations.Fact": ("value", "unit", "label", "source"),
    "consultations.Meeting": ("title", "place", "access", "about", "call_off_reason", "minutes"),
    "consultations.DocumentVersion": ("title", "description", "what_changed", "held_sentence"),
    "consultations.ConsultationMap": ("description",),
    "consultations.MapFeature": ("name", "note"),
    "consultations.HearingParty": ("name",),
    "publications.Statement": ("title", "body"),
    "publications.Recommendation": ("text",),
    "publications.RecommendationVersion": ("text", "note"),
    "publications.CaseMeeting": ("name", "decided", "minority", "changes", "guidance"),
    "publications.CaseMeetingVersion": ("name", "decided", "minority", "changes", "guidance", "note"),
    "publications.Milestone": ("title", "text", "department"),
    "publications.MilestoneStep": ("sentence",),
    "municipality.Municipality": ("was_gaps_da",),
    "municipality.HouseRulesVersion": ("what_changed_da",),
    "municipality.HouseRule": ("title_da", "text_da"),
    "municipality.RefusalReason": ("title_da", "legal_ground", "suggestion_da"),
    "municipality.LegalBasis": ("name_da", "paragraph"),
}
NO_WORDS = frozenset({
    "consultations.Consultation.stop_sentence",
    "consultations.Consultation.plandata_number",
    "consultations.Consultation.journal_number",
    "consultations.MapFeature.number",
    "consultations.HearingParty.email",
    "consultations.HearingParty.address",
    "consultations.HearingParty.postal_line",
    "publications.Statement.english_of",
    "publications.Milestone.promise",
    "publications.MilestoneStep.fingerprint",
    "municipality.Municipality.name",
    "municipality.Municipality.site_name",
    "municipality.Municipality.code",
    "municipality.Municipality.address",
    "municipality.Municipality.phone",
    "municipality.Municipality.email",
    "municipality.Municipality.working_week",
    "municipality.Municipality.days_off",
    "municipality.Municipality.brand_color",
})  # fmt: skip
# What is shown where it is written and nowhere else in English: names that have to be given in both languages, and what
# is offered to a moderator as a beginning, which is left out where there is none in the language they write in.
UNSEEN = frozenset({
    "municipality.HouseRule.title_da",
    "municipality.RefusalReason.title_da",
    "municipality.RefusalReason.suggestion_da",
    "municipality.LegalBasis.name_da",
})  # fmt: skip
# Being there says that something is stopped, held back or called off.
STATES = frozenset({"stop_sentence", "held_sentence", "call_off_reason"})
OF_HEARING = (
    "portal:consultation",
    "portal:consultation-map",
    "portal:consultation-entries",
    "portal:moderation-log",
    "publications:summary",
    "publications:decision",
    "publications:decision-versions",
    "publications:follow-up",
    "consultations:document-list",
    "consultations:version-list",
)
WITHOUT_PLACE = (
    "portal:home",
    "portal:consultation-list",
    "portal:news-list",
    "portal:suggestion-list",
    "portal:how-it-works",
    "portal:entry-list",
    "portal:moderation-log-of-all",
    "portal:privacy",
    "municipality:accessibility",
    "municipality:rules",
)
# What officials read of a case that was decided.
OF_DECISION = (
    "publications:decision-desk",
    "publications:recommendation-publish",
    "publications:notice-list",
    "publications:notice-begin",
)
OF_PEOPLE = ("portal:me", "portal:my-following", "portal:my-data", "portal:my-settings")
OF_STAFF = (
    "portal:desk",
    "moderation:queue",
    "moderation:decision-list",
    "moderation:letter-list",
    "moderation:pause-list",
    "moderation:measure-list",
    "moderation:statement-post-list",
    "consultations:calendar",
    "municipality:legal-basis-list",
)


class Town:
    """Two hearings with one of everything, the box and a post, in which each column holds its own word."""

    def __init__(self, at: datetime) -> None:
        self.hearing = factories.a_hearing(at=at)
        self.cancelled = factories.a_hearing(at=at)
        self.topic = factories.the_topic(self.hearing)
        self.stopped = factories.a_topic(self.hearing, at=at)
        self.author = personas.resident(at=at, email="rita@example.org")
        self.text = factories.a_published(self.topic, at=at, by=self.author)
        self.waiting = factories.a_contribution(self.topic, at=at, by=self.author)
        self.refused = factories.a_refused(self.topic, at=at)
        self.box, self.post = a_box(at=at), a_post(at=at)
        self.decided = _decided(at)
        self._papers(at)
        self._meetings(at)
        self._rest(at)
        self.planted = _plant()
        sequence_entries()
        cache.clear()

    def _papers(self, at: datetime) -> None:
        by = factories.an_official(at)
        document = factories.a_document(self.hearing, at=at)
        replace_document(
            document=document, paper=factories.a_paper(content=b"%PDF-1.7\nmore"), what_changed="x", by=by, at=at
        )
        factories.a_document(self.hearing, at=at, title="Another")
        DocumentVersion.objects.filter(title="Another").update(held_sentence="x")
        a_map(self.hearing, at=at)

    def _meetings(self, at: datetime) -> None:
        self.held = factories.a_meeting(self.hearing, at=at)
        self.off = factories.a_meeting(self.hearing, at=at)
        self.coming = factories.a_meeting(self.hearing, at=at)
        past = {"starts_at": at - timedelta(days=2), "ends_at": at - timedelta(days=1), "minutes_published_at": at}
        Meeting.objects.filter(pk=self.held.pk).update(**past)
        Meeting.objects.filter(pk=self.off.pk).update(status="called_off", called_off_at=at, call_off_reason="x")

    def _rest(self, at: datetime) -> None:
        by = factories.an_official(at)
        newer = ConsultationText(title="Newer", lede="A lede.", contact="x")
        revise_consultation(consultation=self.hearing, text=newer, what_changed="x", by=by, at=at)
        fact = {"unit": "m", "label": "x", "source": "x", "value": "8", "position": 1}
        self.hearing.facts.create(topic=None, **fact)
        self.hearing.facts.create(topic=self.topic, **fact)
        neighbours = PartyText(kind=PartyKind.GROUP, name="Neighbours")
        add_parties(consultation=self.hearing, parties=[neighbours], by=by, at=at)
        DeadlineChange.objects.create(consultation=self.hearing, old=at, new=at + timedelta(days=21), changed_at=at)
        StageChange.objects.create(
            consultation=self.cancelled, status=ConsultationStatus.CANCELLED, sentence="x", changed_at=at
        )
        Consultation.objects.filter(pk=self.cancelled.pk).update(status=ConsultationStatus.CANCELLED, cancelled_at=at)
        Consultation.objects.filter(pk=self.hearing.pk).update(legal_basis=LegalBasis.objects.order_by("pk")[0])
        Topic.objects.filter(pk=self.stopped.pk).update(stopped_at=at, stop_sentence="x")
        said = StatementText(title="x", body="x", cites=(self.text.number,))
        summary = draft_summary(consultation=self.hearing, statements=[said], by=by, at=at)
        publish_summary(summary=summary, by=by, at=at)
        HouseRulesVersion.objects.update(what_changed_en="")
        HouseRule.objects.update(text_en="")
        RefusalReason.objects.update(suggestion_en="")
        Municipality.objects.get_or_create(pk=1, defaults={"name": "X", "site_name": "X"})
        Municipality.objects.update(was_gaps_en="")

    def pages(self) -> Iterator[str]:
        """Return the addresses of its pages that everyone reads."""
        for one in (self.hearing, self.cancelled, self.decided, self.box, self.post):
            yield from (reverse(name, kwargs={"slug": one.slug}) for name in OF_HEARING)
        yield from (reverse("portal:topic", kwargs=place) for place in self._topics())
        for meeting in (self.held, self.off, self.coming):
            yield reverse("consultations:meeting", kwargs={"slug": self.hearing.slug, "meeting": meeting.number})
        yield from (reverse("portal:contribution", kwargs=place) for place in self._numbers())
        yield from map(reverse, WITHOUT_PLACE)

    def pages_of_people(self) -> Iterator[str]:
        """Return the addresses of those who write."""
        yield from (reverse("discussions:contribution-submit", kwargs=place) for place in self._topics())
        yield from (reverse("portal:topic", kwargs=place) for place in self._topics())
        yield from (reverse("portal:contribution-receipt", kwargs=place) for place in self._numbers())
        yield from map(reverse, OF_PEOPLE)

    def pages_of_staff(self) -> Iterator[str]:
        """Return the addresses at which moderators, officials and administrators read."""
        for row in Contribution.stored.filter(consultation=self.hearing).order_by("pk"):
            yield reverse("moderation:item", kwargs={"contribution_id": row.pk})
        yield reverse("moderation:brake", kwargs={"slug": self.hearing.slug})
        yield reverse("portal:consultation", kwargs={"slug": self.hearing.slug})
        yield from (reverse(name, args=[self.decided.slug]) for name in OF_DECISION)
        yield reverse("publications:case-meeting-publish", args=[self.decided.slug, 1])
        yield from map(reverse, OF_STAFF)

    def _topics(self) -> list[dict[str, str]]:
        rows = Topic.objects.select_related("consultation").order_by("pk")
        return [{"slug": row.consultation.slug, "topic": row.slug} for row in rows]

    def _numbers(self) -> list[dict[str, object]]:
        rows = Contribution.stored.filter(consultation=self.hearing).order_by("number")
        return [{"slug": self.hearing.slug, "number": row.number} for row in rows]


def _decided(at: datetime) -> Consultation:
    """Return a hearing that was decided, with a correction, a person to tell, and a promise that is due."""
    hearing = heard(at=at)
    factories.a_published(factories.the_topic(hearing), at=at - 10 * DAY)
    recommended(hearing, at=at)
    meeting = decided(hearing, at=at, changes="x", minority="x").meeting
    text, by = a_text(at=at, changes="y", minority="y"), factories.an_official(at)
    save_case_meeting(meeting=meeting, text=text, seen=1, by=by, at=at)
    told(meeting, at=at, note="x")
    promise = MilestoneText(title="x", owner_id=by.pk, department="x", text="x", due_on=at.date(), status="planned")
    row = add_milestone(consultation=hearing, text=promise, by=by, at=at)
    later = replace(promise, status="under_way")
    change_milestone(milestone=row, text=later, sentence="x", seen=1, by=by, at=at)
    return hearing


def _plant() -> dict[str, str]:
    """Write a word of its own into each text of each row. Return which column each word stands in."""
    planted: dict[str, str] = {}
    for name, fields in TEXTS.items():
        for row in apps.get_model(name)._default_manager.order_by("pk"):
            changes = {}
            for field in fields:
                if field in STATES and not getattr(row, field):
                    continue
                word = f"ord{len(planted):04}x"
                planted[word] = f"{name}.{field}"
                changes[field] = word
                if hasattr(row, f"{field}_html"):
                    changes[f"{field}_html"] = f"<p>{word}</p>"
            type(row)._default_manager.filter(pk=row.pk).update(**changes)
    return planted


@pytest.fixture
def town(at: datetime) -> Town:
    return Town(at)


def read(client: Client, town: Town, addresses: Iterator[str]) -> tuple[set[str], set[str]]:
    """Return the columns that the pages show at all, and "column at address" for each one unmarked."""
    seen, mixed = set(), set()
    for address in addresses:
        response = client.get(address)
        if response.status_code != 200:
            assert response.status_code in {302, 403, 404}, f"{address}: {response.status_code}"
            continue
        for piece, language in words_by_language(response.content.decode()):
            for word in _planted_in(piece):
                column = town.planted[word]
                seen.add(column)
                if language != "da":
                    mixed.add(f"{column} at {address}")
    return seen, mixed


def _planted_in(piece: str) -> list[str]:
    return [part[:8] for start in range(len(piece)) if (part := piece[start:]).startswith("ord") and _is_word(part[:8])]


def _is_word(part: str) -> bool:
    return len(part) == 8 and part[3:7].isdecimal() and part[7] == "x"


@pytest.fixture
def in_english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.mark.usefixtures("in_english")
def test_no_page_mixes_danish_into_english(town: Town, as_seen_by: Callable[[Viewer], Client], at: datetime) -> None:
    seen, mixed = read(as_seen_by(None), town, town.pages())
    staff = (factories.a_moderator(at), factories.an_official(at), personas.administrator(at=at))
    for viewer in (town.author, *staff):
        pages = town.pages_of_staff() if viewer in staff else town.pages_of_people()
        more, also = read(as_seen_by(viewer), town, pages)
        seen, mixed = seen | more, mixed | also

    assert not mixed, "\n".join(sorted(mixed))
    assert set(town.planted.values()) - seen - UNSEEN == set()


def test_every_text_of_officials_is_planted_or_known_to_be_none() -> None:
    for name, texts in TEXTS.items():
        model: type[Model] = apps.get_model(name)
        columns = {
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, CharField | TextField)
            and not isinstance(field, SlugField | URLField)
            and not field.choices
            and not field.name.endswith(("_html", "_en", "sha256"))
        }
        unknown = {f"{name}.{column}" for column in columns - set(texts)} - NO_WORDS
        assert not unknown, unknown
