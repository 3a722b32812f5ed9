"""Brings the opening or the closing of a phase near, in the database of a running demo: nobody waits three weeks.

Run in a process of its own with the demo's environment: `python -m tests.journeys.clock SLUG POSITION opens 8`. What
the municipality decided stays as it is told; only the hour comes sooner.
"""

import sys
from datetime import timedelta

import django


def bring_near(slug: str, position: int, what: str, seconds: int) -> None:
    """The phase opens, or closes, so many seconds from now; who prints nothing has done it."""
    from apps.common.clock import now  # noqa: PLC0415 - the apps are ready only now
    from apps.consultations.models import Phase  # noqa: PLC0415

    phases = Phase.objects.filter(consultation__slug=slug, position=position)
    if phases.update(**{f"{what}_at": now() + timedelta(seconds=seconds)}) != 1:
        raise SystemExit(f"There is no phase {position} in {slug}.")


if __name__ == "__main__":
    django.setup()
    bring_near(sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
