"""Who objects to how a white paper renders a contribution, and who reads and answers that."""

from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from apps.accounts.rules import is_official, is_person
from apps.common.permissions import Sentence, permission
from apps.consultations.models import Consultation
from apps.consultations.rules import why_not_of_team
from apps.discussions.models import Contribution
from apps.publications.models import Objection, Treated


@permission("publications.object_to_rendering")
def why_not_object(viewer: Any, contribution: Contribution) -> Sentence | None:
    """Its author objects, where the newest published white paper says what it makes of the contribution."""
    if not is_person(viewer):
        return _("Log in to say what is wrong.")
    if contribution.author_id != viewer.pk:
        return _("Only who wrote a contribution objects to how the white paper renders it.")
    newest = Treated.objects.filter(contribution=contribution, version__version=F("version__paper__version"))
    if not newest.filter(version__paper__consultation=contribution.consultation_id).exists():
        return _("No published white paper says anything about this contribution.")
    return None


@permission("publications.see_objection")
def why_not_see_objection(viewer: Any, objection: Objection) -> Sentence | None:
    """Its author and the team of the consultation read an objection. Pair: `queries.visible_objections`."""
    if is_person(viewer) and objection.contribution.author_id == viewer.pk:
        return None
    return why_not_answer_objections(viewer, objection.paper.consultation)


@permission("publications.answer_objections")
def why_not_answer_objections(viewer: Any, consultation: Consultation) -> Sentence | None:
    """The team of the consultation reads and answers them, whatever their part in it is."""
    if not is_official(viewer):
        return _("Only officials of the municipality answer objections.")
    return why_not_of_team(viewer, consultation)
