"""`manage.py export_statements`: the statements of reasons in the form of the EU's database."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.common.clock import now
from apps.moderation.queries import statements_to_publish
from apps.moderation.rendering import statements_as_csv, statements_as_json


class Command(BaseCommand):
    """Writes to the standard output; redirect it into a file."""

    help = "Write the statements of reasons of a period, as a table (CSV) or for programs (JSON)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the form, and the first and the last day; without them everything is written."""
        parser.add_argument("--format", choices=("csv", "json"), default="csv", help="csv or json")
        parser.add_argument("--from", dest="first", default="", help="the first day, as 2026-01-31")
        parser.add_argument("--until", dest="last", default="", help="the last day, as 2026-12-31")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Exit 0 with the records, or 1 with what is wrong with the period."""
        first, last = _day(options["first"], "--from"), _day(options["last"], "--until")
        if first and last and last < first:
            message = "--until is before --from: nothing can have been decided then."
            raise CommandError(message)
        write = statements_as_csv if options["format"] == "csv" else statements_as_json
        for line in write(statements_to_publish(at=now(), first=first, last=last)):
            self.stdout.write(line, ending="")


def _day(text: str, option: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"{option} {text!r} is not a day. Write it as 2026-01-31."
        raise CommandError(message) from None
