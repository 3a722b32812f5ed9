"""What lets possible doubles be found: turns, and keys under one secret."""

from collections.abc import Sequence

from apps.municipality.models import Municipality
from apps.residency.models import Letter, Residency


def compare_in_turn(named: Sequence[str]) -> None:
    """Let two of one name at one address take turns, and let what is known of them be found by the newest key.

    `named` are the keys of the name at the address, the newest secret's first. A row made under a former secret gets
    the newest key here, as only who tells name and address can make it: from then on equal keys are enough. Called
    after the person's account is locked, and before any residency or letter is.
    """
    list(Municipality.objects.select_for_update().values_list("pk"))
    former = [key for key in named[1:] if key]
    if former:
        Residency.objects.filter(name_address_key__in=former).update(name_address_key=named[0])
        Letter.objects.filter(name_address_key__in=former).update(name_address_key=named[0])
