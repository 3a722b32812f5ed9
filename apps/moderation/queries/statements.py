"""Statements of reasons: for the author's mail and page, and as the records that everyone can take away."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import override

from apps.accounts.models import User
from apps.common.calendar import end_of_day, local, start_of_day
from apps.discussions.models import Contribution
from apps.moderation.engine.statements import ILLEGAL, INCOMPATIBLE
from apps.moderation.models import UNDO_LASTS, StatementOfReasons
from apps.municipality.enums import ReasonGround

CHUNK = 500


def statement_on(contribution: Contribution) -> StatementOfReasons | None:
    """Return the last statement of reasons given about a contribution, or None. For its author and moderators."""
    given = StatementOfReasons.objects.filter(contribution=contribution).select_related("reason", "decision")
    return given.order_by("-id").first()


def statements_about(contribution_ids: Collection[int]) -> dict[tuple[int, datetime], StatementOfReasons]:
    """Return the statements of reasons about contributions, by contribution and moment. One query."""
    given = StatementOfReasons.objects.filter(contribution__in=contribution_ids).select_related("reason")
    return {(statement.contribution_id or 0, statement.given_at): statement for statement in given.order_by("id")}


def statements_told(person: User, *, at: datetime) -> list[dict[str, Any]]:
    """Return the reasons that a person was given as an author, oldest first, for their copy of what is held."""
    told = StatementOfReasons.objects.filter(contribution__author=person, given_at__lte=at)
    return [
        {
            "consultation": statement.text.consultation.title,
            "number": statement.text.number,
            "legal_ground": statement.legal_ground,
            "explanation": statement.explanation,
            "decision_facts": statement.decision_facts,
            "given_at": statement.given_at,
            "appeal_until": statement.appeal_until,
            "puid": statement.puid,
        }
        for statement in told.select_related("contribution__consultation").order_by("pk")
    ]


def statements_given(*, first: date | None = None, last: date | None = None) -> QuerySet[StatementOfReasons]:
    """Return the statements given from one local day to another, both with them, in the order they were given."""
    given = StatementOfReasons.objects.order_by("given_at", "id")
    if first:
        given = given.filter(given_at__gte=start_of_day(first))
    return given.filter(given_at__lt=end_of_day(last)) if last else given


def statements_to_publish(
    *, at: datetime, first: date | None = None, last: date | None = None
) -> QuerySet[StatementOfReasons]:
    """Return the statements that everyone can take away, in the order they were given.

    None is younger than the time in which a decision is undone: its author has not been told of it yet, and undone it
    leaves no statement.
    """
    return statements_given(first=first, last=last).filter(given_at__lte=at - UNDO_LASTS)


def statement_counts(*, at: datetime, first: date | None = None, last: date | None = None) -> list[dict[str, Any]]:
    """Return how many statements everyone can read by reason and outcome, in the order of the house rules. One query.

    That of a pause has no outcome.
    """
    given = statements_to_publish(at=at, first=first, last=last).order_by()
    counted = given.values("reason", "decision__outcome").annotate(number=Count("pk"))
    return list(counted.order_by("reason__rule_number", "reason", "decision__outcome"))


def records_of(statements: QuerySet[StatementOfReasons]) -> Iterator[dict[str, object]]:
    """Return the records of the EU's database, one by one: however many there are, few are held at a time."""
    with override(settings.LANGUAGE_CODE):
        rules_url = f"{settings.SITE_URL}{reverse('municipality:rules')}"
    for statement in statements.iterator(chunk_size=CHUNK):
        yield record_of_statement(statement, rules_url)


def record_of_statement(statement: StatementOfReasons, rules_url: str) -> dict[str, object]:
    """Return one statement under the names that the EU's database publishes."""
    is_illegal = statement.ground == ReasonGround.ILLEGAL
    of_ground = "illegal_content_legal_ground" if is_illegal else "incompatible_content_ground"
    explained = "illegal_content_explanation" if is_illegal else "incompatible_content_explanation"
    optional: dict[str, object] = {
        "decision_visibility": [statement.decision_visibility] if statement.decision_visibility else [],
        "decision_provision": statement.decision_provision,
        "end_date_service_restriction": statement.service_until.isoformat() if statement.service_until else "",
        "content_type_other": statement.content_type_other,
        "decision_visibility_other": statement.decision_visibility_other,
        "category_specification": [statement.keyword] if statement.keyword else [],
    }
    always: dict[str, object] = {
        "puid": statement.puid,
        "decision_ground": ILLEGAL if is_illegal else INCOMPATIBLE,
        "decision_ground_reference_url": rules_url,
        of_ground: statement.legal_ground,
        explained: statement.explanation,
        "category": statement.category,
        "content_type": [statement.content_type],
        "content_language": settings.LANGUAGE_CODE[:2].upper(),
        "content_date": statement.content_date.isoformat(),
        "territorial_scope": ["DK"],
        "application_date": local(statement.given_at).date().isoformat(),
        "decision_facts": statement.decision_facts,
        "source_type": statement.source_type,
        "automated_detection": "Yes" if statement.automated_detection else "No",
        "automated_decision": statement.automated_decision,
    }
    return always | {name: value for name, value in optional.items() if value}
