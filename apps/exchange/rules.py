"""What an import may be called, and who may have a case file put together, since when."""

import re
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.common.calendar import local
from apps.common.permissions import Sentence, permission
from apps.common.wording import day as in_words
from apps.consultations.models import Consultation
from apps.consultations.rules import why_not_of_team
from apps.exchange.errors import CaseNotPublic

_ADDRESS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_ADDRESS = 80


def why_not_an_address(slug: str) -> Sentence | None:
    """Return the sentence why this cannot be a consultation's address, or None."""
    if _ADDRESS.fullmatch(slug) and len(slug) <= LONGEST_ADDRESS:
        return None
    return _("An address is made of small letters, digits and single hyphens, at most 80 characters.")


@permission("exchange.export_case")
def why_not_export_case(viewer: Any, consultation: Consultation) -> Sentence | None:
    """The team files what its consultation received, once that is published."""
    return why_not_of_team(viewer, consultation) or why_no_case(consultation)


def why_no_case(consultation: Consultation) -> Sentence | None:
    """Return why there is nothing to file yet, or None."""
    return None if consultation.is_published else CaseNotPublic().sentence


def why_not_since(day: date | None, *, at: datetime) -> Sentence | None:
    """Return why a case file cannot begin with that day, or None. Without a day it holds the whole case."""
    if day is None or day <= local(at).date():
        return None
    return _("Choose a day that has begun: nothing came or was changed yet since %(day)s.") % {"day": in_words(day)}
