"""Finding consultations and what their pages show."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Sum
from django.db.models.expressions import Combinable
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.accounts.queries import held_people
from apps.accounts.rules import is_official, is_person
from apps.consultations.engine.differences import SAME, Piece, differences
from apps.consultations.engine.sections import ContentsLine, contents_of
from apps.consultations.engine.timeline import AnyPhase, Standing, Step, coming_deadline, standing, timeline
from apps.consultations.enums import ConsultationKind, ConsultationStatus, MeetingStatus, SignUpStatus
from apps.consultations.models import (
    Consultation,
    Document,
    DocumentVersion,
    Fact,
    Meeting,
    MeetingSignUp,
    Phase,
    ProposalVersion,
    Topic,
)
from apps.consultations.rules import REMINDED_BEFORE

MOST_WORDS = 8
SIGN_UPS_KEPT = timedelta(days=28)


@dataclass(frozen=True)
class Missing:
    """Something without which a consultation cannot be published: where it is added, and the sentence."""

    code: str
    sentence: str | Promise


@dataclass(frozen=True)
class Compared:
    """One of two officials' or two versions' texts, with what differs."""

    label: str | Promise
    pieces: list[Piece]

    @property
    def differs(self) -> bool:
        """The two are not the same."""
        return any(piece.kind != SAME for piece in self.pieces)


def visible_consultations(viewer: Any) -> QuerySet[Consultation]:
    """Return what the viewer may see, unordered. Pair: `rules.why_not_view`."""
    if is_official(viewer):
        return Consultation.objects.all()
    return Consultation.objects.filter(status=ConsultationStatus.PUBLISHED)


def in_phase_order() -> "Prefetch[Any]":
    """Return the prefetch of a consultation's phases in their order."""
    return Prefetch("phases", queryset=Phase.objects.order_by("position"))


def listed_consultations(viewer: Any, *, words: str = "", state: str = "", at: datetime) -> QuerySet[Consultation]:
    """Return hearings for the list page, latest published first, with their phases; drafts lead for officials.

    `state` is `open` or `closed`; `words` are looked for in titles and ledes, in small or large letters.
    """
    found = visible_consultations(viewer).filter(kind=ConsultationKind.HEARING)
    for word in words.split()[:MOST_WORDS]:
        found = found.filter(_holds(word))
    if state in {"open", "closed"}:
        found = found.filter(_in_state(state, at), status=ConsultationStatus.PUBLISHED)
    return found.order_by(F("published_at").desc(nulls_first=True), "-pk").prefetch_related(in_phase_order())


def _holds(word: str) -> Q:
    """SQLite folds the case of plain letters only, so æ, ø and å are tried in both."""
    forms = Q()
    for form in {word, word.lower(), word.capitalize()}:
        forms |= Q(title__icontains=form) | Q(lede__icontains=form)
    return forms


def _in_state(state: str, at: datetime) -> Q:
    writing = Phase.objects.filter(consultation=OuterRef("pk"), accepts_contributions=True)
    not_over = writing.filter(Q(closes_at=None) | Q(closes_at__gt=at))
    return Q(Exists(not_over.filter(opens_at__lte=at))) if state == "open" else ~Q(Exists(not_over))


def timeline_of(phases: Iterable[AnyPhase], at: datetime) -> list[Step]:
    """Return the phases in order, each with its state and share at that moment."""
    return timeline(phases, at)


def standing_of(consultation: Consultation, phases: Sequence[AnyPhase], at: datetime) -> Standing:
    """Return whether it is a draft, opens later, is open or is closed, and the moment that goes with it."""
    return standing(phases, at, is_published=consultation.is_published)


def deadline_of(phases: Sequence[AnyPhase], at: datetime) -> datetime | None:
    """Return when writing ends: now or, if it has not opened, next; else when it ended last."""
    return coming_deadline(phases, at)


def missing_before_publishing(consultation: Consultation) -> list[Missing]:
    """Return what is missing before the consultation can be published, in the order in which to add it."""
    missing = []
    if not Topic.objects.filter(consultation=consultation).exists():
        missing.append(Missing("topic", _("Add at least one topic before you publish.")))
    if not Phase.objects.filter(consultation=consultation, accepts_contributions=True).exists():
        missing.append(Missing("phase", _("Add a phase in which people can write before you publish.")))
    return missing


def published_by_ids(ids: Collection[int]) -> dict[int, Consultation]:
    """Return those of these consultations that everyone sees, by id."""
    return visible_consultations(None).in_bulk(list(ids))


def titles_by_slug(slugs: Collection[str]) -> dict[str, str]:
    """Return the titles of those of these consultations that everyone sees, by their addresses."""
    return dict(visible_consultations(None).filter(slug__in=slugs).values_list("slug", "title"))


def topic_titles(consultation_ids: Collection[int]) -> dict[tuple[int, str], str]:
    """Return the titles of the topics of these consultations, by consultation and address."""
    rows = Topic.objects.filter(consultation__in=consultation_ids).values_list("consultation", "slug", "title")
    return {(consultation, slug): title for consultation, slug, title in rows}


def consultation_by_slug(viewer: Any, slug: str) -> Consultation | None:
    """Return the consultation if the viewer may see it."""
    return visible_consultations(viewer).filter(slug=slug).first()


def phases_of(consultation: Consultation) -> list[Phase]:
    """Return the phases in order."""
    return list(Phase.objects.filter(consultation=consultation).order_by("position"))


def topics_of(consultation: Consultation) -> list[Topic]:
    """Return the topics in the order the official set."""
    return list(Topic.objects.filter(consultation=consultation).order_by("position"))


def open_topics(*, at: datetime) -> QuerySet[Topic]:
    """Return the topics of all consultations in which people can write at that moment, unordered.

    Each comes with what a list of them needs of its consultation. Pair: `rules.why_not_open`.
    """
    writing = Phase.objects.filter(consultation=OuterRef("consultation"), accepts_contributions=True, opens_at__lte=at)
    found = Topic.objects.filter(
        Exists(writing.filter(Q(closes_at=None) | Q(closes_at__gt=at))),
        consultation__status=ConsultationStatus.PUBLISHED,
        consultation__stop_sentence="",
        stop_sentence="",
    )
    shown = ("title", "position", *(f"consultation__{name}" for name in ("title", "write_access", "published_at")))
    return found.select_related("consultation").only(*shown)


def topics_at(viewer: Any, slug: str, **beside: Combinable) -> tuple[list[Topic], dict[str, Any]]:
    """Return all topics of the consultation at that address, in order, and what the page wants to know beside them.

    One query; each topic comes with the consultation, and none comes where the viewer may not see it. `beside` are
    expressions that have one value for the whole page, as `ledger.queries.last_position` gives them.
    """
    found = Topic.objects.filter(consultation__slug=slug, consultation__in=visible_consultations(viewer))
    rows = found.select_related("consultation").annotate(**beside).order_by("position")
    topics: list[Topic] = list(rows)
    return topics, {name: vars(topics[0])[name] for name in beside if topics}


def topic_at(viewer: Any, slug: str, topic: str) -> Topic | None:
    """Return one topic by its two addresses, with the consultation; nothing where the viewer may not see it."""
    found = Topic.objects.filter(consultation__slug=slug, slug=topic, consultation__in=visible_consultations(viewer))
    return found.select_related("consultation").first()


def facts_of(consultation: Consultation, topic: Topic | None = None) -> list[Fact]:
    """Return the key figures of the consultation, or of one topic, in order."""
    return list(Fact.objects.filter(consultation=consultation, topic=topic).order_by("position"))


def meetings_of(consultation: Consultation) -> list[Meeting]:
    """Return the public meetings, earliest first."""
    return list(Meeting.objects.filter(consultation=consultation).order_by("starts_at", "pk"))


def visible_meetings(viewer: Any) -> QuerySet[Meeting]:
    """Return the meetings of the consultations that the viewer may see, each with its consultation, unordered."""
    return Meeting.objects.filter(consultation__in=visible_consultations(viewer)).select_related("consultation")


def meeting_at(viewer: Any, slug: str, number: int) -> Meeting | None:
    """Return one meeting by its two addresses, with the consultation, if the viewer may see it."""
    return visible_meetings(viewer).filter(consultation__slug=slug, number=number).first()


def minutes_topics_of(meeting: Meeting) -> list[Topic]:
    """Return the topics that the minutes are about, in the consultation's order."""
    return list(meeting.minutes_topics.order_by("position"))


def minutes_about(topic: Topic) -> list[Meeting]:
    """Return the meetings whose published minutes are about the topic, earliest first."""
    held = Meeting.objects.filter(minutes_topics=topic, minutes_published_at__isnull=False)
    return list(held.order_by("starts_at", "pk"))


def has_minutes(slug: str, topic: str) -> Exists:
    """Tell, beside another query, whether minutes that are published are about the topic at these two addresses."""
    return Exists(
        Meeting.objects.filter(
            minutes_published_at__isnull=False, minutes_topics__slug=topic, minutes_topics__consultation__slug=slug
        )
    )


def visible_sign_ups(viewer: Any) -> QuerySet[MeetingSignUp]:
    """Return all sign-ups to officials, and to others their own, unordered. Pair: `rules.why_not_see_sign_ups`."""
    if is_official(viewer):
        return MeetingSignUp.objects.all()
    return MeetingSignUp.objects.filter(person=viewer) if is_person(viewer) else MeetingSignUp.objects.none()


def sign_ups_for(viewer: Any, meeting: Meeting) -> list[MeetingSignUp]:
    """Return who signed up for the meeting, as far as the viewer sees it, in the order of signing up."""
    return list(visible_sign_ups(viewer).filter(meeting=meeting).select_related("person").order_by("pk"))


def own_sign_up(viewer: Any, meeting: Meeting) -> MeetingSignUp | None:
    """Return the viewer's sign-up for the meeting: no query for who is not signed in."""
    return MeetingSignUp.objects.filter(meeting=meeting, person=viewer).first() if is_person(viewer) else None


def people_before(sign_up: MeetingSignUp) -> int:
    """Return how many people stand before this one on the waiting list, companions among them."""
    before = MeetingSignUp.objects.filter(meeting=sign_up.meeting_id, status=SignUpStatus.WAITING, pk__lt=sign_up.pk)
    return before.aggregate(people=Sum(F("companions") + 1))["people"] or 0


def sign_ups_of(person: User) -> QuerySet[MeetingSignUp]:
    """Return what the person is signed up for, with meeting and consultation, unordered."""
    return MeetingSignUp.objects.filter(person=person).select_related("meeting__consultation")


def coming_meetings_of(person: User, *, at: datetime) -> list[MeetingSignUp]:
    """Return the meetings that the person is signed up for and that are not over, earliest first."""
    coming = sign_ups_of(person).filter(
        meeting__ends_at__gt=at, meeting__consultation__status=ConsultationStatus.PUBLISHED
    )
    return list(coming.order_by("meeting__starts_at", "pk"))


def sign_ups_by_ids(ids: Collection[int]) -> dict[int, MeetingSignUp]:
    """Return those of these sign-ups that are still there, with person and meeting, by id."""
    return _with_people(MeetingSignUp.objects.filter(pk__in=ids)).in_bulk()


def sign_ups_to_meetings(ids: Collection[int]) -> list[MeetingSignUp]:
    """Return everyone signed up for these meetings, with person and meeting, in the order of signing up."""
    return list(_with_people(MeetingSignUp.objects.filter(meeting__in=ids)).order_by("pk"))


def sign_ups_to_remind(*, at: datetime) -> QuerySet[MeetingSignUp]:
    """Return who has a place at a meeting that begins within a day and was not told since when it does, unordered."""
    soon = MeetingSignUp.objects.filter(
        status=SignUpStatus.PLACED,
        meeting__status=MeetingStatus.ANNOUNCED,
        meeting__starts_at__gt=at,
        meeting__starts_at__lte=at + REMINDED_BEFORE,
        person__is_active=True,
    )
    return _with_people(soon.exclude(reminded_of=F("meeting__starts_at")))


def _with_people(rows: QuerySet[MeetingSignUp]) -> QuerySet[MeetingSignUp]:
    return rows.select_related("person", "meeting__consultation")


def sign_ups_to_clear(*, at: datetime) -> QuerySet[MeetingSignUp]:
    """Return who was signed up for meetings that were over four weeks ago, but for people on whom a legal hold lies."""
    over = MeetingSignUp.objects.filter(meeting__ends_at__lte=at - SIGN_UPS_KEPT)
    return over.exclude(person__in=held_people())


def visible_topics(viewer: Any, ids: Collection[int]) -> dict[int, Topic]:
    """Return those of these topics whose consultation the viewer may see, by id, each with the consultation."""
    found = Topic.objects.filter(pk__in=ids, consultation__in=visible_consultations(viewer))
    return found.select_related("consultation").in_bulk()


def personal_data_of(person: User, *, at: datetime) -> dict[str, Any]:  # noqa: ARG001 - as the other apps' are
    """Return the consultations that the person set up, what they added, and the meetings they signed up for."""
    made = Consultation.objects.filter(created_by=person).order_by("pk")
    files = DocumentVersion.objects.filter(added_by=person).order_by("pk")
    proposals = ProposalVersion.objects.filter(made_by=person).order_by("pk")
    return {
        "consultations": list(made.values("title", "slug", "created_at", "published_at")),
        "documents": list(files.values("title", "version", "added_at")),
        "proposals": list(proposals.values("title", "version", "made_at")),
        "meetings": [
            {
                "title": row.meeting.title,
                "consultation": row.meeting.consultation.title,
                "starts_at": row.meeting.starts_at,
                "place": row.meeting.place,
                "companions": row.companions,
                "status": row.get_status_display(),
                "signed_up_at": row.signed_up_at,
                "reminded_of": row.reminded_of,
                "kept_until": row.meeting.ends_at + SIGN_UPS_KEPT,
            }
            for row in sign_ups_of(person).order_by("pk")
        ],
    }


def topic_by_slug(consultation: Consultation, slug: str) -> Topic | None:
    """Return one topic of the consultation."""
    return Topic.objects.filter(consultation=consultation, slug=slug).first()


def words_of(version: ProposalVersion) -> str:
    """Return the words of a version as the ledger's fingerprint is made of them; title and lede are one line each."""
    return f"{version.title}\n{version.lede}\n{version.body}"


def versions_of(consultation: Consultation) -> list[ProposalVersion]:
    """Return the versions of the proposal, newest first."""
    return list(ProposalVersion.objects.filter(consultation=consultation).order_by("-version"))


def version_in_force(consultation: Consultation) -> ProposalVersion | None:
    """Return the current version of a proposal that was changed since its publication; None costs no query."""
    if consultation.proposal_version <= 1:
        return None
    rows = ProposalVersion.objects.filter(consultation=consultation, version=consultation.proposal_version)
    return rows.first()


def compared(older: ProposalVersion, newer: ProposalVersion) -> list[Compared]:
    """Return title, lede and body of two versions, each as one text that shows what differs."""
    pairs = (
        (_("Title"), older.title, newer.title),
        (_("In one or two sentences"), older.lede, newer.lede),
        (_("The proposal"), older.body, newer.body),
    )
    return [Compared(label, differences(old, new)) for label, old, new in pairs if old or new]


def contents(consultation: Consultation) -> list[ContentsLine]:
    """Return the table of contents of the proposal; nothing where it needs none."""
    return contents_of(consultation.body)


def documents_of(consultation: Consultation) -> list[Document]:
    """Return the documents in order, each with its versions, newest first."""
    rows = Document.objects.filter(consultation=consultation).order_by("position")
    return list(rows.prefetch_related(_newest_first()))


def _newest_first() -> "Prefetch[Any]":
    return Prefetch("versions", queryset=DocumentVersion.objects.order_by("-version"), to_attr="newest_first")


def document_at(consultation: Consultation, position: int) -> Document | None:
    """Return one document of the consultation with its versions, newest first."""
    rows = Document.objects.filter(consultation=consultation, position=position)
    return rows.prefetch_related(_newest_first()).first()


def readable_files(viewer: Any) -> QuerySet[DocumentVersion]:
    """Return the files that the viewer may open, unordered. Pair: `rules.why_not_read`."""
    found = DocumentVersion.objects.filter(document__consultation__in=visible_consultations(viewer))
    return found if is_official(viewer) else found.filter(held_sentence="")


def readable_file(viewer: Any, slug: str, position: int, version: int | None = None) -> DocumentVersion | None:
    """Return one version of a document, or the current one, if the viewer may open it.

    Where the current one is held back nothing comes in its place: an earlier one would pass for what is current.
    """
    found = DocumentVersion.objects.filter(document__consultation__slug=slug, document__position=position)
    asked = found.filter(version=version) if version is not None else found.order_by("-version")[:1]
    return readable_files(viewer).filter(pk__in=list(asked.values_list("pk", flat=True))).first()
