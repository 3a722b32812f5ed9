"""What people, moderators and officials do to two hearings, and what should come of each deed by the rules alone."""

from tests.discussions.deeds import deciding, files, letters, moving, writing
from tests.discussions.deeds.world import PUBLISHED, WAITING, Expected, World

__all__ = ["DEEDS", "PUBLISHED", "WAITING", "Expected", "World"]

DEEDS = [
    writing.submit,
    writing.submit,
    files.submit_with_files,
    files.hold_file,
    files.release_file,
    letters.submit_letter,
    letters.submit_letter,
    letters.confirm,
    letters.confirm,
    letters.divide,
    writing.reply,
    writing.reply,
    deciding.approve,
    deciding.approve,
    deciding.approve,
    deciding.refuse,
    deciding.send_back,
    deciding.hide,
    deciding.redact,
    deciding.redact,
    deciding.lift,
    deciding.restore,
    deciding.reopen,
    deciding.lapse,
    writing.withdraw,
    deciding.erase,
    deciding.clear,
    writing.hide_name,
    writing.forget,
    writing.revise,
    deciding.move,
    moving.move_elsewhere,
    moving.move_elsewhere,
    deciding.read_before_or_after,
    deciding.review,
    deciding.review,
    deciding.await_reading,
    writing.answer,
    deciding.sequence,
]
