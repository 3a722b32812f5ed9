"""The demo's texts for questions that return, as the officials of Vesterhav keep them."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial

from apps.accounts.models import User
from apps.portal.demo.timeline import moment
from apps.publications.actions import add_text_block

DAYS_AGO = 60
BLOCKS = (
    (
        "Hvor man kan se planerne",
        (
            "Alle dokumenter i høringen ligger på høringens side. De kan også ses på papir i Borgerservice, "
            "Rådhuspladsen 1, i åbningstiden."
        ),
    ),
    (
        "Hvordan støj bliver målt",
        (
            "Støjen bliver beregnet ved de nærmeste huse og holdt op mod grænserne i bekendtgørelsen om støj fra "
            "vindmøller: 44 dB(A) ved 8 m/s ude på landet og 39 dB(A) i boligområder."
        ),
    ),
)


def deeds(people: Mapping[str, User], *, now: datetime) -> Iterator[tuple[datetime, Callable[[], object]]]:
    """Return what officials keep, each with its moment."""
    at = moment(now=now, day=-DAYS_AGO, clock="11:30")
    for title, body in BLOCKS:
        yield at, partial(add_text_block, title=title, body=body, by=people["mette"], at=at)
