"""What administrators type when they change the house rules."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.common.forms import LongText, NumberFree, Rows

HIGHEST_RULE = 99
MOST_RULES = 30


class RuleForm(NumberFree):
    """One house rule in both languages."""

    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=HIGHEST_RULE)
    title_da = forms.CharField(label=_("Title in Danish"), max_length=120)
    title_en = forms.CharField(label=_("Title in English"), max_length=120)
    text_da = LongText(
        label=_("What it means, in Danish"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    text_en = LongText(
        label=_("What it means, in English"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RuleRows(Rows):
    """All house rules."""

    form = RuleForm
    max_num = MOST_RULES

    def clean(self) -> None:
        """Refuse a number that two rules have, and no rules at all."""
        if any(self.errors):
            return
        numbers = [row["number"] for row in self.written()]
        twice = sorted({number for number in numbers if numbers.count(number) > 1})
        if twice:
            raise forms.ValidationError(
                _("Two rules have number %(number)s. Give each a number of its own.") % {"number": twice[0]}
            )
        if not numbers:
            raise forms.ValidationError(_("Write at least one rule: without any nothing can be refused."))


class RulesChangeForm(NumberFree):
    """What readers are told about a new version."""

    what_changed_da = forms.CharField(label=_("What changed, in Danish"), max_length=300)
    what_changed_en = forms.CharField(label=_("What changed, in English"), max_length=300)


def typed_rule(rule: Any) -> dict[str, Any]:
    """Return a rule as its row shows it."""
    return {name: getattr(rule, name) for name in RuleForm.base_fields}
