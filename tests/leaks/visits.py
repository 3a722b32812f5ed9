"""How each output is fetched, and what leads on is followed."""

import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from django.contrib import auth
from django.test import Client
from django.urls import reverse

from apps.accounts.actions import place_hold
from apps.accounts.enums import HeldSubject, Role
from apps.accounts.errors import AlreadyHeld
from apps.accounts.models import Hold, Organisation, RoleAssignment, User
from apps.common.clock import now
from apps.consultations.models import Consultation, Topic
from apps.discussions.models import Attachment, Contribution, TextErasure, WritingPause
from apps.moderation.models import Appeal, PauseAppeal, Report, ReportCase
from apps.notifications.models import OutgoingMail
from apps.notifications.tasks import write_mail
from apps.portal.actions import request_export
from apps.portal.queries import path_of
from apps.portal.tasks import build_exports
from apps.publications.models import AnswerDraft
from apps.publications.tasks import make_papers
from tests.personas import Viewer
from tests.publications.papers import words_of


@dataclass(frozen=True, kw_only=True)
class SecretTown:
    """A hearing in which some texts are not for everyone, and everybody who might look."""

    people: dict[str, Viewer]
    hearing: Consultation
    topic: Topic
    elsewhere: Topic
    hidden: dict[str, Contribution]
    secrets: dict[str, str]


OF_A_TOPIC = {
    "portal:topic",
    "portal:topic-print",
    "discussions:topic-table",
    "portal:topic-feed",
    "discussions:contribution-submit",
    "discussions:topic-merge",
    "discussions:topic-delete",
}
WITHOUT_PARTS = {
    "mfa_index",
    "usersessions_list",
    "admin:index",
    "moderation:transparency",
    "moderation:statements-csv",
    "moderation:statements-json",
    "moderation:queue",
    "portal:moderation-log-of-all",
    "portal:moderation-feed-of-all",
    "moderation:decision-list",
    "moderation:erasure-list",
    "moderation:letter-list",
    "moderation:second-reading",
    "moderation:measure-list",
    "screening:employee-list",
    "screening:employee-add",
    "screening:employee-import",
    "screening:word-list",
    "screening:word-add",
    "moderation:pause-list",
    "moderation:deputy-name",
    "municipality:accessibility",
    "municipality:brand",
    "municipality:rules",
    "municipality:municipality-edit",
    "municipality:brand-edit",
    "municipality:crest-edit",
    "municipality:accessibility-edit",
    "municipality:district-list-edit",
    "municipality:proposals-edit",
    "municipality:rules-edit",
    "municipality:reason-list",
    "municipality:reason-add",
    "municipality:legal-basis-list",
    "municipality:legal-basis-add",
    "accounts:person-list",
    "accounts:role-grant",
    "accounts:organisation-request",
    "accounts:organisation-list",
    "portal:person-hold",
    "portal:contribution-hold",
    "portal:my-following",
    "portal:my-settings",
    "portal:my-security",
    "portal:my-data",
    "portal:account-delete",
    "portal:account-deleted",
    "portal:privacy",
    "portal:retention",
    "consultations:calendar",
    "publications:text-block-list",
    "publications:answer-list",
    "publications:text-block-add",
    "consultations:calendar-download",
    "portal:home",
    "portal:consultation-list",
    "portal:suggestion-list",
    "portal:news-list",
    "portal:news-feed",
    "portal:me",
    "portal:entry-list",
    "residency:verify",
    "residency:desk",
    "residency:waiting-list",
    "residency:letter-request",
    "residency:code-enter",
    "residency:letter-list",
    "moderation:statement-post-list",
}


Output = Callable[[Client, SecretTown], bytes]


def page(name: str, query: str = "", **headers: str) -> Output:
    """Return the output of one address of the hearing or of its first topic."""

    def output(client: Client, town: SecretTown) -> bytes:
        return _got(client, f"{_address(name, town)}{query}", **headers)

    return output


def each(name: str, query: str = "") -> Output:
    """Return the output of an address for every hidden number."""

    def output(client: Client, town: SecretTown) -> bytes:
        return b"".join(
            _got(client, reverse(name, kwargs={"slug": town.hearing.slug, "number": row.number}) + query)
            for row in town.hidden.values()
        )

    return output


def each_item(name: str) -> Output:
    """Return the output of a moderators' address for every hidden contribution."""

    def output(client: Client, town: SecretTown) -> bytes:
        addresses = (reverse(name, kwargs={"contribution_id": row.pk}) for row in town.hidden.values())
        return b"".join(_got(client, address) for address in addresses)

    return output


def each_answer_draft(client: Client, town: SecretTown) -> bytes:
    """Return the pages of all answers being written, and those on which more is chosen for them."""
    ways = ("answer-draft", "answer-pick")
    rows = AnswerDraft.objects.order_by("pk")
    return b"".join(_got(client, reverse(f"publications:{way}", args=[row.pk])) for row in rows for way in ways)


def each_file(client: Client, town: SecretTown) -> bytes:
    """Return every file beside a hidden contribution, as a download and as a picture."""
    found = b""
    for text in town.hidden.values():
        for position, way in product((1, 2), ("contribution-file", "contribution-image")):
            parts = {"slug": town.hearing.slug, "number": text.number, "position": position}
            found += _got(client, reverse(f"discussions:{way}", kwargs=parts))
    return found


def each_held_file(client: Client, town: SecretTown) -> bytes:
    """Return the pages on which a moderator holds files back, and the files themselves."""
    ways = ("file-hold", "file-open", "file-image")
    rows = Attachment.objects.order_by("pk")
    return b"".join(_got(client, reverse(f"moderation:{way}", args=[row.pk])) for row in rows for way in ways)


def each_erasure(client: Client, town: SecretTown) -> bytes:
    """Return the pages of all proposals to erase a text."""
    addresses = (reverse("moderation:erasure-decide", args=[row.pk]) for row in TextErasure.objects.order_by("pk"))
    return b"".join(_got(client, address) for address in addresses)


def each_case(client: Client, town: SecretTown) -> bytes:
    """Return the pages of all cases of reports and of all appeals, and the scans of these."""
    cases = (reverse("moderation:report-settle", args=[row.pk]) for row in ReportCase.objects.order_by("pk"))
    appeals = (reverse("moderation:appeal-decide", args=[row.pk]) for row in Appeal.objects.order_by("pk"))
    scans = (reverse("moderation:appeal-scan", args=[row.pk]) for row in Appeal.objects.order_by("pk"))
    return b"".join(_got(client, address) for address in (*cases, *appeals, *scans))


def each_pause(client: Client, town: SecretTown) -> bytes:
    """Return the moderators' pages of all pauses in somebody's writing, and of the appeals against them."""
    pauses = (reverse("moderation:pause-lift", args=[row.pk]) for row in WritingPause.objects.order_by("pk"))
    appeals = (reverse("moderation:pause-appeal-decide", args=[row.pk]) for row in PauseAppeal.objects.order_by("pk"))
    return b"".join(_got(client, address) for address in (*pauses, *appeals))


def each_own_pause(client: Client, town: SecretTown) -> bytes:
    """Return the pages of all pauses as their people see them, and the forms of an appeal."""
    found = b""
    for pause in WritingPause.objects.order_by("pk"):
        for name in ("portal:my-pause", "moderation:pause-appeal"):
            found += _got(client, reverse(name, kwargs={"pause_id": pause.pk}))
    return found


def receipts_of_reports(client: Client, town: SecretTown) -> bytes:
    """Return the receipts of all reports, and the forms of an appeal."""
    found = b""
    for report in Report.objects.order_by("pk"):
        for name in ("moderation:report-receipt", "moderation:report-appeal"):
            found += _got(client, reverse(name, kwargs={"key": report.key}))
    return found


def writing_in_reply(client: Client, town: SecretTown) -> bytes:
    """Return the form pages on which somebody tries to reply to a hidden number, opened and sent."""
    address = _address("discussions:contribution-submit", town)
    found = b""
    for row in town.hidden.values():
        found += _got(client, f"{address}?reply_to={row.number}")
        for action in ("preview", "send", "edit"):
            typed = {"body": "My reply.", "kind": "view", "reply_to": row.number, "action": action}
            found += client.post(address, typed, follow=True).content
    return found


def around_hidden_numbers(client: Client, town: SecretTown) -> bytes:
    """Return pages of the thread that begin or end at a hidden number."""
    address = _address("portal:topic", town)
    places = [f"?{way}={row.number}" for row in town.hidden.values() for way in ("after", "before")]
    return b"".join(_got(client, address + place) for place in places)


def copy_of_own_data(client: Client, town: SecretTown) -> bytes:
    """Return the copies of their data of whoever is signed in, opened."""
    person = auth.get_user(client)
    if not isinstance(person, User):
        return b""
    export = request_export(person=person, at=now())
    build_exports()
    export.refresh_from_db()
    with zipfile.ZipFile(path_of(export)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def one_organisation(client: Client, town: SecretTown) -> bytes:
    """Return the page on which an official decides about the organisation of the town."""
    return _got(client, reverse("accounts:organisation-decide", kwargs={"pk": Organisation.objects.get().pk}))


def one_role(client: Client, town: SecretTown) -> bytes:
    """Return the page on which a moderator's role is ended."""
    role = RoleAssignment.objects.filter(role=Role.MODERATOR).order_by("pk")[0]
    return _got(client, reverse("accounts:role-end", kwargs={"pk": role.pk}))


def one_reason(client: Client, town: SecretTown) -> bytes:
    """Return the page on which a reason is changed."""
    return _got(client, reverse("municipality:reason-edit", kwargs={"code": "spam"}))


def one_legal_basis(client: Client, town: SecretTown) -> bytes:
    """Return the page on which a legal basis is changed."""
    return _got(client, reverse("municipality:legal-basis-edit", kwargs={"code": "local_plan"}))


def holds(client: Client, town: SecretTown) -> bytes:
    """Return the pages about legal holds, when every hidden text is held."""
    administrator = town.people["administrator"]
    assert isinstance(administrator, User)
    at = next(iter(town.hidden.values())).received_at
    for row in town.hidden.values():
        facts = {"held": HeldSubject.CONTRIBUTION, "held_id": row.pk, "reason": "Case", "review_on": date(2099, 1, 1)}
        with suppress(AlreadyHeld):
            place_hold(**facts, by=administrator, at=at)
    lifting = (reverse("portal:hold-lift", kwargs={"pk": hold.pk}) for hold in Hold.objects.order_by("pk"))
    return b"".join(_got(client, address) for address in (reverse("portal:hold-list"), *lifting))


def meeting(*names: str) -> Output:
    """Return these pages of the hearing's meeting."""

    def output(client: Client, town: SecretTown) -> bytes:
        parts = {"slug": town.hearing.slug, "meeting": 1}
        return b"".join(_got(client, reverse(f"consultations:{name}", kwargs=parts)) for name in names)

    return output


def white_paper(name: str, **parts: object) -> Output:
    """Return an address of the white paper that has a part of its own."""

    def output(client: Client, town: SecretTown) -> bytes:
        return _got(client, reverse(f"publications:{name}", kwargs={"slug": town.hearing.slug, **parts}))

    return output


def white_paper_as_pdf(client: Client, town: SecretTown) -> bytes:
    """Return what is read in the PDF of the white paper, made anew of what everyone can read."""
    make_papers()
    got = _got(client, reverse("publications:white-paper-pdf", args=[town.hearing.slug]))
    return words_of(got).encode() if got.startswith(b"%PDF") else got


def letters(client: Client, town: SecretTown) -> bytes:
    """Return the mails to everyone but the authors of the hidden texts."""
    write_mail()
    authors = {row.author.email for row in town.hidden.values() if row.author}
    mails = OutgoingMail.objects.exclude(to__in=authors)
    assert mails.exists()
    return "\n".join(f"{mail.subject}\n{mail.body}" for mail in mails).encode()


def _address(name: str, town: SecretTown) -> str:
    wanted = 2 if name in OF_A_TOPIC else 0 if name in WITHOUT_PARTS else 1
    parts = [("slug", town.hearing.slug), ("topic", town.topic.slug)]
    return reverse(name, kwargs=dict(parts[:wanted]))


def _got(client: Client, address: str, **headers: Any) -> bytes:
    answer = client.get(address, follow=True, headers=headers or None)
    return b"".join(answer) if answer.streaming else answer.content
