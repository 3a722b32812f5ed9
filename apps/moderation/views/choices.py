"""What can be decided on a text, where it can be moved to, and the form of both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.translation import override

from apps.consultations.models import Topic
from apps.consultations.queries import topics_of
from apps.discussions.enums import ContributionStatus
from apps.discussions.models import Contribution
from apps.discussions.queries import held_back, topics_to_move_to
from apps.moderation.enums import WITH_REASON, Outcome
from apps.moderation.forms import DecisionForm
from apps.moderation.queries import standing_redaction
from apps.municipality.queries import selectable_reasons

# What can be decided, by where the contribution stands.
POSSIBLE = {
    ContributionStatus.WAITING: (
        Outcome.PUBLISH,
        Outcome.REFUSE,
        Outcome.RETURN,
        Outcome.REDACT,
        Outcome.LIFT,
        Outcome.MOVE,
    ),
    ContributionStatus.PUBLISHED: (Outcome.REVIEW, Outcome.HIDE, Outcome.REDACT, Outcome.LIFT, Outcome.MOVE),
    ContributionStatus.HIDDEN: (Outcome.RESTORE,),
}


@dataclass(frozen=True)
class Places:
    """The topics that a text can be moved to: of its own consultation, and of others that are open now."""

    here: Sequence[Topic]
    elsewhere: Sequence[Topic]


def places_for(contribution: Contribution, *, at: datetime) -> Places:
    """Return where a text can be moved to: two queries, and one where it cannot leave its consultation."""
    here = [topic for topic in topics_of(contribution.consultation) if topic.pk != contribution.topic_id]
    return Places(here, topics_to_move_to(contribution, at=at))


@dataclass(frozen=True)
class Suggestions:
    """Sentences to begin with, as (code, title, sentence), and the language that the sentences are in."""

    language: str
    rows: Sequence[tuple[str, str, str]]


def suggestions_for(contribution: Contribution, form: DecisionForm) -> Suggestions:
    """Return a beginning for the sentence of each reason, in the language that the text's author chose for the site.

    Who has no account is written to in the language of the municipality.
    """
    author, reasons = contribution.author, list(form.reasons.values())
    language = author.language if author else settings.LANGUAGE_CODE
    with override(language):
        sentences = [reason.suggestion for reason in reasons]
    pairs = zip(reasons, sentences, strict=True)
    return Suggestions(language, [(reason.code, reason.title, words) for reason, words in pairs if words])


def form_for(contribution: Contribution, *, places: Places, request: HttpRequest | None = None) -> DecisionForm:
    """Return the form of the decision, filled from a request when there is one. What is published can only be moved.

    Where a text waits because of what a program noticed, the form says beforehand that a signal pointed it out.
    """
    outcomes = list(POSSIBLE.get(ContributionStatus(contribution.status), ()))
    impossible = set() if places.here or places.elsewhere else {Outcome.MOVE}
    impossible |= {Outcome.HIDE, Outcome.REDACT} if contribution.is_answer else set()
    # A text that was never changed has nothing to put back, and costs no query.
    has_passage = contribution.version > 1 and standing_redaction(contribution) is not None
    impossible |= set() if has_passage else {Outcome.LIFT}
    impossible |= set() if contribution.author_id else {Outcome.RETURN}
    impossible |= set() if contribution.is_unread else {Outcome.REVIEW}
    outcomes = [outcome for outcome in outcomes if outcome not in impossible]
    return DecisionForm(
        _sent(request) if request else None,
        initial={
            "version": contribution.version,
            "outcome": outcomes[0] if len(outcomes) == 1 else None,
            "is_detected": contribution.pk in held_back([contribution]),
        },
        outcomes=outcomes,
        reasons=selectable_reasons() if set(outcomes) & {*WITH_REASON, Outcome.MOVE} else [],
        topics=places.here,
        elsewhere=places.elsewhere,
    )


def _sent(request: HttpRequest) -> QueryDict:
    """Return what was sent; by the button of the suggestion box, as a move to the topic that stands on it."""
    if "box" not in request.POST:
        return request.POST
    typed = request.POST.copy()
    typed["outcome"], typed["to"] = Outcome.MOVE.value, request.POST["box"]
    return typed
