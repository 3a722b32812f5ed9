"""`manage.py seed_load`: make a large synthetic consultation for load tests and benchmarks."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations

from apps.accounts.rules import AN_IMPORT
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.exchange.actions import seed_load
from apps.ledger.actions import sequence_entries


class Command(BaseCommand):
    """The last line of output is JSON with the figures of what the database now holds."""

    help = "Add synthetic published contributions, with true numbers, counts, entries and positions."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how many, over how many topics, and where."""
        parser.add_argument("--contributions", type=int, required=True, metavar="N", help="how many to add")
        parser.add_argument("--topics", type=int, default=1, metavar="T", help="over at least how many topics")
        parser.add_argument("--consultation", default="load", metavar="SLUG", help="the consultation's address")

    @no_translations
    def handle(self, *_args: Any, **options: Any) -> None:
        """Exit 0 with the figures, or 1 with one sentence."""
        if options["contributions"] < 0 or options["topics"] < 1:
            raise CommandError("Ask for 0 contributions or more, and for at least one topic.")
        try:
            figures = seed_load(
                contributions=options["contributions"],
                topics=options["topics"],
                slug=options["consultation"],
                by=AN_IMPORT,
                at=now(),
            )
        except DomainError as refusal:
            raise CommandError(str(refusal)) from None
        sequence_entries()
        self.stdout.write(json.dumps(asdict(figures), ensure_ascii=False))
