"""What the tables are about: people, and objects by their state. `building.py` makes them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from apps.accounts.models import User
from apps.consultations.models import Consultation, Topic
from apps.discussions.models import Contribution
from apps.municipality.models import District
from tests import factories
from tests.personas import Viewer

AT = datetime(2026, 9, 15, 8, 30, tzinfo=UTC)
DAY = timedelta(days=1)


@dataclass(kw_only=True)
class Town:
    """What the tables are about: objects by their state."""

    at: datetime
    people: dict[str, Viewer]
    district: District
    consultations: dict[str, Consultation] = field(default_factory=dict)
    contributions: dict[str, Contribution] = field(default_factory=dict)
    more: dict[str, dict[str, Any]] = field(default_factory=dict)

    def person(self, column: str) -> User:
        """Return somebody with an account."""
        found = self.people[column]
        assert isinstance(found, User)
        return found

    @property
    def colleague(self) -> User:
        """A second official, in a session with a second step: what one alone may not do, this one did."""
        return User.objects.get(pk=self.person("half").pk)

    def topic(self, state: str) -> Topic:
        """Return the first topic of the consultation in that state."""
        return factories.the_topic(self.consultations[state])
