"""The place of a text: kept with it, out of sight while a redaction stands, erased with it."""

from apps.consultations.queries import MapPlace
from apps.discussions.models import Contribution, ContributionPlace, PastText


def keep_place(contribution: Contribution, place: MapPlace) -> None:
    """Let a new contribution point to a place."""
    ContributionPlace.objects.create(
        contribution=contribution,
        longitude=place.longitude,
        latitude=place.latitude,
        near=place.near,
        metres=place.metres,
    )


def show_place(contribution: Contribution) -> None:
    """Show the place unless a redaction of the text stands."""
    is_sealed = PastText.objects.filter(contribution=contribution, is_sealed=True).exists()
    ContributionPlace.objects.filter(contribution=contribution).update(is_shown=not is_sealed)


def erase_place(contribution: Contribution) -> None:
    """Forget the place of a text for ever."""
    ContributionPlace.objects.filter(contribution=contribution).delete()
