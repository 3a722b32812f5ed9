"""Findings in words: for moderators, and for the author who is asked once more."""

from apps.screening.engine.findings import Finding
from apps.screening.enums import NARROWER, NUDGE_WORDS, REASONS

LONGEST = 60


def reason(finding: Finding, text: str) -> str:
    """Return the sentence that tells a moderator what was noticed; `text` is the text that was screened."""
    sentence = NARROWER.get((finding.flag, finding.detail), REASONS[finding.flag])
    return str(sentence) % {"words": excerpt(finding, text)}


def nudge(finding: Finding, text: str) -> str:
    """Return the sentence that asks the author; raises KeyError for flags that nobody is asked about."""
    return str(NUDGE_WORDS[finding.flag]) % {"words": excerpt(finding, text)}


def excerpt(finding: Finding, text: str) -> str:
    """Return the words of a finding on one line, shortened."""
    words = " ".join(text[finding.start : finding.end].split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"
