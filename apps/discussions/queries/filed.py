"""Contributions as they are handed to the records system: by number, and the words of what everyone reads alone."""

from collections.abc import Collection

from django.db.models import Case, Count, F, Q, TextField, Value, When

from apps.discussions.enums import ContributionStatus
from apps.discussions.models import Contribution
from apps.discussions.queries.beside import public_files
from apps.discussions.queries.map_places import shown_place

_MOVED, _WORDS = ("moved_to", "moved_from"), ("body", "body_html", "salt")
_PUBLISHED = Q(status=ContributionStatus.PUBLISHED)
_BESIDE = ("topic", "cluster", "refusal_reason", "outside", "moved_to__consultation", "moved_from__consultation")


def contributions_to_file(
    consultation_id: int, *, first: int, last: int, among: Collection[int] | None = None
) -> list[Contribution]:
    """Return the contributions of any state from one number to another, by number, or those of them among some.

    `shown_text` and `shown_html` are what everyone reads of each, and empty for all that is not published: no other
    words are read from the database. `files` are those beside a public text.
    """
    rows = Contribution.stored.filter(consultation_id=consultation_id, number__range=(first, last))
    if among is not None:
        rows = rows.filter(number__in=[number for number in among if first <= number <= last])
    return list(
        rows.select_related(*_BESIDE)
        .defer("body", "body_html", "salt", *(f"{moved}__{name}" for moved in _MOVED for name in _WORDS))
        .prefetch_related(public_files())
        .annotate(
            shown_text=Case(When(_PUBLISHED, then=F("body")), default=Value(""), output_field=TextField()),
            shown_html=Case(When(_PUBLISHED, then=F("body_html")), default=Value(""), output_field=TextField()),
            **shown_place(),
        )
        .order_by("number")
    )


def states_of(consultation_id: int) -> dict[tuple[str, str], int]:
    """Return how many contributions a consultation holds, by state and kind."""
    rows = Contribution.stored.filter(consultation_id=consultation_id).order_by()
    return {
        (status, kind): count for status, kind, count in rows.values_list("status", "kind").annotate(found=Count("pk"))
    }


def nameless_numbers(consultation_id: int) -> set[int]:
    """Return the numbers that lost the name beside them: it is protected, or its account is gone."""
    rows = Contribution.stored.filter(consultation_id=consultation_id, moved_to=None)
    gone = Q(author_name_hidden=True) | Q(author_name="")
    return set(rows.filter(gone).values_list("number", flat=True))
