"""When work is due: counted in the hours in which a town hall works."""

from datetime import datetime, time, timedelta

from apps.common.calendar import local, zone

OPENS, CLOSES = time(8), time(16)
SATURDAY = 5
A_DAY = timedelta(days=1)


def due_after(at: datetime, *, hours: int) -> datetime:
    """Return the moment at which that many working hours have gone by: Mondays to Fridays, 8 to 16."""
    moment, left = local(at), timedelta(hours=hours)
    while True:
        opens = datetime.combine(moment.date(), OPENS, tzinfo=zone())
        closes = datetime.combine(moment.date(), CLOSES, tzinfo=zone())
        begins = max(moment, opens)
        if moment.weekday() < SATURDAY and begins < closes:
            if left <= closes - begins:
                return begins + left
            left -= closes - begins
        moment = datetime.combine(moment.date() + A_DAY, OPENS, tzinfo=zone())
