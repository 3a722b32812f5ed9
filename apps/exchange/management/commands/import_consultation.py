"""`manage.py import_consultation`: bring in a consultation that was held elsewhere."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations

from apps.accounts.rules import AN_IMPORT
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.exchange.actions import import_consultation
from apps.exchange.engine.rows import SourceConsultation
from apps.exchange.errors import BrokenSource
from apps.exchange.queries import read_source
from apps.ledger.actions import sequence_entries


class Command(BaseCommand):
    """The last line of output is JSON with the figures of what the database now holds."""

    help = "Import a Polis export or a common table. Running it again adds what is new; broken rows stop it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take where the source lies, how it is written and where it goes."""
        parser.add_argument("path", metavar="PATH", help="the source's folder")
        parser.add_argument("--format", required=True, help="polis or csv")
        parser.add_argument("--slug", required=True, help="the consultation's address")
        parser.add_argument("--title", default="", help="the consultation's title, where not the source's")
        parser.add_argument("--dry-run", action="store_true", help="report the same and write nothing")
        parser.add_argument("--skip-bad", action="store_true", help="leave out rows that cannot be imported")

    @no_translations
    def handle(self, *_args: Any, **options: Any) -> None:
        """Exit 0 with the figures, or 1 with every row that cannot be imported."""
        try:
            self._import(read_source(Path(options["path"]), options["format"]), options)
        except BrokenSource as broken:
            for problem in broken.problems:
                self.stderr.write(f"{problem.file}:{problem.line}: {problem.reason}")
            raise CommandError(str(broken)) from None
        except DomainError as refusal:
            raise CommandError(str(refusal)) from None

    def _import(self, source: SourceConsultation, options: dict[str, Any]) -> None:
        figures, left_out = import_consultation(
            source=source,
            slug=options["slug"],
            title=options["title"],
            skip_bad=options["skip_bad"],
            dry_run=options["dry_run"],
            by=AN_IMPORT,
            at=now(),
        )
        for problem in left_out:
            self.stderr.write(f"{problem.file}:{problem.line}: left out: {problem.reason}")
        if not options["dry_run"]:
            sequence_entries()
        self.stdout.write(json.dumps(asdict(figures), ensure_ascii=False))
