"""Addresses for the topics of a source, made of their titles."""

import hashlib
from collections.abc import Collection, Iterable

from apps.common.identity_numbers import mask
from apps.common.slugs import danish_slug
from apps.exchange.engine.rows import SourceTopic

RESERVED = frozenset({"new"})


def topic_addresses(topics: Iterable[SourceTopic], *, taken: Collection[str] = ()) -> dict[str, str]:
    """Return an address for each topic by its id: its title, with the id where another topic has that one."""
    used = {*taken, *RESERVED}
    addresses: dict[str, str] = {}
    for topic in topics:
        address = next(name for name in _candidates(topic) if name and name not in used)
        used.add(address)
        addresses[topic.source_id] = address
    return addresses


def _candidates(topic: SourceTopic) -> tuple[str, str, str]:
    title, name = danish_slug(mask(topic.title)), danish_slug(mask(topic.source_id), limit=15)
    digest = hashlib.sha256(topic.source_id.encode()).hexdigest()[:12]
    return title, f"{title}-{name}" if title and name else name, f"topic-{digest}"
