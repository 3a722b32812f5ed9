"""Sweeps of the app."""

from celery import shared_task

from apps.common.clock import now
from apps.publications.actions.notices import hand_over_notices as hand_over
from apps.publications.ports import the_digital_post


@shared_task(name="publications.hand_over_notices")
def hand_over_notices() -> int:
    """Hand over to Digital Post the notices of decisions that wait for it."""
    return hand_over(post=the_digital_post(), at=now())
