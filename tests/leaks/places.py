"""Places on the map that hidden texts point to: as secret as the texts."""

from collections.abc import Mapping
from datetime import datetime

from apps.consultations.models import Consultation
from apps.consultations.queries import MapPlace
from apps.discussions.actions.places import keep_place, show_place
from apps.discussions.models import Contribution
from tests.factories.maps import a_map


def pointing(hearing: Consultation, hidden: Mapping[str, Contribution], *, at: datetime) -> dict[str, str]:
    """Let each hidden text point to a place of its own; return what may come out nowhere.

    That is the words of each place and its latitude, as lists, files and scripts of maps write it.
    """
    a_map(hearing, at=at)
    words = {}
    for step, (name, row) in enumerate(hidden.items(), start=1):
        near = words[f"place of {name}"] = f"spot-of-{name}-text"
        latitude = round(56.4 + step * 0.00113, 5)
        words[f"latitude of {name}"] = f"{latitude:.5f}"
        keep_place(row, MapPlace(longitude=8.19, latitude=latitude, near=near, metres=450))
        show_place(row)
    return words
