"""Every address that takes a post has a row in a table, or here why not; and none takes one without its token."""

import pytest
import time_machine
from django.db import transaction
from django.urls import resolve

from tests.architecture.source import refuse
from tests.permissions.addresses import address_of, named, walk
from tests.permissions.building import build
from tests.permissions.matrix import TABLES
from tests.permissions.people import browser, sessions_of
from tests.permissions.rows import digests
from tests.permissions.town import AT, Town

# Posts that change nothing of the forum, or only the own account, and where they are tested.
ELSEWHERE = {
    "accounts:person-list": "looks for words and changes nothing: tests/accounts",
    "accounts:second-step": "one's own session: tests/accounts/test_second_step.py",
    "accounts:session-end": "one's own sessions: tests/accounts",
    "consultations:box-open": "one a municipality: tests/consultations/test_box.py, tests/portal",
    "discussions:receipt-print": "a letter for who may type in: tests/discussions/test_outside_views.py",
    "discussions:sender-labels": "as the table of senders: tests/discussions/test_outside_views.py",
    "discussions:topic-merge": "asks for another topic: tests/discussions/test_merging.py",
    "discussions:voice-list": "looks for words and changes nothing: tests/discussions/test_outside_views.py",
    "moderation:contribution-look": "what the moderator has open, nothing for others: tests/moderation/test_claims.py",
    "moderation:contribution-release": "one's own claim, nothing for others: tests/moderation/test_actions.py",
    "moderation:outcome-print": "a letter for who may send reasons: tests/moderation/test_by_letter.py",
    "moderation:statement-print": "a letter for who may send reasons: tests/moderation",
    "notifications:follow-end": "one's own mails, by the key in one of them: tests/notifications/test_follow_views.py",
    "publications:notice-print": "letters for who may begin notices: tests/publications/test_notice_pages.py",
    "publications:white-paper-pdf-retry": "makes a file that failed anew: tests/publications/test_paper_files.py",
    "portal:my-settings": "one's own name and language: test_mass_assignment.py",
    "portal:theme": "a cookie: tests/portal/test_preferences_view.py",
    "residency:code-enter": "one's own letter, its tries are counted: tests/residency",
    "residency:letter-batch-pdf": "as residency:letter-batch-table, whose row it shares",
    "residency:letter-double": "a look-up that changes nothing: tests/residency",
    "residency:mitid-start": "the way to the broker: tests/mitid",
    "residency:mitid-return": "the way back from the broker: tests/mitid",
    "screening:employee-list": "looks for words and changes nothing: tests/screening/test_views.py",
    "residency:verify": "needs what MitID told in this session: tests/mitid",
}
# allauth's pages: signing in and out, one's own address, second step and sessions. Django's admin changes nothing.
OF_OTHERS = ("account_", "mfa_", "usersessions_", "socialaccount_", "admin:")
# Views that take posts without a token. There is none, and there must be none.
WITHOUT_TOKEN: set[str] = set()
METHOD_REFUSED = 405


@pytest.mark.django_db
def test_every_address_that_takes_posts_has_a_table() -> None:
    with time_machine.travel(AT, tick=False):
        town = build()
        told = {
            resolve(table.post(town, state)[0].partition("?")[0]).view_name
            for table in TABLES
            if table.post
            for state in table.rows
        }
        client = browser("own", town.people["own"])
        takes = {name for name in named() if not name.startswith(OF_OTHERS) and _takes_posts(name, town, client)}

    refuse(takes - told - set(ELSEWHERE), "write a table with its post, or say in ELSEWHERE why not, or require_safe")
    refuse(set(ELSEWHERE) - takes, "it takes no posts any more: remove the line")
    refuse(set(ELSEWHERE) & told, "it has a table: remove the line")


def _takes_posts(name: str, town: Town, client: object) -> bool:
    with transaction.atomic():
        status = client.post(address_of(name, named()[name], town)).status_code  # type: ignore[attr-defined]
        transaction.set_rollback(True)
    return bool(status != METHOD_REFUSED)


@pytest.mark.django_db
def test_no_address_takes_a_post_without_its_token() -> None:
    """Also not as its first visitor, from another place, or with the token of somebody else."""
    with time_machine.travel(AT, tick=False):
        town = build()
        keys = sessions_of(town.people)
        before = digests()
        offenders = []
        for name in ("own", "mod", "off", "adm", "sup", "half"):
            client = browser(name, town.people[name], keys[name], with_token=True)
            for address, parts in named().items():
                status = client.post(address_of(address, parts, town)).status_code
                if status != 403:
                    offenders.append(f"{address} answers {name} with {status}")
        client = browser("half", town.people["half"], keys["half"], with_token=True)
        client.cookies["csrf"] = "a" * 32
        for address, parts in named().items():
            words = {"csrfmiddlewaretoken": "b" * 32}
            if client.post(address_of(address, parts, town), words).status_code != 403:
                offenders.append(f"{address} takes a token that is not the visitor's")
        changed = [table for table, digest in digests().items() if digest != before[table]]

    refuse(offenders, "let the view be guarded by Django's CsrfViewMiddleware")
    refuse(changed, "a refused post changed this table")


def test_no_view_does_without_a_token() -> None:
    """An address without a name is reached too."""
    exempt = {name or repr(view) for name, _parts, view in walk() if getattr(view, "csrf_exempt", False)}

    refuse(exempt - WITHOUT_TOKEN, "take csrf_exempt from the view")
