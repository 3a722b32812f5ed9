"""What files are called."""

from apps.common.richtext import one_line

LONGEST_NAME = 80


def name_of_file(told: str) -> str:
    """Return what a program called a file as it can be shown: no folder, no ending, nothing invisible, on one line.

    Empty where nothing is left.
    """
    last = told.replace("\\", "/").rpartition("/")[2]
    stem, dot, _ending = last.rpartition(".")
    return one_line(stem if dot else last)[:LONGEST_NAME].strip()
