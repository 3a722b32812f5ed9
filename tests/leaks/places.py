"""Places on the map that hidden texts point to: as secret as the texts."""

from collections.abc import Mapping
from datetime import datetime

from apps.consultations.models import Consultation
from apps.consultations.queries import MapPlace
from apps.discussions.actions.places import keep_place, show_place
from apps.discussions.models import Contribution
from tests.factories.maps import a_map


def pointing(hearing: Consultation, hidden: Mapping[str, Contribution], *, at: datetime) -> dict[str, str]:
    """Let each hidden text point to a place of its own; return the words that may come out nowhere."""
    a_map(hearing, at=at)
    words = {}
    for name, row in hidden.items():
        near = words[f"place of {name}"] = f"spot-of-{name}-text"
        keep_place(row, MapPlace(longitude=8.19, latitude=56.385, near=near, metres=450))
        show_place(row)
    return words
