"""Choosing a first password."""

from allauth.account.decorators import reauthentication_required
from allauth.account.views import PasswordSetView
from django.utils.decorators import method_decorator


@method_decorator(reauthentication_required, name="dispatch")
class ChoosePassword(PasswordSetView):  # type: ignore[misc]
    """Let nobody choose one by an open session alone: with it they could confirm everything else."""
