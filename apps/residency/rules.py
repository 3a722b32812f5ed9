"""Who may verify whom, and who may be verified."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.accounts.queries import organisation_of
from apps.accounts.rules import is_official, is_person
from apps.common.permissions import Sentence, permission
from apps.residency.enums import LEAST_AGES, AgeBand, ResidencyStatus
from apps.residency.models import Letter, LetterBatch, Residency


@permission("residency.open_desk")
def why_not_open_desk(viewer: Any) -> Sentence | None:
    """Officials work the town-hall desk."""
    return None if is_official(viewer) else _("Only officials at the town-hall desk can verify residents.")


@permission("residency.grant_residency")
def why_not_grant(viewer: Any, person: User) -> Sentence | None:
    """Officials verify others, never themselves, and no organisation."""
    refused = why_not_open_desk(viewer)
    if refused is None and viewer.pk == person.pk:
        return _("You cannot verify yourself. Ask a colleague at the desk.")
    if refused is None and organisation_of(person):
        return _("This is the account of an organisation. The person needs an account of their own.")
    return refused


@permission("residency.confirm_residency")
def why_not_confirm(viewer: Any, residency: Residency) -> Sentence | None:
    """A possible double is decided by another official than the one who saw the person, and by neither of the two.

    Pair: `queries.visible_waiting`.
    """
    refused = why_not_grant(viewer, residency.person)
    if refused is None and residency.verified_by_id == viewer.pk:
        return _("You verified this person yourself. A colleague decides.")
    if refused is None and _is_the_double(viewer, residency):
        return _("The other residency is your own. A colleague decides.")
    return refused


def _is_the_double(viewer: User, residency: Residency) -> bool:
    if not residency.name_address_key:
        return False
    same = Residency.objects.filter(person=viewer, name_address_key=residency.name_address_key)
    return same.exclude(status=ResidencyStatus.ENDED).exists()


@permission("residency.revoke_residency")
def why_not_revoke(viewer: Any, residency: Residency) -> Sentence | None:
    """An official ends a residency that another official granted, never one's own."""
    refused = why_not_open_desk(viewer)
    if refused is not None:
        return refused
    if viewer.pk == residency.person_id:
        return _("You cannot end your own residency here. Use your own page.")
    if viewer.pk == residency.verified_by_id:
        return _("You verified this person yourself. A colleague ends it.")
    return None


@permission("residency.verify_oneself")
def why_not_verify_oneself(viewer: Any) -> Sentence | None:
    """People show for themselves where they live; the account of an organisation is nobody's."""
    if not is_person(viewer):
        return _("Log in first.")
    if organisation_of(viewer):
        return _("This is the account of an organisation. Make an account of your own to be verified as a resident.")
    return None


@permission("residency.cancel_letter")
def why_not_cancel_letter(viewer: Any, letter: Letter) -> Sentence | None:
    """Officials read and call off the letters of others. Pair: `queries.visible_letters`."""
    refused = why_not_open_desk(viewer)
    if refused is None and viewer.pk == letter.person_id:
        return _("This is your own letter. Ask a colleague, or cancel it on your own page.")
    return refused


@permission("residency.print_letters")
def why_not_print_letters(viewer: Any, batch: LetterBatch) -> Sentence | None:
    """Officials print and post letters, but nobody sees the code of their own."""
    refused = why_not_open_desk(viewer)
    if refused is None and batch.letters.filter(person_id=viewer.pk).exists():
        return _("Your own letter is among these. A colleague prints and posts them.")
    return refused


def why_not_of_age(residency: Residency, years: int) -> Sentence | None:
    """Return why nothing shows that a resident has turned so many years, or None. People only grow older."""
    if not years:
        return None
    if not residency.age_band:
        return _(
            "One has to have turned %(years)s for this, and your age is not known here. Show once more with MitID that "
            "you live here: then the band of your age is kept, never your date of birth."
        ) % {"years": years}
    if LEAST_AGES[AgeBand(residency.age_band)] >= years:
        return None
    return _(
        "One has to have turned %(years)s for this, and when you were verified you had not. If you have since, show "
        "once more with MitID that you live here."
    ) % {"years": years}
