"""How log lines are written: one event, one line, no control characters."""

import logging


class OneLine(logging.Formatter):
    """A formatter that nobody can forge a second line through."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - named by the standard library
        """Return the message with every control character written out."""
        text = super().formatMessage(record)
        return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)
