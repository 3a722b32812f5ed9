"""Screening what is received and changed, in the same transaction, and again what waits when a list says otherwise.

What was published elsewhere and is imported is not screened as it comes in: it waits for nobody, and screening takes
twice as long as all the rest of receiving it. It is looked at when a moderator opens it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from apps.consultations.queries import MapPlace
from apps.discussions.models import UNREAD, WAITING, Contribution
from apps.municipality.queries import ProposalTerms
from apps.screening.actions import in_file, keep_flags, keep_flags_anew, keep_flags_of_many
from apps.screening.enums import Flag
from apps.screening.queries import Lists, Looked, lists_at, look_by, screened_by

BATCH = 200
LOOKED_BACK = timedelta(days=1)
MOST_BEFORE = 50


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A text as it was sent, when its form was opened, and what was noticed in it before, as far as that is known.

    `place` is the one on the map that it is about, `long_text` what is put into a file beside it, `as_proposal` that it
    is offered as a citizen proposal, `read_terms` the key of the terms that were read before, `terms` those in force.
    """

    body: str
    opened_at: datetime | None = None
    looked: Looked | None = None
    place: MapPlace | None = None
    as_proposal: bool = False
    read_terms: str = ""
    terms: ProposalTerms | None = None
    long_text: str = ""


def notice(
    contribution: Contribution, sent: Sent, *, at: datetime, sent_before: Iterable[datetime] = ()
) -> tuple[Flag, ...]:
    """Keep what is noticed in the text as it stands, and return its flags. They decide nothing by themselves.

    What was noticed before is taken over if it is of this very text.
    """
    looked = sent.looked
    if looked is None or looked.text != contribution.body:
        looked = look_by(lists_at(at), contribution.body)
    if sent.long_text:
        looked = looked._replace(findings=(*looked.findings, *in_file(look_by(looked.lists, sent.long_text))))
    return keep_flags(
        looked=looked,
        subject_id=contribution.pk,
        version=contribution.version,
        sent=sent.body,
        at=at,
        opened_at=sent.opened_at,
        sent_before=sent_before,
    )


def sent_before(contribution: Contribution) -> list[datetime]:
    """Return when the author of a text that was just received sent others within a day, the latest ones."""
    others = Contribution.stored.filter(author=contribution.author_id, pk__lt=contribution.pk)
    recent = others.filter(received_at__gt=contribution.received_at - LOOKED_BACK)
    return list(recent.order_by("-pk").values_list("received_at", flat=True)[:MOST_BEFORE])


def notice_in_waiting(made: Sequence[Contribution], *, at: datetime) -> None:
    """Keep what is noticed in those of many received texts that wait for a moderator."""
    waiting = [row for row in made if row.is_waiting]
    if waiting:
        lists = lists_at(at)
        keep_flags_of_many(looked=[(row.pk, look_by(lists, row.body)) for row in waiting])


def screen_what_waits(*, at: datetime) -> int:
    """Screen anew what no moderator has read yet, where a list of names or words holds something else; return how many.

    A name that is put on the list an hour later is noticed so, and so is one that begins to be in force. Nothing is
    hidden or published by it.
    """
    lists, done, last = lists_at(at), 0, 0
    unread = Contribution.stored.filter(WAITING | UNREAD).exclude(screened_by(lists))
    while ids := list(unread.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        done += sum(_screen_again(pk, lists) for pk in ids)
        last = ids[-1]
    return done


@transaction.atomic
def _screen_again(pk: int, lists: Lists) -> bool:
    """The row is locked: its author changes it before, and it is screened as it is then, or after."""
    row = Contribution.stored.select_for_update().filter(WAITING | UNREAD, pk=pk).first()
    if row is None:
        return False
    keep_flags_anew(looked=look_by(lists, row.body), subject_id=row.pk, version=row.version)
    return True
