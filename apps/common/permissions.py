"""Permissions by name. Each is one function in an app's `rules.py` that answers with a sentence when it refuses."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.utils.functional import Promise

from apps.common.errors import NotAllowed

Sentence = str | Promise
Rule = Callable[..., Sentence | None]
AnyRule = TypeVar("AnyRule", bound=Rule)

_rules: dict[str, Rule] = {}


def permission(name: str) -> Callable[[AnyRule], AnyRule]:
    """Register the function below as the rule of that permission, named `<app>.<verb>_<noun>`."""

    def register(rule: AnyRule) -> AnyRule:
        if name in _rules and _rules[name].__qualname__ != rule.__qualname__:
            message = f"The permission {name} has two rules"
            raise ValueError(message)
        _rules[name] = rule
        return rule

    return register


def registered() -> frozenset[str]:
    """Return the names of all permissions."""
    return frozenset(_rules)


def why_not(name: str, viewer: Any, *subject: Any, **moment: Any) -> Sentence | None:
    """Return the sentence of the refusal, or None when the viewer may."""
    return _rules[name](viewer, *subject, **moment)


def may(name: str, viewer: Any, *subject: Any, **moment: Any) -> bool:
    """Tell whether the viewer may."""
    return why_not(name, viewer, *subject, **moment) is None


def require(name: str, viewer: Any, *subject: Any, **moment: Any) -> None:
    """Pass only those who may; raises NotAllowed with the rule's sentence."""
    sentence = why_not(name, viewer, *subject, **moment)
    if sentence is not None:
        raise NotAllowed(sentence)
