"""Letters that several people sent: what everyone reads of them, and what moderators are offered as one."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from apps.discussions.enums import ContributionKind, ContributionStatus
from apps.discussions.models import Contribution, LetterApart, LetterCluster
from apps.discussions.queries.beside import public_files
from apps.screening.models import TextSignature

PAGE = 50
MOST_OFFERED = 100
MOST_LOOKED_AT = 2_000
_UNDECIDED = Q(status__in=(ContributionStatus.WAITING, ContributionStatus.PUBLISHED), cluster=None) & ~Q(
    kind=ContributionKind.ANSWER
)


def texts_of_letter(cluster_id: int, *, after: int = 0, limit: int = PAGE) -> list[Contribution]:
    """Return the public texts of a letter behind a number, by number."""
    public = Contribution.stored.filter(cluster=cluster_id, status=ContributionStatus.PUBLISHED, number__gt=after)
    rows = public.select_related("cluster", "moved_from__consultation").prefetch_related(public_files())
    return list(rows.order_by("number")[:limit])


def letters_in_topic() -> dict[str, Combinable]:
    """Return expressions for a query of topics: how many letters several people sent there, and with how many texts."""
    shared = LetterCluster.objects.filter(topic=OuterRef("pk"), size__gt=1).order_by().values("topic")
    return {
        "letters": Coalesce(Subquery(shared.annotate(found=Count("pk")).values("found")), 0),
        "with_letters": Coalesce(Subquery(shared.annotate(found=Sum("size")).values("found")), 0),
    }


def numbers_of_same_letters(consultation_id: int, numbers: Collection[int]) -> dict[int, list[int]]:
    """Return for each of these numbers that is of a letter the other public numbers of it, by number.

    Who cites one of them in an answer or a summary has answered all: the argument is the same.
    """
    public = Contribution.stored.filter(consultation_id=consultation_id, status=ContributionStatus.PUBLISHED)
    named = public.filter(number__in=numbers, cluster__isnull=False).values_list("number", "cluster_id")
    cluster_of = dict(named.order_by("number"))
    texts: dict[int, list[int]] = defaultdict(list)
    members = public.filter(cluster__in=set(cluster_of.values())).order_by("number")
    for cluster_id, number in members.values_list("cluster_id", "number"):
        texts[cluster_id or 0].append(number)
    return {
        number: [other for other in texts[cluster_id or 0] if other != number]
        for number, cluster_id in cluster_of.items()
    }


@dataclass(frozen=True)
class Offer:
    """Texts of one topic that may be one letter: the one to compare with, and how many others are much like it."""

    first: Contribution
    others: Sequence[Contribution]

    @property
    def is_known(self) -> bool:
        """The first belongs to a letter already, which the others may join."""
        return self.first.cluster_id is not None


@dataclass
class _Bucket:
    """The texts of one topic whose signatures are much alike."""

    undecided: list[Contribution] = field(default_factory=list)
    letters: list[int] = field(default_factory=list)


def offered_letters(*, topic: int | None = None, consultation: int | None = None) -> list[Offer]:
    """Return what may be one letter and no moderator has decided on, of all or of one place, by topic and number.

    Found by stored signatures, in a handful of queries, without reading a text. Of a letter that thousands sent, a
    part at a time.
    """
    alike = TextSignature.objects.filter(leader__isnull=False)
    leaders = alike.values("leader_id")
    rows = Contribution.stored.filter(_UNDECIDED)
    if topic is not None:
        rows = rows.filter(topic=topic)
    if consultation is not None:
        rows, alike = rows.filter(consultation=consultation), alike.filter(consultation_id=consultation)
    found = TextSignature.objects.filter(Q(pk__in=leaders) | Q(leader__isnull=False)).values("subject_id")
    light = rows.filter(pk__in=found).annotate(group=_group()).select_related("topic", "consultation")
    undecided = list(light.defer("body", "body_html", "salt").order_by("topic_id", "number")[:MOST_LOOKED_AT])
    buckets: dict[tuple[int, int], _Bucket] = defaultdict(_Bucket)
    for row in undecided:
        buckets[row.topic_id, vars(row)["group"]].undecided.append(row)
    _add_letters(buckets)
    shown = _shown_of({letter for bucket in buckets.values() for letter in bucket.letters})
    apart = _apart_among(undecided)
    return [offer for bucket in buckets.values() for offer in _offers_of(bucket, shown, apart)]


def _group() -> Subquery:
    """Return an expression for the signature through which a text is found: its own, or the one it follows."""
    own = TextSignature.objects.filter(subject_id=OuterRef("pk"))
    return Subquery(own.annotate(group=Coalesce(F("leader_id"), F("pk"))).values("group")[:1])


def _add_letters(buckets: Mapping[tuple[int, int], _Bucket]) -> None:
    """Note the letters that are confirmed among the texts of each bucket."""
    groups = {group for _topic, group in buckets}
    members = TextSignature.objects.filter(Q(pk__in=groups) | Q(leader__in=groups)).values("subject_id")
    of_letters = Contribution.stored.filter(cluster__size__gt=0, pk__in=members).annotate(group=_group()).order_by()
    for topic, group, letter in of_letters.values_list("topic_id", "group", "cluster_id").distinct():
        if (topic, group) in buckets:
            buckets[topic, group].letters.append(letter or 0)


def _shown_of(letters: Collection[int]) -> dict[int, Contribution]:
    rows = Contribution.stored.filter(cluster__in=letters, number=F("cluster__shown_number"))
    rows = rows.select_related("topic", "consultation", "cluster").defer("body", "body_html", "salt")
    return {row.cluster_id or 0: row for row in rows}


def _apart_among(rows: Iterable[Contribution]) -> dict[int, set[tuple[int, int | None]]]:
    """Return for each text what it was told apart from: the other text, and the letter that this belongs to."""
    apart: dict[int, set[tuple[int, int | None]]] = defaultdict(set)
    notes = LetterApart.objects.filter(contribution__in=[row.pk for row in rows])
    for pk, other, letter in notes.values_list("contribution_id", "apart_from_id", "apart_from__cluster_id"):
        apart[pk].add((other, letter))
    return apart


def _offers_of(
    bucket: _Bucket, shown: Mapping[int, Contribution], apart: Mapping[int, set[tuple[int, int | None]]]
) -> Iterable[Offer]:
    """Return the letters that texts may join, then the first text that others may be the same letter as."""
    rest = list(bucket.undecided)
    for letter in sorted(bucket.letters):
        other_letters = {pk for pk, told in apart.items() if letter in {of for _other, of in told}}
        joining = [row for row in rest if row.pk not in other_letters]
        rest = [row for row in rest if row.pk in other_letters]
        if joining and letter in shown:
            yield Offer(shown[letter], joining)
    while len(rest) > 1:
        first = rest.pop(0)
        others = [row for row in rest if first.pk not in {other for other, _of in apart.get(row.pk, ())}]
        if others:
            yield Offer(first, others)
            return


def others_alike(first: Contribution, *, limit: int = MOST_OFFERED) -> list[Contribution]:
    """Return the undecided texts of the topic that are much like this one and not told apart from it, by number."""
    group = TextSignature.objects.filter(subject_id=first.pk).annotate(group=Coalesce(F("leader_id"), F("pk")))
    found = TextSignature.objects.filter(Q(pk__in=group.values("group")) | Q(leader__in=group.values("group")))
    rows = Contribution.stored.filter(_UNDECIDED, topic=first.topic_id, pk__in=found.values("subject_id"))
    apart = LetterApart.objects.filter(Q(apart_from=first) | _of_same_letter(first)).values("contribution")
    rows = rows.exclude(pk=first.pk).exclude(pk__in=apart).select_related("topic", "consultation")
    return list(rows.order_by("number")[:limit])


def _of_same_letter(first: Contribution) -> Q:
    return Q(apart_from__cluster=first.cluster_id) if first.cluster_id else Q(pk=None)


def confirmed_letters(*, before: int | None = None, limit: int = PAGE) -> list[Contribution]:
    """Return the texts that are shown for letters of several, the letter confirmed last on top, from below one on."""
    rows = Contribution.stored.filter(number=F("cluster__shown_number"), cluster__size__gt=1)
    if before is not None:
        last = LetterCluster.objects.filter(pk=before).values("confirmed_at")[:1]
        rows = rows.filter(
            Q(cluster__confirmed_at__lt=Subquery(last)) | Q(cluster__confirmed_at=Subquery(last), cluster__lt=before)
        )
    rows = rows.select_related("cluster", "topic", "consultation").defer("body", "body_html", "salt")
    return list(rows.order_by("-cluster__confirmed_at", "-cluster_id")[:limit])


def members_of_letter(cluster_id: int, *, limit: int | None = MOST_OFFERED, after: int = 0) -> list[Contribution]:
    """Return the texts of a letter whatever their state, by number, behind a number. For moderators' pages only."""
    rows = Contribution.stored.filter(cluster=cluster_id, number__gt=after).select_related(
        "cluster", "topic", "consultation"
    )
    return list(rows.order_by("number")[:limit])
