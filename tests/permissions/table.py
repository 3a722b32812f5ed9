"""Tables of who may what, as text that people read and the tests run.

A cell says what comes of it:

    yes     the rule allows it, the list holds it, the page opens, the post is carried out
    done    the same, but the post changes nothing: it has been done, and says so
    no      refused with a sentence
    hidden  there is no such page for them: 404
    login   led to the sign-in page (of a post, what was typed is shown once more)
    second  led to the second step

A row is a state of what the table is about. The rule and the list only tell yes (and done) from all the rest.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.db.models import QuerySet

from tests.permissions.people import HEADS
from tests.permissions.town import Town

WORDS = {"yes", "done", "no", "hidden", "login", "second"}

REFUSED = {403, 405, 409, 422}

Post = tuple[str, Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Table:
    """Who may do one thing with one kind of object, whatever state it is in.

    `rule` is a permission's name; `about` returns what it is asked about, and `moment` what it needs besides.
    `page` is the address that shows it, `post` the address and the words that do it, `visible` the list it stands in.
    `shows` is a text that stands on one of the `places` exactly for those who may see it.
    """

    name: str
    text: str
    rule: str = ""
    about: Callable[[Town, str], tuple[Any, ...]] = lambda _town, _state: ()
    moment: Callable[[Town, str, Any], Mapping[str, Any]] = lambda _town, _state, _viewer: {}
    page: Callable[[Town, str], str] | None = None
    post: Callable[[Town, str], Post] | None = None
    visible: "Callable[[Any], QuerySet[Any]] | None" = None
    shows: Callable[[Town, str], str] | None = None
    places: Callable[[Town, str], list[str]] = lambda _town, _state: []
    rows: Mapping[str, Mapping[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", read(self.text, self.name))

    def __str__(self) -> str:
        return self.name


def read(text: str, name: str = "") -> dict[str, dict[str, str]]:
    """Return the cells of a table by state and column; every table has every column and only known words."""
    lines = [line.split() for line in text.strip().splitlines() if line.strip() and not line.strip().startswith("#")]
    heads, rows = lines[0], lines[1:]
    if heads != list(HEADS):
        message = f"{name}: the columns are {' '.join(HEADS)}"
        raise ValueError(message)
    table = {}
    for state, *cells in rows:
        if len(cells) != len(heads) or set(cells) - WORDS:
            message = f"{name}: the row {state} has {len(cells)} cells of {sorted(set(cells))}"
            raise ValueError(message)
        table[state] = dict(zip(heads, cells, strict=True))
    return table


def word_of(response: Any) -> str:
    """Return the table's word for an answer."""
    place = response.get("Location", "")
    if response.status_code == HTTPStatus.FOUND:
        return "second" if "/second-step/" in place else "login" if "/accounts/login/" in place else f"on to {place}"
    if response.status_code in REFUSED:
        return "no"
    return {200: "yes", 404: "hidden"}.get(response.status_code, str(response.status_code))
