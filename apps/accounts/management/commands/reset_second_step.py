"""`manage.py reset_second_step EMAIL`: for somebody who has lost phone, keys and recovery codes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.accounts.actions import reset_second_step
from apps.accounts.queries import account_by_email
from apps.accounts.rules import THE_SYSTEM
from apps.common.clock import now


class Command(BaseCommand):
    """Take the second factors of an account away."""

    help = "Take away the second step of the account with this e-mail address. Ask the person in the flesh first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *_: Any, **options: Any) -> None:
        person = account_by_email(options["email"])
        if person is None:
            message = "No account has this address."
            raise CommandError(message)
        done = reset_second_step(person=person, by=THE_SYSTEM, at=now())
        self.stdout.write("Done. A new one is set up at the next log-in." if done else "The person had none.")
