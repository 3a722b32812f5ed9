"""A mail before it is a row."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A mail about to be queued. `key` names what it is about, so that it is queued once.

    `person_id` is whose account it is about or for, where that is known. `stop_link` is where mails of its sort are
    stopped, if they can be.
    """

    to: str
    subject: str
    body: str
    key: str = ""
    sender: str = ""
    person_id: int | None = None
    stop_link: str = ""
