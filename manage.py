#!/usr/bin/env python
"""The command line of Civic Forum: `python manage.py help` lists what it can do."""

import os
import sys


def _choose_data_folder(arguments: list[str]) -> None:
    """Let `--data DIR` decide where the data lies before the settings are read."""
    for position, argument in enumerate(arguments):
        if argument == "--data" and position + 1 < len(arguments):
            os.environ["CIVIC_DATA"] = arguments[position + 1]
        elif argument.startswith("--data="):
            os.environ["CIVIC_DATA"] = argument.removeprefix("--data=")


def main() -> None:
    """Run one command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "civic_forum.settings")
    _choose_data_folder(sys.argv[1:])
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - after the environment is set

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
