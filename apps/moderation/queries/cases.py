"""Reports and appeals: what waits, what somebody made, what is to be forgotten."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from apps.accounts.enums import HeldSubject, Role
from apps.accounts.models import Hold, User
from apps.accounts.queries import addresses_of, held_people, ids_in_role, unconfirmed_addresses_of
from apps.discussions.models import Contribution
from apps.discussions.queries import typists_among, writers_by_topic
from apps.discussions.rules import GONE
from apps.moderation.enums import Outcome, ReportOutcome
from apps.moderation.models import Appeal, Case, Decision, Deputy, Report, ReportCase
from apps.moderation.rules import APPEALABLE, ENOUGH, stands

CASES_PAGE = 50
REPORTS_KEPT = timedelta(days=400)
"""As long as a refused text: half a year to appeal, and time for the appeal."""

_OF_TEXT = ("contribution__topic", "contribution__consultation", "contribution__case")


def report_made_before(contribution: Contribution, *, by: User | None, submission_key: UUID) -> Report | None:
    """Return the report that the same click made, or that the person made on the text as it stands; None for a new one.

    What was left as it is counts until it is decided again: who reported it can appeal.
    """
    rows = Report.objects.select_related("case")
    same = rows.filter(submission_key=submission_key, case__contribution=contribution).first()
    if same is not None or by is None:
        return same
    mine = rows.filter(reporter=by, case__contribution=contribution)
    return mine.filter(Q(case__settled_at=None) | Q(case__outcome=ReportOutcome.LEFT)).order_by("-pk").first()


def report_by_key(key: str) -> Report | None:
    """Return the report that the key opens, with its case and the text's place, or None."""
    rows = Report.objects.select_related("case__contribution__topic", "case__contribution__consultation", "reason")
    return rows.filter(key=key).first()


def reports_by(person: User) -> list[Report]:
    """Return what the person reported, signed in or under a confirmed address of theirs, latest first."""
    rows = Report.objects.select_related("case__contribution__topic", "case__contribution__consultation", "reason")
    return list(rows.filter(Q(reporter=person) | Q(email__in=_shown_to_be_theirs(person))).order_by("-pk"))


def reports_to_forget(person: User) -> QuerySet[Report]:
    """Return what the person reported, as an account or from an address that they have shown to be theirs."""
    return Report.objects.filter(Q(reporter=person) | Q(email__in=_shown_to_be_theirs(person)))


def _shown_to_be_theirs(person: User) -> list[str]:
    """Anybody can add an address to their account: until it is confirmed, it opens nothing."""
    doubtful = unconfirmed_addresses_of(person)
    return [address for address in addresses_of(person) if address not in doubtful]


def _reports_with_people() -> QuerySet[Report]:
    return Report.objects.select_related(
        "reporter", "reason", "case__contribution__topic", "case__contribution__consultation"
    ).order_by("pk")


def reports_by_ids(ids: Collection[int]) -> dict[int, Report]:
    """Return reports with whom to tell about them, by id. For mail to who reported only."""
    return _reports_with_people().in_bulk(list(ids)) if ids else {}


def reports_of_cases(ids: Collection[int]) -> dict[int, list[Report]]:
    """Return the reports of cases with whom to tell about them, by the case's id. For mail to who reported only."""
    found: dict[int, list[Report]] = {}
    for report in _reports_with_people().filter(case__in=ids) if ids else ():
        found.setdefault(report.case_id, []).append(report)
    return found


def appeals_by_ids(ids: Collection[int]) -> dict[int, Appeal]:
    """Return appeals with whom to tell about them, by id. For mail to who appealed only."""
    rows = _appeals().select_related("contribution__author", "report__reporter", "report__case__contribution__topic")
    rows = rows.select_related("report__case__contribution__consultation", "contribution__outside__sender")
    return rows.in_bulk(list(ids)) if ids else {}


def reports_in(case: ReportCase, *, limit: int = CASES_PAGE) -> list[Report]:
    """Return the reports of a case in the order received, at most `limit`. Who made them is not among what is read."""
    return list(case.reports.select_related("reason").defer("email", "key").order_by("pk")[:limit])


def open_case_on(contribution: Contribution) -> ReportCase | None:
    """Return the open case of reports on a text, with its number of reports as `count`, or None."""
    rows = ReportCase.objects.filter(contribution=contribution, settled_at=None)
    return rows.annotate(count=Count("reports")).first()


def report_case(pk: int) -> ReportCase | None:
    """Return a case of reports with the text that it is about and its number of reports as `count`, or None."""
    rows = ReportCase.objects.select_related(*_OF_TEXT, "settled_by").annotate(count=Count("reports"))
    return rows.filter(pk=pk).first()


def _appeals() -> QuerySet[Appeal]:
    return Appeal.objects.select_related(
        *_OF_TEXT, "contribution__author", "decision__reason", "decision__file", "decision__decided_by",
        "report__case__settled_by", "report__reason", "first_decided_by", "decided_by", "letter__typed_by",
    )  # fmt: skip


def appeal_by_id(pk: int) -> Appeal | None:
    """Return an appeal with what it is against, or None."""
    return _appeals().filter(pk=pk).first()


def appeals_beside(appeal: Appeal) -> list[Appeal]:
    """Return the open appeals about the same case of reports, the given one among them: they are decided together."""
    if appeal.report is None:
        return [appeal]
    return list(_appeals().filter(report__case=appeal.report.case, decided_at=None).order_by("pk"))


def appeals_on(contributions: Sequence[int], *, author: User) -> dict[int, Appeal]:
    """Return the author's latest appeal about each of their texts, by the text's id: one query."""
    rows = Appeal.objects.filter(
        contribution__in=contributions, contribution__author=author, decision__isnull=False
    ).select_related("decision")
    return {appeal.contribution_id: appeal for appeal in rows.order_by("pk")}


def appeals_by(person: User) -> list[Appeal]:
    """Return what the person appealed, as an author or a reporter, in the order received."""
    mine = Q(decision__isnull=False, contribution__author=person) | Q(report__reporter=person)
    return list(Appeal.objects.filter(mine).select_related("contribution__consultation").order_by("pk"))


def decisions_against(contribution: Contribution) -> list[Decision]:
    """Return the decisions against a text that an author can appeal against while they stand, latest first."""
    rows = Decision.objects.filter(case__contribution=contribution, outcome__in=APPEALABLE, undone_at=None)
    rows = rows.select_related("case__contribution__consultation", "case__contribution__topic", "reason", "appeal")
    return list(rows.select_related("statement", "file").order_by("-pk"))


def decision_to_appeal(contribution: Contribution) -> Decision | None:
    """Return the last decision against a text that stands and that nobody has appealed against, or None."""
    open_still = (row for row in decisions_against(contribution) if getattr(row, "appeal", None) is None)
    return next((row for row in open_still if stands(row)), None)


def redactions_of(contribution: Contribution) -> list[Decision]:
    """Return the decisions by which passages of a text are missing now, latest first."""
    return [row for row in decisions_against(contribution) if row.outcome == Outcome.REDACT and stands(row)]


def left_to_deputy(contributions: Sequence[Contribution]) -> frozenset[int]:
    """Return which of the texts fewer than two moderators could decide on. Pair: `rules.free_moderators`."""
    moderators = ids_in_role(Role.MODERATOR)
    wrote = writers_by_topic({row.topic_id for row in contributions}, among=moderators)
    about = Case.objects.filter(contribution__in=contributions, about_staff__isnull=False)
    reported = Report.objects.filter(case__contribution__in=contributions, reporter__in=moderators)
    involved = {
        *about.values_list("contribution_id", "about_staff_id"),
        *reported.values_list("case__contribution_id", "reporter_id"),
        *typists_among(contributions),
    }
    return frozenset(
        row.pk
        for row in contributions
        if len(
            moderators.difference(
                wrote.get(row.topic_id, ()), [row.author_id], (person for text, person in involved if text == row.pk)
            )
        )
        < ENOUGH
    )


def conflicting_topics(viewer: Any, topic_ids: Sequence[int]) -> frozenset[int]:
    """Return in which of the topics the viewer has written: one query."""
    return frozenset(writers_by_topic(topic_ids, among=[viewer.pk])) if topic_ids else frozenset()


def the_deputy() -> Deputy | None:
    """Return who decides where too few moderators are left, or None."""
    return Deputy.objects.filter(ended_at=None).select_related("person", "named_by").first()


def reports_to_clear(*, at: datetime) -> QuerySet[Report]:
    """Return the reports that still tell of people after the time to appeal, but for those under a legal hold."""
    rows = Report.objects.filter(case__settled_at__lte=at - REPORTS_KEPT).exclude(
        reporter=None, email="", legal_ground="", explanation=""
    )
    return rows.exclude(reporter__in=held_people()).exclude(case__contribution__in=_held_texts())


def moot_appeals() -> QuerySet[Appeal]:
    """Return the open appeals about texts that their authors took back, or that were erased. Pair: `rules.is_moot`."""
    gone = Q(contribution__status__in=GONE) | Q(contribution__text_erased_at__isnull=False)
    return Appeal.objects.filter(gone, decided_at=None).select_related("contribution").order_by("pk")


def appeals_to_clear(*, at: datetime) -> QuerySet[Appeal]:
    """Return the appeals whose words are still there so long after the decision, but for those under a legal hold."""
    rows = Appeal.objects.filter(decided_at__lte=at - REPORTS_KEPT).exclude(text="")
    return rows.exclude(contribution__author__in=held_people()).exclude(contribution__in=_held_texts())


def _held_texts() -> QuerySet[Any]:
    return Hold.objects.filter(held=HeldSubject.CONTRIBUTION, lifted_at=None).values("held_id")
