"""`manage.py set_up_municipality`: the name and promises of an installation, before its first consultation."""

import re
from argparse import BooleanOptionalAction
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.accounts.rules import THE_SYSTEM
from apps.common.clock import now
from apps.municipality.actions import set_up_municipality
from apps.municipality.errors import AgesNeeded
from apps.municipality.models import Municipality

POSTAL_CODE = re.compile(r"^[0-9]{4}$")
WORDS = ("name", "site_name", "code", "address", "phone", "email", "working_week", "days_off")
NUMBERS = ("moderation_target_hours", "answer_target_days", "residency_months", "letters_per_address")
CHOICES = ("asks_age_band", "needs_four_eyes")


class Command(BaseCommand):
    """Make or change the one municipality of this installation. What is not named stays as it is."""

    help = "Set the municipality's name, contact and promises; run again to change some of them."

    def add_arguments(self, parser: CommandParser) -> None:
        for name in WORDS:
            parser.add_argument(f"--{name.replace('_', '-')}")
        for name in NUMBERS:
            parser.add_argument(f"--{name.replace('_', '-')}", type=int)
        age = "keep the age band of residents that MitID tells (the data protection officer decides)"
        parser.add_argument("--asks-age-band", action=BooleanOptionalAction, help=age)
        eyes = "let a colleague approve each hearing before it is published (on unless switched off)"
        parser.add_argument("--needs-four-eyes", action=BooleanOptionalAction, help=eyes)
        district = "a district, with its postal codes where it has its own: Havby=7998,7997; may be repeated"
        parser.add_argument("--district", action="append", default=[], help=district)

    def handle(self, *_: Any, **options: Any) -> None:
        facts = {name: options[name] for name in (*WORDS, *NUMBERS, *CHOICES) if options[name] is not None}
        standing = Municipality.objects.filter(pk=1).first() or Municipality()
        for name, value in facts.items():
            setattr(standing, name, value)
        try:
            standing.full_clean(exclude=["id"])
        except ValidationError as problem:
            lines = [f"--{name.replace('_', '-')}: {' '.join(words)}" for name, words in problem.message_dict.items()]
            raise CommandError("\n".join(lines)) from problem
        names, postal_codes = _districts(options["district"])
        try:
            set_up_municipality(facts=facts, district_names=names, postal_codes=postal_codes, by=THE_SYSTEM, at=now())
        except AgesNeeded as refusal:
            raise CommandError(f"--no-asks-age-band: {refusal}") from refusal
        self.stdout.write("Done.")


def _districts(given: list[str]) -> tuple[list[str], dict[str, str]]:
    """Return the names of districts, and the postal codes of those that come with some."""
    parts = [text.partition("=") for text in given]
    pairs = [(name.strip(), codes.replace(",", " ").split()) for name, _, codes in parts]
    for name, codes in pairs:
        if not name or not all(POSTAL_CODE.match(code) for code in codes):
            message = f"--district: write a name, or a name and postal codes of four digits: Havby=7998 ({name})"
            raise CommandError(message)
    return [name for name, _ in pairs], {name: " ".join(codes) for name, codes in pairs if codes}
