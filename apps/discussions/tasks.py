"""Sweeps of the app."""

from celery import shared_task

from apps.accounts.rules import THE_SYSTEM
from apps.common.clock import now
from apps.discussions import actions


@shared_task(name="discussions.count_agreements")
def count_agreements() -> int:
    """Tell how many agree with what, in hearings that are over."""
    return actions.count_agreements(by=THE_SYSTEM, at=now())


@shared_task(name="discussions.settle_proposals")
def settle_proposals() -> int:
    """Tell how citizen proposals ended that have enough support, or no time left."""
    return actions.settle_proposals(by=THE_SYSTEM, at=now())


@shared_task(name="discussions.hide_protected_names")
def hide_protected_names() -> int:
    """Take protected names from what their people wrote before the names were protected."""
    return actions.hide_protected_names(at=now())


@shared_task(name="discussions.remember_signatures")
def remember_signatures() -> int:
    """Remember signatures of new and changed texts, by which letters that are much alike are found."""
    return actions.remember_signatures()


@shared_task(name="discussions.reopen_lapsed")
def reopen_lapsed() -> int:
    """Let texts wait again whose authors did not hand in the edit they were asked for."""
    return actions.reopen_lapsed(at=now())


@shared_task(name="discussions.clear_stray_files")
def clear_stray_files() -> int:
    """Delete files from the disk that belong to nothing: what was being sent when something broke off."""
    return actions.clear_stray_files(at=now())


@shared_task(name="discussions.screen_what_waits")
def screen_what_waits() -> int:
    """Screen anew what no moderator has read yet, where a list of names or words holds something else."""
    return actions.screen_what_waits(at=now())
