"""What a text must not hold, what makes it wait or is asked about, and who keeps the lists."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.accounts.rules import is_administrator, is_moderator, is_official
from apps.common.identity_numbers import find_identity_numbers
from apps.common.permissions import Sentence, permission
from apps.screening.engine.findings import Finding
from apps.screening.enums import HOLDS, IN_FILE, NARROWER, NUDGE_WORDS, NUDGES, REASONS, Flag

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

__all__ = [
    "Finding",
    "excerpt",
    "holds",
    "nudges",
    "question",
    "reason",
    "why_not_a_full_name",
    "why_not_edit_employees",
    "why_not_edit_words",
    "why_not_publishable",
    "why_not_see_flags",
]

LONGEST_EXCERPT = 60


def why_not_publishable(text: str) -> "_StrPromise | None":
    """The sentence that refuses the text before anything of it is stored, or nothing where it may stand."""
    if find_identity_numbers(text):
        return _(
            "The text looks as if it holds a national identity number (CPR). "
            "Remove it: it must not be shown in public, and we do not store it."
        )
    return None


def holds(flags: Iterable[Flag]) -> bool:
    """Tell whether one of these flags lets a text wait for a moderator where the consultation publishes first."""
    return not HOLDS.isdisjoint(flags)


def nudges(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings the author is asked about before sending: the first of each flag, as the text has them."""
    first: dict[str, Finding] = {}
    for finding in sorted(findings, key=lambda one: one.start):
        if finding.flag in NUDGES:
            first.setdefault(finding.flag, finding)
    return list(first.values())


def why_not_a_full_name(name: str) -> Sentence | None:
    """Return the sentence why this cannot stand on the register as somebody's name, or None."""
    words = [word for word in re.split(r"[\s,]+", name) if any(map(str.isalpha, word))]
    if len(words) < len(("first name", "surname")):
        return _("Write first name and surname: one of them alone would be found in too many texts.")
    if any(map(str.isdigit, name)):
        return _("A name has no digits. Leave them out.")
    return None


def reason(finding: Finding, text: str) -> str:
    """Return the sentence that tells a moderator what was noticed; `text` is the text that was screened."""
    if finding.detail == IN_FILE:
        return gettext("In the file with the whole response: %(what)s.") % {"what": Flag(finding.flag).label}
    sentence = NARROWER.get((finding.flag, finding.detail), REASONS[finding.flag])
    return str(sentence) % {"words": excerpt(finding, text)}


def question(finding: Finding, text: str) -> str:
    """Return the sentence that asks the author before sending; raises KeyError for flags nobody is asked about."""
    return str(NUDGE_WORDS[finding.flag]) % {"words": excerpt(finding, text)}


def excerpt(finding: Finding, text: str) -> str:
    """Return the words of a finding on one line, shortened."""
    words = " ".join(text[finding.start : finding.end].split())
    return words if len(words) <= LONGEST_EXCERPT else f"{words[: LONGEST_EXCERPT - 1].rstrip()}…"


@permission("screening.edit_employees")
def why_not_edit_employees(viewer: Any) -> Sentence | None:
    """Officials and administrators keep the register of protected employees. Nobody else sees it."""
    if is_official(viewer) or is_administrator(viewer):
        return None
    return _("Only officials and administrators keep the list of protected employees. Ask one at the town hall.")


@permission("screening.edit_words")
def why_not_edit_words(viewer: Any) -> Sentence | None:
    """Officials and administrators keep the list of coarse words."""
    if is_official(viewer) or is_administrator(viewer):
        return None
    return _("Only officials and administrators keep the list of coarse words. Ask one at the town hall.")


@permission("screening.see_flags")
def why_not_see_flags(viewer: Any) -> Sentence | None:
    """Moderators see what was noticed about a text, with the reason; the author and readers do not."""
    return None if is_moderator(viewer) else _("Only moderators see what was noticed about a text.")
