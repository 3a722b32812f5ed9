"""Who has which staff role, and in which role somebody acts."""

from collections.abc import Mapping
from typing import Any, TypeGuard

from django.utils.translation import gettext_lazy as _

from apps.accounts.engine.second_step import has_second_step
from apps.accounts.enums import Role, RoleStatus
from apps.accounts.models import Organisation, User
from apps.common.permissions import Sentence, permission
from apps.ledger.enums import ActorRole
from apps.ledger.models import Actor


def is_person(viewer: Any) -> TypeGuard[User]:
    """Tell whether the viewer is signed in and may be."""
    return bool(getattr(viewer, "is_authenticated", False)) and viewer.is_active


def as_known_to(session: Mapping[str, Any], viewer: Any) -> Any:
    """Return the viewer as this session knows them: without their staff roles while it has had no second step."""
    if getattr(viewer, "is_authenticated", False):
        viewer.lacks_second_step = not has_second_step(session, viewer.pk)
    return viewer


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
def why_not_grant_role(viewer: Any, person: User | None = None) -> Sentence | None:
    """Only administrators hand out and end roles, and never their own."""
    if not is_administrator(viewer):
        return _("Only an administrator can do this. Ask one at the town hall.")
    if person is not None and person.pk == viewer.pk:
        return _("You cannot change your own roles. Ask another administrator.")
    return None


@permission("accounts.request_organisation")
def why_not_request_organisation(viewer: Any) -> Sentence | None:
    """A person's own account can become an organisation's; one with a staff role cannot."""
    if not is_person(viewer):
        return _("Log in first.")
    if viewer.assignments.exclude(status=RoleStatus.ENDED).exists():
        return _("This account has a staff role. Make another account for the organisation.")
    return None


@permission("accounts.decide_organisation")
def why_not_decide_organisation(viewer: Any, organisation: Organisation | None = None) -> Sentence | None:
    """Officials confirm who speaks for an organisation, never for their own."""
    if not is_official(viewer):
        return _("Only officials can confirm organisations. Ask one at the town hall.")
    if organisation is not None and organisation.account_id == viewer.pk:
        return _("You cannot confirm your own organisation. Ask a colleague.")
    return None


@permission("accounts.place_hold")
def why_not_place_hold(viewer: Any) -> Sentence | None:
    """Administrators place and lift legal holds."""
    return None if is_administrator(viewer) else _("Only an administrator can place or lift a legal hold.")


def as_citizen(person: User) -> Actor:
    """Return the person acting for themselves."""
    return Actor(ActorRole.CITIZEN, person.pk)


def as_moderator(person: User) -> Actor:
    """Return the person acting as a moderator."""
    return Actor(ActorRole.MODERATOR, person.pk)


def as_official(person: User) -> Actor:
    """Return the person acting for the municipality."""
    return Actor(ActorRole.OFFICIAL, person.pk)


def as_administrator(person: User) -> Actor:
    """Return the person acting as an administrator."""
    return Actor(ActorRole.ADMINISTRATOR, person.pk)


THE_SYSTEM = Actor(ActorRole.SYSTEM)
AN_IMPORT = Actor(ActorRole.IMPORTER)
