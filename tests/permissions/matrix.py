"""All tables, in groups that the workers share."""

from tests.permissions import (
    answers,
    appeals,
    decisions,
    desks,
    hearings,
    lists,
    meetings,
    municipality,
    objections,
    outside,
    papers,
    parties,
    pauses,
    residents,
    staff,
    standing,
    teams,
    texts,
    topics,
)
from tests.permissions.table import Table

GROUPS: dict[str, list[Table]] = {
    "hearings": hearings.TABLES,
    "decisions": decisions.TABLES,
    "meetings": meetings.TABLES,
    "parties": parties.TABLES,
    "teams": teams.TABLES,
    "texts": texts.TABLES,
    "staff": staff.TABLES,
    "desks": desks.TABLES,
    "answers": answers.TABLES,
    "lists": lists.TABLES,
    "municipality": municipality.TABLES,
    "appeals": appeals.TABLES,
    "pauses": pauses.TABLES,
    "outside": outside.TABLES,
    "objections": objections.TABLES,
    "papers": papers.TABLES,
    "residents": residents.TABLES,
    "standing": standing.TABLES,
    "topics": topics.TABLES,
}
TABLES = [table for tables in GROUPS.values() for table in tables]
