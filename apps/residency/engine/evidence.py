"""What is kept of a verification by MitID, between the broker's answer and the residency it becomes.

Nothing raw is in it: no identity number, no subject, no birth date, no address.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from apps.residency.engine.person_keys import PersonKey

_BANDS = ((18, "under_18"), (30, "18_29"), (45, "30_44"), (65, "45_64"), (200, "from_65"))


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Who was verified, as keys, and what the badge needs. `keys` begin with the newest secret's.

    `address_key` and `name_address_key` are the newest secret's; those of the secrets before it find who became a
    resident while these were in use.
    """

    municipality_code: str
    district_id: int | None
    assurance_level: str
    age_band: str
    is_protected: bool
    keys: tuple[PersonKey, ...]
    address_key: str = ""
    name_address_key: str = ""
    former_name_address_keys: tuple[str, ...] = ()

    @property
    def named(self) -> tuple[str, ...]:
        """The keys of the name at the address, the newest secret's first; none when they were not told."""
        return (self.name_address_key, *self.former_name_address_keys) if self.name_address_key else ()

    def as_json(self) -> dict[str, Any]:
        """Return what JSON can hold, for a session."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Evidence":
        """Return what `as_json` was made of. Raises KeyError or TypeError for anything else."""
        keys = tuple(PersonKey(**key) for key in kept["keys"])
        former = tuple(kept.get("former_name_address_keys", ()))
        return cls(**{**kept, "keys": keys, "former_name_address_keys": former})


def age_band(born: date, on: date) -> str:
    """Return the code of the age band somebody is in on that day."""
    had_birthday = (on.month, on.day) >= (born.month, born.day)
    age = on.year - born.year - (0 if had_birthday else 1)
    return next(code for limit, code in _BANDS if age < limit)
