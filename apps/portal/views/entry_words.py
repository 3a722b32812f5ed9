"""What the ledger's entries hold as codes and addresses, in words: reasons, roles, moments, and the places of moves."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import TextChoices
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from apps.accounts.enums import HeldSubject, LookUpReason, Role
from apps.common import wording
from apps.consultations.enums import InvitationWay, ModerationMode, PartyKind
from apps.consultations.queries import titles_by_slug, topic_titles
from apps.discussions.enums import (
    CONTRIBUTION_MOVED,
    CONTRIBUTION_MOVED_BACK,
    CONTRIBUTION_MOVED_IN,
    CONTRIBUTION_MOVED_OUT,
    TAKEN_BACK,
    Channel,
    ErasureGround,
    SuggestionStatus,
)
from apps.exchange.enums import CASE_EXPORTED, WHOLE
from apps.ledger.models import Entry, Position
from apps.ledger.queries import facts_of
from apps.moderation.enums import ReportOutcome
from apps.municipality.queries import reasons_by_code
from apps.publications.enums import Assignee, LeftOutGround
from apps.residency.enums import EndReason, Method

# Their entries tell places by their addresses.
MOVES = frozenset(
    kind.name for kind in (CONTRIBUTION_MOVED, CONTRIBUTION_MOVED_OUT, CONTRIBUTION_MOVED_IN, CONTRIBUTION_MOVED_BACK)
)
# Facts that are codes of these choices; they stand in the middle of a sentence.
LABELLED: list[tuple[str, type[TextChoices]]] = [
    ("role", Role),
    ("method", Method),
    ("ground", ErasureGround),
    ("held", HeldSubject),
    ("outcome", ReportOutcome),
    ("reason", LookUpReason),
    ("reason", EndReason),
    ("mode", ModerationMode),
    ("status", SuggestionStatus),
    ("channel", Channel),
    ("kind", PartyKind),
    ("way", InvitationWay),
    ("assignee", Assignee),
    ("ground", LeftOutGround),
]

# Facts that answer a question, in the middle of a sentence.
YES_OR_NO = ("answered", "late", "read")

# Titles of consultations by 0 and their address, and of topics by their consultation and their address.
Titles = dict[tuple[int, str], str]


def titles_in(places: Sequence[Position], known: Collection[int]) -> Titles:
    """Return what the places are called that texts were moved from and to; no query where nothing was moved."""
    moves = [place.entry for place in places if place.entry.kind in MOVES and place.entry.consultation_id in known]
    within = {entry.consultation_id or 0 for entry in moves if entry.kind == CONTRIBUTION_MOVED.name}
    facts = [facts_of(entry) for entry in moves if entry.kind != CONTRIBUTION_MOVED.name]
    slugs = {str(told[name]) for told in facts for name in ("from", "to") if name in told}
    titles: Titles = {(0, slug): title for slug, title in titles_by_slug(slugs).items()} if slugs else {}
    return titles | (topic_titles(within) if within else {})


def better_words(entry: Entry, titles: Titles) -> dict[str, Any]:
    """Return reasons, roles, ways, places and moments in words, where the entry holds codes."""
    facts, words = facts_of(entry), dict[str, Any](_places_in(entry, titles))
    reason = reasons_by_code().get(str(facts.get("reason", "")))
    if reason is not None:
        words["reason"] = reason.title
    elif entry.kind in MOVES and facts.get("reason") == TAKEN_BACK:
        words["reason"] = _("the move was taken back")
    for name in YES_OR_NO:
        if facts.get(name) in {"yes", "no"}:
            words[name] = _("yes") if facts[name] == "yes" else _("no")
    for name, choices in LABELLED:
        if facts.get(name) in choices.values:
            label = str(choices(facts[name]).label)
            words[name] = label[:1].lower() + label[1:]
    if entry.kind == CASE_EXPORTED.name and facts.get("since") == WHOLE:
        words["since"] = _("the beginning")
    return words | _times_in(facts)


def _times_in(facts: Mapping[str, Any]) -> dict[str, str]:
    words = {}
    for name in ("old", "new"):
        moment = parse_datetime(str(facts.get(name) or ""))
        if moment is not None:
            words[name] = wording.deadline(moment)
    for name in ("came_on", "day", "since"):
        day = parse_date(str(facts.get(name) or ""))
        if day is not None:
            words[name] = wording.day(day)
    return words


def _places_in(entry: Entry, titles: Titles) -> dict[str, str]:
    """Return where a text was moved from and to by the titles that are known, where the entry holds addresses."""
    if entry.kind not in MOVES:
        return {}
    place = entry.consultation_id or 0 if entry.kind == CONTRIBUTION_MOVED.name else 0
    named = {name: titles.get((place, str(slug))) for name, slug in facts_of(entry).items() if name in {"from", "to"}}
    return {name: title for name, title in named.items() if title}
