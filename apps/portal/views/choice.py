"""How a reader wants to read a thread."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.http import urlencode

from apps.common.pagination import whole_number
from apps.discussions.enums import Order, Show


@dataclass(frozen=True)
class Choice:
    """How a reader wants to read; what makes no sense in an address falls back to the usual."""

    order: Order
    show: Show
    after: int | None
    before: int | None

    @classmethod
    def of(cls, request: HttpRequest) -> "Choice":
        """Return the choice that stands in the address."""
        asked = request.GET
        after = whole_number(asked.get("after"))
        return cls(
            order=Order.NEWEST if asked.get("order") == Order.NEWEST else Order.OLDEST,
            show=next((show for show in Show if show == asked.get("show")), Show.ALL),
            after=after,
            before=whole_number(asked.get("before")) if after is None else None,
        )

    def address(self, **changes: Any) -> str:
        """Return the query of another page of the same reading; order and filter are kept unless changed."""
        query = {"order": self.order, "show": self.show} | changes
        usual = {"order": Order.OLDEST, "show": Show.ALL}
        return "?" + urlencode({name: value for name, value in query.items() if usual.get(name) != value})
