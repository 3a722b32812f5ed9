"""On what terms the municipality takes citizen proposals."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.municipality.enums import AGES_KNOWN

MOST_SUPPORTERS, SHORTEST_DAYS, LONGEST_DAYS = 100_000, 7, 730


class ProposalsForm(forms.Form):
    """Whether suggestions can be citizen proposals; how many supporters they need, in how many days, of what age."""

    use_required_attribute = False
    takes_proposals = forms.BooleanField(
        label=_("Residents can offer suggestions as citizen proposals"),
        required=False,
        help_text=_("Without it nothing new is offered. What is under way goes on to its last day."),
    )
    proposal_threshold = forms.IntegerField(
        label=_("Supporters that a proposal needs"),
        required=False,
        min_value=2,
        max_value=MOST_SUPPORTERS,
        help_text=_("Verified residents, once each. Everyone sees how many there are."),
    )
    proposal_days = forms.IntegerField(
        label=_("Days in which it can be supported"),
        min_value=SHORTEST_DAYS,
        max_value=LONGEST_DAYS,
        help_text=_(
            "Counted from the day after it is published, to the end of the last day. 90 days are three months."
        ),
    )
    proposal_minimum_age = forms.IntegerField(
        label=_("Least age of those who offer and support"),
        min_value=0,
        help_text=_(
            "0 for any age. Otherwise 18, 30, 45 or 65: only the age band of a resident is kept, and only from MitID."
        ),
    )

    def clean_proposal_minimum_age(self) -> int:
        """Return an age at which a band begins, or 0; within a band nobody could be told from others."""
        age: int = self.cleaned_data["proposal_minimum_age"]
        if age and age not in AGES_KNOWN:
            raise forms.ValidationError(
                _(
                    "Whether somebody has turned %(age)s is not known here: birth dates are never kept, only the band "
                    "of ages, and %(age)s lies within one. Choose 0 for any age, or 18, 30, 45 or 65."
                )
                % {"age": age}
            )
        return age

    def clean(self) -> dict[str, Any]:
        """Ask for the number of supporters where proposals are taken."""
        sent: dict[str, Any] = self.cleaned_data
        is_missing = "proposal_threshold" in sent and sent["proposal_threshold"] is None
        if sent.get("takes_proposals") and is_missing:
            self.add_error("proposal_threshold", _("Write how many supporters a proposal needs, for example 400."))
        return sent
