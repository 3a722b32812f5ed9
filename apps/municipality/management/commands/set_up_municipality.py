"""`manage.py set_up_municipality`: the name and promises of an installation, before its first consultation."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.accounts.rules import THE_SYSTEM
from apps.common.clock import now
from apps.municipality.actions import set_up_municipality
from apps.municipality.models import Municipality

WORDS = ("name", "site_name", "code", "address", "phone", "email")
NUMBERS = ("moderation_target_hours", "answer_target_days", "residency_months", "letters_per_address")


class Command(BaseCommand):
    """Make or change the one municipality of this installation. What is not named stays as it is."""

    help = "Set the municipality's name, contact and promises; run again to change some of them."

    def add_arguments(self, parser: CommandParser) -> None:
        for name in WORDS:
            parser.add_argument(f"--{name.replace('_', '-')}")
        for name in NUMBERS:
            parser.add_argument(f"--{name.replace('_', '-')}", type=int)
        parser.add_argument("--district", action="append", default=[], help="a district; may be repeated")

    def handle(self, *_: Any, **options: Any) -> None:
        facts = {name: options[name] for name in (*WORDS, *NUMBERS) if options[name] is not None}
        standing = Municipality.objects.filter(pk=1).first() or Municipality()
        for name, value in facts.items():
            setattr(standing, name, value)
        try:
            standing.full_clean(exclude=["id"])
        except ValidationError as problem:
            lines = [f"--{name.replace('_', '-')}: {' '.join(words)}" for name, words in problem.message_dict.items()]
            raise CommandError("\n".join(lines)) from problem
        set_up_municipality(facts=facts, district_names=options["district"], by=THE_SYSTEM, at=now())
        self.stdout.write("Done.")
