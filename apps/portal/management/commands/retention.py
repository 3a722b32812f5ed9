"""Take away what has been kept long enough, or tell what would go."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.common.clock import now
from apps.portal.actions import CLASSES, clear_away

LINE = "{:<22} {:>6} {:>7}  {}"


class Command(BaseCommand):
    """Runs the daily sweep now; --dry-run prints what would go and changes nothing."""

    help = "Takes away what has been kept long enough. With --dry-run: prints what would go, and changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the one switch."""
        parser.add_argument("--dry-run", action="store_true", help="print what would go, and change nothing")

    def handle(self, *_: Any, dry_run: bool, **__: Any) -> None:
        """Print a line a class: its name, days kept, how much is or was due, and since when the oldest is there."""
        at = now()
        due = {one.code: one.due(at) for one in CLASSES}
        self.stdout.write(LINE.format("class", "days", "due", "oldest"))
        for one in CLASSES:
            oldest = due[one.code].oldest
            shown = oldest.date().isoformat() if oldest else "-"
            self.stdout.write(LINE.format(one.code, one.days, due[one.code].count, shown))
        if dry_run:
            self.stdout.write("Nothing was changed. People and texts under a legal hold are not counted.")
            return
        try:
            done = clear_away(at=at)
        except RuntimeError as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"Cleared away: {sum(done.values())}.")
