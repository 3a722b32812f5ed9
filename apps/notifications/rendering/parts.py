"""What mails share: their frame, moments, addresses in full, and English titles fetched at once."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from apps.common.wording import deadline
from apps.consultations.models import Meeting
from apps.consultations.queries import ENGLISH, with_english
from apps.discussions.models import Contribution

_GAPS = re.compile(r"\n{3,}")


def fetch_english(about: Iterable[tuple[str, Any]]) -> None:
    """Fetch at once the English titles that mails in English name, by the language of each mail."""
    rows = [row for language, row in about if language == ENGLISH and row is not None]
    with override(ENGLISH):
        with_english(
            [row.consultation for row in rows],
            [row.topic for row in rows if isinstance(row, Contribution)],
            [row for row in rows if isinstance(row, Meeting)],
        )


def rendered(kind: str, context: dict[str, Any]) -> tuple[str, str]:
    """Return subject and body in the language in force."""
    subject = render_to_string(f"notifications/mail/{kind}_subject.txt", context)
    body = render_to_string(f"notifications/mail/{kind}.txt", context)
    return subject, _GAPS.sub("\n\n", body).strip() + "\n"


def in_full(moment: datetime | None) -> str:
    """Return a deadline in words, or nothing for none."""
    return deadline(moment) if moment else ""


def link(name: str, *parts: object) -> str:
    """Return an address in full, in the language in force."""
    return f"{settings.SITE_URL}{reverse(name, args=parts)}"
