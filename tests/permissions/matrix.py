"""All tables, in groups that the workers share."""

from tests.permissions import appeals, hearings, lists, meetings, pauses, residents, staff, teams, texts
from tests.permissions.table import Table

GROUPS: dict[str, list[Table]] = {
    "hearings": hearings.TABLES,
    "meetings": meetings.TABLES,
    "teams": teams.TABLES,
    "texts": texts.TABLES,
    "staff": staff.TABLES,
    "lists": lists.TABLES,
    "appeals": appeals.TABLES,
    "pauses": pauses.TABLES,
    "residents": residents.TABLES,
}
TABLES = [table for tables in GROUPS.values() for table in tables]
