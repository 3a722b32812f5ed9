"""What exchange writes, through the actions of the apps below: imports, and large synthetic consultations."""

from apps.exchange.actions.importing import import_consultation
from apps.exchange.actions.seeding import seed_load

__all__ = ["import_consultation", "seed_load"]
