"""What an official asks of a case file."""

from django.utils.translation import gettext_lazy as _

from apps.common.forms import NumberFree, day_field


class CaseFileForm(NumberFree):
    """Since when: without a day the file holds the whole case."""

    since = day_field(
        label=_("Only what came or was changed since"),
        required=False,
        help_text=_("Leave it empty for the whole case. Documents keep their numbers in either."),
    )
