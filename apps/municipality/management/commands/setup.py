"""`manage.py setup`: from an empty installation to a site with a name, an administrator and mail that goes out."""

import sys
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import get_connection, send_mail
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from apps.accounts.actions import grant_role, open_account
from apps.accounts.enums import Role
from apps.accounts.queries import account_by_email
from apps.accounts.rules import THE_SYSTEM
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.names import why_not_a_name
from apps.municipality.actions import set_up_municipality
from apps.municipality.models import Municipality

QUESTIONS = {
    "name": "The municipality's name, for example Vesterhav Kommune",
    "site_name": "The name of the site, for example Vesterhav i dialog",
    "code": "The municipality's code, four digits",
    "admin_email": "The first administrator's e-mail address",
    "admin_name": "The first administrator's name",
}
FACTS = ("name", "site_name", "code")


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What is needed to begin."""

    name: str
    site_name: str
    code: str
    admin_email: str
    admin_name: str


class Command(BaseCommand):
    """Ask what is needed to begin, make it, and try the mail. Run again after a mistake: nothing is made twice."""

    help = (
        "Set up a new installation: the municipality, its first administrator, and a mail that shows that mail works."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        for name, question in QUESTIONS.items():
            parser.add_argument(f"--{name.replace('_', '-')}", help=question)
        parser.add_argument("--no-mail", action="store_true", help="send no mail")

    def handle(self, *_: Any, **options: Any) -> None:
        answers = self._answers(options)
        _refuse_unfit(answers)
        self._make(answers)
        if not options["no_mail"]:
            self._try_mail(answers)
        self.stdout.write(
            f"\nNext: {settings.SITE_URL}{reverse('account_reset_password')} lets the administrator choose"
        )
        self.stdout.write("a password. The desk then leads to colour, districts, house rules and the staff's roles.")

    def _answers(self, options: dict[str, Any]) -> Answers:
        """Return what was given, asking for the rest where somebody sits at the keyboard."""
        standing = Municipality.objects.filter(pk=1).first()
        given: dict[str, str] = {}
        for name, question in QUESTIONS.items():
            kept = getattr(standing, name) if standing and name in FACTS else ""
            answer = options[name]
            if answer is None and sys.stdin.isatty():
                answer = input(f"{question}{f' [{kept}]' if kept else ''}: ")
            given[name] = " ".join((answer or kept).split())
        missing = [f"--{name.replace('_', '-')}" for name, answer in given.items() if not answer]
        if missing:
            message = f"Still needed: {', '.join(missing)}. Give them, or run this where it can ask."
            raise CommandError(message)
        return Answers(**given)

    @transaction.atomic
    def _make(self, answers: Answers) -> None:
        """Make the municipality and the administrator, in one piece."""
        at = now()
        facts = {name: getattr(answers, name) for name in FACTS}
        set_up_municipality(facts=facts, district_names=(), by=THE_SYSTEM, at=at)
        self.stdout.write(f"The municipality: {answers.name} ({answers.code}), as “{answers.site_name}”.")
        person = account_by_email(answers.admin_email)
        if person is None:
            person = open_account(email=answers.admin_email, display_name=answers.admin_name, password=None, at=at)
        try:
            given = grant_role(person=person, role=Role.ADMINISTRATOR, by=THE_SYSTEM, at=at)
        except DomainError as in_the_way:
            raise CommandError(str(in_the_way)) from in_the_way
        self.stdout.write(f"The administrator: {person.display_name}, {'from now on' if given else 'as before'}.")

    def _try_mail(self, answers: Answers) -> None:
        """Send the administrator a mail; raises CommandError with what the mail server said."""
        if settings.MAIL_TRANSPORT.endswith("dummy.EmailBackend"):
            self.stdout.write("No mail was tried: MAIL_URL names no mail server.")
            return
        address = _password_address()
        text = (
            f"Hej {answers.admin_name}\n\n"
            f"Denne mail viser, at {answers.site_name} kan sende mail. Du er administrator.\n"
            f"Vælg en adgangskode her: {address}\n\n"
            f"This mail shows that {answers.site_name} can send mail. You are its administrator.\n"
            f"Choose a password here: {address}\n"
        )
        try:
            send_mail(
                f"{answers.site_name}: mail virker / mail works",
                text,
                None,
                [answers.admin_email],
                # Past the outbox: what the server says is wanted now.
                connection=get_connection(settings.MAIL_TRANSPORT),
            )
        except OSError as trouble:
            message = (
                f"No mail could be sent: {trouble}. Everything else is set up. Check MAIL_URL and run this again; "
                "nothing is made twice."
            )
            raise CommandError(message) from trouble
        self.stdout.write(f"A mail was handed over for {answers.admin_email}. See that it arrived.")


def _refuse_unfit(answers: Answers) -> None:
    """Raise CommandError with everything that cannot be taken, before anything is made."""
    lines = []
    municipality = Municipality(**{name: getattr(answers, name) for name in FACTS})
    try:
        municipality.full_clean(exclude=["id"])
    except ValidationError as problem:
        lines += [f"--{name.replace('_', '-')}: {' '.join(words)}" for name, words in problem.message_dict.items()]
    if not (len(answers.code) == len("0999") and answers.code.isascii() and answers.code.isdigit()):
        lines.append("--code: the municipality's code has four digits.")
    try:
        validate_email(answers.admin_email)
    except ValidationError as problem:
        lines.append(f"--admin-email: {' '.join(problem.messages)}")
    with override("en"):
        sentence = why_not_a_name(answers.admin_name)
        if sentence is not None:
            lines.append(f"--admin-name: {sentence}")
    if lines:
        raise CommandError("\n".join(lines))


def _password_address() -> str:
    return f"{settings.SITE_URL}{reverse('account_reset_password')}"
