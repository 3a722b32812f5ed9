"""`manage.py grant_role EMAIL ROLE`: how the first administrator, official and moderator of a site come to be."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.accounts.actions import grant_role
from apps.accounts.enums import Role
from apps.accounts.queries import account_by_email
from apps.accounts.rules import THE_SYSTEM
from apps.common.calendar import end_of_day, start_of_day
from apps.common.clock import now
from apps.common.errors import DomainError


class Command(BaseCommand):
    """Give a staff role to somebody who has an account."""

    help = "Give a staff role (moderator, official, administrator) to the account with this e-mail address."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("role", choices=Role.values)
        parser.add_argument("--department", default="", help="where the person works")
        parser.add_argument("--title", default="", help="what stands beside an official's answers")
        parser.add_argument(
            "--from",
            dest="first_day",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="first day; today if left out",
        )
        parser.add_argument(
            "--until", dest="last_day", type=date.fromisoformat, metavar="YYYY-MM-DD", help="last day, itself included"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        person = account_by_email(options["email"])
        if person is None:
            message = "No account has this address. The person signs up on the site first."
            raise CommandError(message)
        first, last = options["first_day"], options["last_day"]
        try:
            given = grant_role(
                person=person,
                role=Role(options["role"]),
                department=options["department"],
                title=options["title"],
                starts_at=start_of_day(first) if first else None,
                ends_at=end_of_day(last) if last else None,
                by=THE_SYSTEM,
                at=now(),
            )
        except DomainError as in_the_way:
            raise CommandError(str(in_the_way)) from in_the_way
        self.stdout.write("Done." if given else "The person had this role already.")
