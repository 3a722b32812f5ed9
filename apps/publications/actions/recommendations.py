"""Writing and publishing what the administration recommends."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.accounts.rules import as_official
from apps.common.permissions import require
from apps.common.richtext import clean, one_line, to_html
from apps.consultations.models import Consultation
from apps.consultations.queries import deadlines_to_come, phases_of
from apps.ledger.actions import fingerprint, record
from apps.publications.enums.decisions import RECOMMENDATION_DRAFTED, RECOMMENDATION_PUBLISHED
from apps.publications.errors.decisions import DecisionChangedMeanwhile, UnfitDecision
from apps.publications.models.decisions import Recommendation, RecommendationVersion
from apps.screening.rules import why_not_publishable

WHILE_OPEN = _("People can still write. Publish it when the deadline has passed.")


@transaction.atomic
def draft_recommendation(*, consultation: Consultation, text: str, seen: int, by: User, at: datetime) -> bool:
    """Keep what the official wrote; what is published stays as it is. False when nothing differs.

    `seen` is the revision that the official had before them. Raises NotAllowed, UnfitDecision,
    DecisionChangedMeanwhile when there is a later one.
    """
    require("publications.write_decision", by, consultation)
    written = clean(text).strip()
    refuse_unfit({"text": written})
    found, _made = Recommendation.objects.get_or_create(consultation=consultation)
    standing = Recommendation.objects.select_for_update().get(pk=found.pk)
    if standing.text == written:
        return False
    if standing.revision != seen:
        raise DecisionChangedMeanwhile
    Recommendation.objects.filter(pk=standing.pk).update(
        text=written, text_html=to_html(written), revision=standing.revision + 1
    )
    record(RECOMMENDATION_DRAFTED, subject=standing, by=as_official(by), at=at, consultation_id=consultation.pk)
    return True


@transaction.atomic
def publish_recommendation(
    *, recommendation: Recommendation, seen: int, note: str = "", by: User, at: datetime
) -> RecommendationVersion:
    """Show the recommendation to everyone as its next version; the versions before stay readable.

    The version that stands there in the same words is given back, as with a second click. Raises NotAllowed,
    UnfitDecision without text, while people can still write, and for a correction that does not say what it mends;
    DecisionChangedMeanwhile.
    """
    consultation = recommendation.consultation
    require("publications.write_decision", by, consultation)
    standing = Recommendation.objects.select_for_update().get(pk=recommendation.pk)
    last = RecommendationVersion.objects.filter(recommendation=standing, version=standing.version).first()
    if last is not None and last.text == standing.text:
        return last
    if standing.revision != seen:
        raise DecisionChangedMeanwhile
    told = one_line(note)
    _refuse_unready(standing, last, told, consultation, at)
    made = RecommendationVersion.objects.create(
        recommendation=standing,
        version=standing.version + 1,
        text=standing.text,
        text_html=standing.text_html,
        note=told if last else "",
        published_at=at,
        published_by=by,
    )
    Recommendation.objects.filter(pk=standing.pk).update(version=made.version)
    record(
        RECOMMENDATION_PUBLISHED,
        subject=standing,
        by=as_official(by),
        at=at,
        consultation_id=consultation.pk,
        facts={"version": made.version, "fingerprint": fingerprint(b"", made.text)},
    )
    return made


def _refuse_unready(
    standing: Recommendation, last: RecommendationVersion | None, note: str, consultation: Consultation, at: datetime
) -> None:
    if not standing.text:
        raise UnfitDecision(_("Write the recommendation before you publish it."), "text")
    if deadlines_to_come(phases_of(consultation), at=at):
        raise UnfitDecision(WHILE_OPEN)
    if last is not None and not note:
        raise UnfitDecision(_("Say in one sentence what is corrected. The version before stays readable."), "note")
    refuse_unfit({"note": note})


def refuse_unfit(words: dict[str, str]) -> None:
    """Pass words that everyone may read; raises UnfitDecision with the first field that holds what no page may show."""
    for field, text in words.items():
        sentence = why_not_publishable(text)
        if sentence is not None:
            raise UnfitDecision(sentence, field)
