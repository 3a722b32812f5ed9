"""What officials read while they put contributions under statements: a page of them, and what may belong together."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, FilteredRelation, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from apps.consultations.models import Consultation
from apps.consultations.queries import visible_consultations
from apps.discussions.models import Contribution
from apps.discussions.queries import published_by_people
from apps.discussions.queries.alike import sharing_words
from apps.ledger.queries import last_position
from apps.publications.enums.coding import Letters, Moment, Shown, Way
from apps.publications.models import PaperStatement, Point, Weighing, WhitePaper
from apps.screening.models import TextSignature

PAGE = 20
MOST_COMPARED, MOST_SIMILAR = 5_000, 200


@dataclass(frozen=True, kw_only=True)
class Sought:
    """Which contributions an official wants to read. `like` are ids found to be similar to something."""

    topic: str = ""
    kind: str = ""
    district: str = ""
    channel: str = ""
    moment: str = ""
    letter: str = ""
    show: str = ""
    like: Collection[int] | None = None


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The white paper at work with its consultation, the ledger's last position, and how many wait."""

    paper: WhitePaper
    head: int
    untreated: int


@dataclass(frozen=True, kw_only=True)
class CodingPage:
    """Contributions in the order received, with all points of them and of the same letters."""

    rows: Sequence[Contribution]
    points: Sequence[Point]
    previous_before: int | None
    next_after: int | None


def desk_of(viewer: Any, slug: str) -> Desk | None:
    """Return the white paper of the consultation at that address, if the viewer may see this: one query.

    `untreated` are the published contributions that no statement with a reply rests on and that nobody noted.
    """
    papers = WhitePaper.objects.filter(consultation__slug=slug, consultation__in=visible_consultations(viewer))
    beside = {"head": last_position(), "untreated": _untreated()}
    found = papers.select_related("consultation", "asked_by").annotate(**beside).first()
    if found is None:
        return None
    return Desk(paper=found, head=vars(found)["head"], untreated=vars(found)["untreated"])


def _untreated() -> Combinable:
    """Return an expression for how many wait, for a query of white papers."""
    of_paper = OuterRef(OuterRef("pk"))
    rows = published_by_people(OuterRef("consultation")).order_by()  # type: ignore[arg-type]  # a column for an id
    rows = rows.exclude(_rests_on(of_paper, weighed=True)).exclude(Exists(_weighing_in(of_paper)))
    count = rows.values("consultation").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(count), Value(0), output_field=IntegerField())


def _weighing_in(paper: Any) -> "QuerySet[Weighing]":
    return Weighing.objects.filter(paper=paper, contribution=OuterRef("pk"))


def coding_page(  # noqa: PLR0913 - what an official chooses, and the page's place
    consultation: Consultation,
    paper: WhitePaper,
    sought: Sought,
    *,
    after: int | None = None,
    before: int | None = None,
    limit: int = PAGE,
) -> CodingPage:
    """Return a page of the published contributions by number, each with how it is weighed: two queries."""
    found = _narrowed(_weighed(published_by_people(consultation.pk), paper), consultation, paper, sought)
    rows = list(_placed(found, after, before).select_related("cluster", "outside").defer("salt")[: limit + 1])
    more, rows = len(rows) > limit, rows[:limit]
    back = before is not None and after is None
    if back:
        rows.reverse()
    first, last = (rows[0].number, rows[-1].number) if rows else (None, None)
    return CodingPage(
        rows=rows,
        points=_points_of(paper, rows),
        previous_before=first if (more if back else after is not None) else None,
        next_after=last if (back or more) else None,
    )


def _placed(found: "QuerySet[Contribution]", after: int | None, before: int | None) -> "QuerySet[Contribution]":
    if after is not None:
        return found.filter(number__gt=after)
    return found if before is None else found.filter(number__lt=before).reverse()


def _weighed(found: "QuerySet[Contribution]", paper: WhitePaper) -> "QuerySet[Contribution]":
    """Add how the paper weighs each beside its statements."""
    return found.annotate(
        weighed=FilteredRelation("weighings", condition=Q(weighings__paper=paper)),
        weighing=F("weighed__pk"),
        weight=F("weighed__weight"),
        why=F("weighed__sentence"),
        ground=F("weighed__ground"),
        double_of=F("weighed__same_as_number"),
    )


def _narrowed(
    found: "QuerySet[Contribution]", consultation: Consultation, paper: WhitePaper, sought: Sought
) -> "QuerySet[Contribution]":
    plain = {"topic__slug": sought.topic, "kind": sought.kind, "author_district": sought.district}
    found = found.filter(**{name: value for name, value in plain.items() if value})
    if sought.channel:
        of_way = Q(outside=None) if sought.channel == Way.SITE else Q(outside__channel=sought.channel)
        found = found.filter(of_way)
    if sought.moment:
        found = found.filter(came_late=sought.moment == Moment.LATE)
    if sought.letter:
        found = found.filter(_of_letters(consultation, sought.letter))
    if sought.show:
        found = found.filter(~Exists(_weighing_in(paper)))
        found = found.exclude(_rests_on(paper, weighed=sought.show == Shown.UNTREATED))
    return found if sought.like is None else found.filter(pk__in=sought.like)


def _of_letters(consultation: Consultation, letter: str) -> Q:
    if letter == Letters.ONCE:
        return Q(cluster=None) | Q(number=F("cluster__shown_number"))
    if letter == Letters.SEVERAL:
        return Q(cluster__size__gt=1)
    of_number = published_by_people(consultation.pk).filter(number=letter).values("cluster")
    return Q(cluster__in=of_number[:1]) | Q(number=letter)


def _rests_on(paper: Any, *, weighed: bool = False) -> Q:
    """Return whether a statement rests on a contribution, or on the same letter; `weighed`: one that has a reply."""
    points = Point.objects.filter(statement__paper=paper)
    if weighed:
        points = points.exclude(statement__disposition="")
    own, of_letter = (
        points.filter(contribution=OuterRef("pk")),
        points.filter(contribution__cluster=OuterRef("cluster")),
    )
    return Q(Exists(own)) | Q(Exists(of_letter))


def _points_of(paper: WhitePaper, rows: Iterable[Contribution]) -> list[Point]:
    """Return the points of these contributions, and of the letters that they are, by where they stand in the texts."""
    rows = list(rows)
    ids, letters = [row.pk for row in rows], {row.cluster_id for row in rows if row.cluster_id}
    found = Point.objects.filter(Q(contribution__in=ids) | Q(contribution__cluster__in=letters), statement__paper=paper)
    return list(
        found.annotate(letter=F("contribution__cluster")).order_by("number", F("start").asc(nulls_first=True), "pk")
    )


# ---------------------------------------------------------------- what may belong together


def similar_to_number(consultation: Consultation, paper: WhitePaper, number: int) -> frozenset[int]:
    """Return the ids of published contributions no statement rests on yet that are much like one, or share its words.

    A help for whoever reads, in the order received as everything else: it decides nothing.
    """
    source = published_by_people(consultation.pk).filter(number=number)
    its_signature = TextSignature.objects.filter(subject_id__in=source.values("pk"))
    group = its_signature.annotate(group=Coalesce(F("leader_id"), F("pk"))).values("group")
    alike = TextSignature.objects.filter(Q(pk__in=group) | Q(leader__in=group)).values("subject_id")
    found = list(
        published_by_people(consultation.pk)
        .filter(~_rests_on(paper) | Q(number=number))
        .annotate(is_alike=Exists(alike.filter(subject_id=OuterRef("pk"))))
        .values_list("pk", "number", "is_alike", "body")[:MOST_COMPARED]
    )
    text = next((body for _pk, its, _alike, body in found if its == number), "")
    others = [row for row in found if row[1] != number]
    near = set(sharing_words(text, ((pk, body) for pk, _its, _alike, body in others)))
    return frozenset([pk for pk, _its, is_alike, _body in others if is_alike or pk in near][:MOST_SIMILAR])


def similar_to_statement(consultation: Consultation, paper: WhitePaper, statement: PaperStatement) -> frozenset[int]:
    """Return the ids of published contributions no statement rests on yet that share words with a statement."""
    rows = published_by_people(consultation.pk).exclude(_rests_on(paper)).values_list("pk", "body")[:MOST_COMPARED]
    return frozenset(sharing_words(f"{statement.title} {statement.argument}", rows)[:MOST_SIMILAR])


def districts_heard_from(consultation: Consultation) -> list[str]:
    """Return the districts that stand beside published contributions, by name."""
    found = published_by_people(consultation.pk).exclude(author_district="")
    return list(found.order_by("author_district").values_list("author_district", flat=True).distinct())


def weighing_of(paper: WhitePaper, pk: int) -> Weighing | None:
    """Return how the paper weighs a contribution beside its statements, by its key."""
    return Weighing.objects.filter(paper=paper, pk=pk).first()
