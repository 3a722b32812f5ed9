"""Giving the statement of reasons, in the transaction of the decision it is about."""

import secrets

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from apps.common.calendar import local
from apps.common.uploads import FileKind
from apps.discussions.models import Attachment, Contribution, WritingPause
from apps.moderation.engine.statements import (
    ARTICLE_16,
    CONTENT_DISABLED,
    CONTENT_REMOVED,
    IMAGE,
    OTHER_TYPE,
    PARTIAL_SUSPENSION,
    VISIBILITY_OTHER,
    VOLUNTARY,
)
from apps.moderation.enums import Outcome
from apps.moderation.models import Decision, StatementOfReasons
from apps.moderation.rules import APPEAL_TAKEN
from apps.municipality.queries import rule_in_words

PUID_BYTES = 16

VISIBILITY: dict[Outcome, str] = {
    Outcome.REFUSE: CONTENT_REMOVED,
    Outcome.HIDE: CONTENT_DISABLED,
    Outcome.RETURN: VISIBILITY_OTHER,
    Outcome.REDACT: VISIBILITY_OTHER,
    Outcome.HOLD_FILE: CONTENT_DISABLED,
}
OTHERWISE: dict[Outcome, Promise] = {
    Outcome.RETURN: _("Not shown until its author has changed it, or a moderator has decided on it as it stands."),
    Outcome.REDACT: _("A passage is redacted: a bar with the reason stands where it was."),
}
FACTS: dict[Outcome, Promise] = {
    Outcome.REFUSE: _(
        "A moderator of the municipality read the text before it was published, and decided that it is not published. "
        "Its number stays in the thread with the reason; its author can read the text."
    ),
    Outcome.HIDE: _(
        "The text was published. A moderator of the municipality decided that it is no longer shown. "
        "Its number stays in the thread with the reason; its author can read the text."
    ),
    Outcome.RETURN: _(
        "A moderator of the municipality read the text before it was published, and asked its author to change it. "
        "Its number stays in the thread with the reason; its author has a week to change it."
    ),
    Outcome.REDACT: _(
        "A moderator of the municipality read the text, and decided that a passage of it is not shown. "
        "A bar with the reason stands where it was; its author can read all of the text."
    ),
    Outcome.HOLD_FILE: _(
        "A moderator of the municipality looked at a file beside a text, and decided that the file is not shown. "
        "The reason stands in its place; its author can open it, and the text stays as it is."
    ),
}
# Of who wrote on paper, rang or wrote elsewhere: they have no account in which to read it.
FACTS_WITHOUT_ACCOUNT: dict[Outcome, Promise] = {
    Outcome.REFUSE: _(
        "A moderator of the municipality read the text before it was published, and decided that it is not published. "
        "Its number stays in the thread with the reason; the municipality keeps the text with the case."
    ),
    Outcome.HIDE: _(
        "The text was published. A moderator of the municipality decided that it is no longer shown. "
        "Its number stays in the thread with the reason; the municipality keeps the text with the case."
    ),
    Outcome.REDACT: _(
        "A moderator of the municipality read the text, and decided that a passage of it is not shown. "
        "A bar with the reason stands where it was; the municipality keeps all of the text with the case."
    ),
    Outcome.HOLD_FILE: _(
        "A moderator of the municipality looked at a file beside a text, and decided that the file is not shown. "
        "The reason stands in its place, and the text stays as it is."
    ),
}
PAUSED_HERE = _(
    "A moderator of the municipality read a text and what was decided before, and decided that its author sends no "
    "contributions to one consultation until the day on which this ends. They can read everything, take back what they "
    "wrote, report, appeal, and be heard by letter."
)
PAUSED_EVERYWHERE = _(
    "A moderator of the municipality read a text and what was decided before, and decided that its author sends no "
    "contributions to any consultation until the day on which this ends. They can read everything, take back what they "
    "wrote, report, appeal, and be heard by letter."
)
PAUSED_WHY = _(
    "What the person wrote broke this rule, and the moderator found that nothing milder helps. The moderator's own "
    "sentence is for the person alone."
)
FOUND_BY_PROGRAM = _("A program had pointed the text out to the moderator.")
FOUND_BY_NOTICE = _("Somebody had reported the text to the moderators.")


def facts_told(outcome: Outcome, contribution: Contribution) -> Promise:
    """Return what was decided, as the author of this text is told it; its words are made when they are shown."""
    told = FACTS[outcome]
    return told if contribution.author_id else FACTS_WITHOUT_ACCOUNT.get(outcome, told)


def state_reasons(
    *, decision: Decision, contribution: Contribution, source_type: str = VOLUNTARY, automated_detection: bool = False
) -> StatementOfReasons:
    """Keep the statement of reasons of a decision against a text, as its author is told it and the public can read it.

    A person decided; whether a program had pointed the text out, or somebody had reported it, is said. It is made of
    the reason, the public sentence and what was decided: nothing that moderators noted for each other, and no name. In
    the language of the municipality, whoever decided (Regulation (EU) 2022/2065, article 17).
    """
    reason, outcome = decision.reason, Outcome(decision.outcome)
    assert reason is not None  # noqa: S101 - a decision against a text has one
    with override(settings.LANGUAGE_CODE):
        facts = [str(facts_told(outcome, contribution))]
        facts += [str(FOUND_BY_NOTICE)] if source_type == ARTICLE_16 else []
        facts += [str(FOUND_BY_PROGRAM)] if automated_detection else []
        words = {
            "decision_visibility_other": str(OTHERWISE.get(outcome, "")),
            "legal_ground": rule_in_words(reason),
            "decision_facts": " ".join(facts),
        }
    return StatementOfReasons.objects.create(
        decision=decision,
        contribution=contribution,
        reason=reason,
        puid=secrets.token_hex(PUID_BYTES),
        decision_visibility=VISIBILITY[outcome],
        ground=reason.ground,
        explanation=decision.sentence,
        category=reason.category,
        keyword=reason.keyword,
        source_type=source_type,
        automated_detection=automated_detection,
        content_date=local(contribution.received_at).date(),
        given_at=decision.decided_at,
        appeal_until=decision.decided_at + APPEAL_TAKEN,
        **words,
        **_type_of(decision.file),
    )


def _type_of(file: Attachment | None) -> dict[str, str]:
    """Return what was decided about, where it is no text."""
    if file is None:
        return {}
    kind = FileKind(file.kind)
    return {"content_type": IMAGE} if kind.is_image else {"content_type": OTHER_TYPE, "content_type_other": kind.label}


def state_reasons_of_pause(*, pause: WritingPause, source_type: str = VOLUNTARY) -> StatementOfReasons:
    """Keep the statement of reasons of a pause, for the public records: the person is told theirs at once.

    The sentence to the person is no part of it: it is for them alone. However wide the pause, it is a partial
    suspension of the service: they read, report and appeal as before, and nothing is taken from their account
    (Regulation (EU) 2022/2065, article 17(1)(c)).
    """
    reason = pause.reason
    with override(settings.LANGUAGE_CODE):
        facts = [str(PAUSED_EVERYWHERE if pause.consultation_id is None else PAUSED_HERE)]
        facts += [str(FOUND_BY_NOTICE)] if source_type == ARTICLE_16 else []
        words = {"legal_ground": pause.legal_ground, "explanation": str(PAUSED_WHY), "decision_facts": " ".join(facts)}
    return StatementOfReasons.objects.create(
        pause=pause,
        reason=reason,
        puid=secrets.token_hex(PUID_BYTES),
        decision_provision=PARTIAL_SUSPENSION,
        service_until=local(pause.ends_at).date(),
        ground=reason.ground,
        category=reason.category,
        keyword=reason.keyword,
        source_type=source_type,
        content_date=local(pause.contribution.received_at).date(),
        given_at=pause.begins_at,
        appeal_until=pause.begins_at + APPEAL_TAKEN,
        **words,
    )
