"""`manage.py grant_role EMAIL ROLE`: how the first administrator, official and moderator of a site come to be."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.accounts.actions import grant_role
from apps.accounts.enums import Role
from apps.accounts.queries import account_by_email
from apps.accounts.rules import THE_SYSTEM
from apps.common.clock import now


class Command(BaseCommand):
    """Give a staff role to somebody who has an account."""

    help = "Give a staff role (moderator, official, administrator) to the account with this e-mail address."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("role", choices=Role.values)

    def handle(self, *_: Any, **options: Any) -> None:
        person = account_by_email(options["email"])
        if person is None:
            message = "No account has this address. The person signs up on the site first."
            raise CommandError(message)
        given = grant_role(person=person, role=Role(options["role"]), by=THE_SYSTEM, at=now())
        self.stdout.write("Done." if given else "The person had this role already.")
