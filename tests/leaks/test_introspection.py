"""Whatever the house can say is looked through: what has no line of its own is found and visited all the same."""

import io
import json
from collections.abc import Callable

import pytest
from django.contrib import admin
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from apps.accounts.models import User
from apps.live.consumers import doorbell
from apps.live.streams import STREAMS, rung_since
from apps.notifications.models import OutgoingMail
from tests.architecture.source import refuse
from tests.leaks.introspection import log_calls, mail_kinds, other_addresses, own_commands
from tests.leaks.outputs import AT_THE_QUEUE, OUTPUTS, SecretTown, leaks_to
from tests.leaks.rows import in_cache, search
from tests.leaks.test_leaks import made, town
from tests.leaks.traces import all_logs

__all__ = ["made", "town"]

pytestmark = pytest.mark.django_db

# Where moderators read several waiting texts in full.
OF_THE_QUEUE = {"moderation:bulk-publish", "moderation:contribution-decide"}

# Mails about accounts, roles, homes and meetings: nobody's text is within reach of what writes them. Those to senders
# of letters hold none (`tests/notifications/test_sender_mail.py`), nor do notices (`tests/leaks/test_notices.py`).
OF_NO_TEXT = {
    "answerdraft_sent",
    "answerdraft_sent_back",
    "assignment_made",
    "followed_meeting",
    "followed_milestone",
    "followed_version",
    "meeting_called_off",
    "meeting_place_given",
    "meeting_reminder",
    "meeting_revised",
    "meeting_signed_up",
    "objection_answered",
    "objection_received",
    "notice_started",
    "organisation_confirmed",
    "organisation_ended",
    "organisation_refused",
    "party_invited",
    "queue_overdue",
    "residency_ended",
    "residency_granted",
    "review_approved",
    "review_asked",
    "review_sent_back",
    "role_ended",
    "role_granted",
    "sender_answered",
    "sender_reasons",
    "sender_received",
    "suggestion_proposal_lapsed",
    "suggestion_status_set",
    "suggestion_threshold_reached",
    "team_member_added",
    "whitepaper_followed",
    "whitepaper_published",
}

# How each command is run in the town, or why it says nothing of any text.
COMMANDS: dict[str, list[list[str]] | str] = {
    "export_statements": [["--format", "csv"], ["--format", "json"]],
    "export_case": "It says where the file lies; tests/exchange/test_case_leaks.py looks into it.",
    "verify_ledger": [[]],
    "retention": [["--dry-run"], []],
    "demo": "It starts servers; what these say is addresses and sockets.",
    "grant_role": "It says who got a role.",
    "import_consultation": "It reads files and says how many rows it found.",
    "reset_second_step": "It says whose second step is reset.",
    "seed_load": "It says how many made-up texts it wrote.",
    "setup": "It repeats what it was given, and says who the administrator is.",
    "set_up_municipality": "It repeats what it was given.",
}

# What can be watched, and what a doorbell says of it: that something came, and how much.
WATCHED = {"coding", "topic", "merge", "queue", "claims"}

# What administrators' technical window shows. None of these holds what anybody wrote.
IN_THE_WINDOW = {"Municipality", "District", "HouseRule", "RefusalReason", "LegalBasis", "Reader", "RoleAssignment"}

# Every line of the log that the house writes itself. What stands in for %s is named beside it.
LOGGED = {
    ("apps/common/nudge.py", "'The queue did not take %s: %s'"),  # a task's name, an exception's class
    ("apps/exchange/tasks.py", "'Case file %s could not be built: %s'"),  # a row's id, an exception's class
    ("apps/live/subscription.py", "'Looking for claims failed: %s'"),  # an exception's class
    ("apps/live/subscription.py", "'The live layer broke off: %s'"),  # an exception's class
    ("apps/live/subscription.py", "'The round of the live sockets failed: %s'"),  # an exception's class
    ("apps/live/tasks.py", "'The live layer did not take the doorbells: %s'"),  # an exception's class
    ("apps/portal/actions/clearing.py", "'Clearing away %s failed: %s'"),  # a code, an exception's class
    ("apps/portal/tasks.py", "'Export %s could not be built: %s'"),  # a row's id, an exception's class
    ("apps/publications/tasks.py", "'The PDF of version %s could not be made: %s'"),  # a row's id, an exception's class
    ("apps/residency/adapters/dance.py", "'A login with MitID was refused: %s'"),  # a code
    ("apps/residency/adapters/dance.py", "'MitID did not answer: %s'"),  # a code
    ("apps/residency/registers.py", "'The address register cannot be read: %s'"),  # a sentence about the file
    ("civic_forum/asgi.py", "'A request was larger than may be received'"),
    ("civic_forum/asgi.py", "'A socket from %s was refused'"),  # the origin that a browser named
}


@pytest.mark.parametrize("persona", ["anonymous", "resident", "official", "moderator", "administrator", "superuser"])
def test_addresses_without_a_line_of_their_own_let_nothing_out(persona: str, town: SecretTown) -> None:
    viewer = town.people[persona]
    found = search(town.secrets.values())
    offenders = []
    for name, places in other_addresses(town).items():
        if persona == "moderator" and name in OF_THE_QUEUE:
            continue
        client = Client(raise_request_exception=False)
        if isinstance(viewer, User):
            client.force_login(viewer)
        for place in places:
            answer = client.get(place)
            said = b"".join(answer) if answer.streaming else answer.content  # type: ignore[arg-type]
            told = said + json.dumps(dict(answer.headers)).encode()
            offenders += [f"{name}: {word}" for word in found(told)]

    refuse(offenders, "show this to its author and moderators only")


def test_other_addresses_are_visited_at_all(town: SecretTown) -> None:
    places = other_addresses(town)

    assert {"portal:desk", "notifications:mailbox", "admin:ledger_reader_changelist"} <= places.keys()
    assert len(places["moderation:contribution-decide"]) == len(town.hidden)


@pytest.mark.parametrize("typed", ["/consultations/nothing/", "/nothing/at/all/?q=<b>", "/en/nothing/"])
def test_pages_of_errors_let_nothing_out(typed: str, town: SecretTown) -> None:
    answer = Client().get(typed)

    assert answer.status_code == 404
    assert not search(town.secrets.values())(answer.content)


def test_every_kind_of_mail_is_among_the_letters_or_tells_of_no_text(town: SecretTown) -> None:
    OUTPUTS["letters"](Client(), town)

    written = {key.split(":")[0].replace(".", "_") for key in OutgoingMail.objects.values_list("key", flat=True)}
    written |= {"report_received"} if OutgoingMail.objects.filter(key__startswith="often:").exists() else set()
    to_deputy = OutgoingMail.objects.filter(key__endswith=":deputy")
    written |= {"deputy_case"} if to_deputy.exclude(key__startswith="pause.").exists() else set()
    written |= {"deputy_pause"} if to_deputy.filter(key__startswith="pause.").exists() else set()

    refuse(mail_kinds() - written - OF_NO_TEXT, "let the town of test_leaks have one")
    refuse(OF_NO_TEXT - mail_kinds(), "there is no such mail")


def test_commands_let_nothing_out(town: SecretTown) -> None:
    refuse(own_commands() ^ COMMANDS.keys(), "say in COMMANDS how it is run here, or why it says nothing of a text")
    found = search(town.secrets.values())
    for name, ways in COMMANDS.items():
        for words in ways if isinstance(ways, list) else ():
            out, err = io.StringIO(), io.StringIO()
            call_command(name, *words, stdout=out, stderr=err)
            assert out.getvalue().strip(), name
            refuse(found(out.getvalue() + err.getvalue()), f"{name} says what not everyone may read")


def test_doorbells_let_nothing_out(town: SecretTown) -> None:
    assert STREAMS.keys() == WATCHED, "say what a doorbell of the new stream tells, and to whom"
    latest = max(row.received_at for row in town.hidden.values())
    rung, _position = rung_since(0, at=latest.replace(year=latest.year + 1))
    assert rung

    frames = [doorbell(stream, positions[0], len(positions)) for stream, positions in rung.items()]

    assert all(set(json.loads(frame)) == {"stream", "since", "count"} for frame in frames)
    assert not search(town.secrets.values())("".join(frames))


def test_the_technical_window_shows_nothing_that_anybody_wrote() -> None:
    shown = {model.__name__ for model in admin.site._registry}

    assert shown == IN_THE_WINDOW, "the window is for settings; texts and people have pages with rules"


def test_every_line_of_the_log_is_known() -> None:
    refuse(map(str, log_calls() - LOGGED), "log no text and no person; then add the line to LOGGED, with what it names")
    refuse(map(str, LOGGED - log_calls()), "nobody logs this any more")


@pytest.mark.parametrize("persona", ["anonymous", "moderator"])
def test_logs_and_the_cache_hold_none_of_it(persona: str, town: SecretTown) -> None:
    """Whatever was looked at, also where it may be read: neither a log nor the cache keeps a text."""
    cache.clear()
    with all_logs() as lines:
        leaks_to(town.people[persona], town, {}, outputs=AT_THE_QUEUE if persona == "moderator" else OUTPUTS)
    found: Callable[[object], list[str]] = search(town.secrets.values())

    refuse((word for line in lines.said for word in found(line)), "log no text")
    refuse((f"{key}: {word}" for key, value in in_cache() for word in found(value)), "cache no text")
