"""`manage.py verify_ledger`: check the ledger, and that all rows agree with it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.exchange.queries import check_ledger


class Command(BaseCommand):
    """Says in one sentence what was checked, or stops with the first thing that is wrong."""

    help = "Check that positions and receipt numbers are gapless and that all rows agree with the ledger's story."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Exit 0 with one sentence, or 1 with the first thing that is wrong."""
        checked = check_ledger()
        if checked.problem:
            raise CommandError(f"{checked.problem}.")
        waiting = checked.entries - checked.placed
        self.stdout.write(
            f"The ledger is in order: {checked.entries} entries, {checked.placed} of them placed without a gap and "
            f"{waiting} waiting for their position, tell of {checked.contributions} contributions in "
            f"{checked.consultations} consultations, and every row agrees."
        )
