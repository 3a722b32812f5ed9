"""Who has which staff role, and in which role somebody acts."""

from typing import Any, TypeGuard

from django.utils.translation import gettext_lazy as _

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.common.permissions import Sentence, permission
from apps.ledger.enums import ActorRole
from apps.ledger.models import Actor


def is_person(viewer: Any) -> TypeGuard[User]:
    """Tell whether the viewer is signed in and may be."""
    return bool(getattr(viewer, "is_authenticated", False)) and viewer.is_active


def has_role(viewer: Any, role: Role) -> bool:
    """Tell whether the viewer is signed in with that staff role."""
    return is_person(viewer) and role.value in viewer.roles


def is_moderator(viewer: Any) -> bool:
    """Tell whether the viewer works the moderation queue."""
    return has_role(viewer, Role.MODERATOR)


def is_official(viewer: Any) -> bool:
    """Tell whether the viewer speaks for the municipality."""
    return has_role(viewer, Role.OFFICIAL)


def is_administrator(viewer: Any) -> bool:
    """Tell whether the viewer runs this installation."""
    return has_role(viewer, Role.ADMINISTRATOR)


@permission("accounts.grant_role")
def why_not_grant_role(viewer: Any) -> Sentence | None:
    """Only administrators hand out roles."""
    return None if is_administrator(viewer) else _("Only an administrator can do this. Ask one at the town hall.")


def as_citizen(person: User) -> Actor:
    """Return the person acting for themselves."""
    return Actor(ActorRole.CITIZEN, person.pk)


def as_moderator(person: User) -> Actor:
    """Return the person acting as a moderator."""
    return Actor(ActorRole.MODERATOR, person.pk)


def as_official(person: User) -> Actor:
    """Return the person acting for the municipality."""
    return Actor(ActorRole.OFFICIAL, person.pk)


THE_SYSTEM = Actor(ActorRole.SYSTEM)
AN_IMPORT = Actor(ActorRole.IMPORTER)
