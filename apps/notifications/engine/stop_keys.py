"""Keys in the links that stop mails: whoever has the mail can stop more of its sort, without logging in."""

from django.core import signing

SALT = "notifications.follows"


def stop_key(person_id: int, consultation_id: int) -> str:
    """Return the key by which that person's mails about that consultation are stopped. It does not run out."""
    return signing.dumps([person_id, consultation_id], salt=SALT)


def read_stop_key(key: str) -> tuple[int, int] | None:
    """Return whose mails about which consultation a key stops, or None when it is not one of ours."""
    try:
        person_id, consultation_id = signing.loads(key, salt=SALT)
    except signing.BadSignature:
        return None
    return person_id, consultation_id
