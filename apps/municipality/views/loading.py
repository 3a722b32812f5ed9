"""Who works here, or a refusal."""

from django.http import HttpRequest

from apps.accounts.models import User
from apps.common.permissions import require


def the_keeper(request: HttpRequest, permission: str) -> User:
    """Return who keeps the list; raises NotAllowed for anyone else."""
    require(permission, request.user)
    assert isinstance(request.user, User)  # noqa: S101 - the rule lets nobody else pass
    return request.user
