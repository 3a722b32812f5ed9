"""What the keepers of the reasons type."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.municipality.enums import ReasonGround
from apps.municipality.errors import LawMissing
from apps.municipality.forms.lines import put_on_one_line
from apps.municipality.models import RefusalReason

WORDS = ("title_da", "title_en", "legal_ground", "suggestion_da", "suggestion_en")
HIGHEST_RULE = 99


class ReasonForm(forms.ModelForm):  # type: ignore[type-arg] # not subscriptable when it runs
    """A reason in words. Nothing is saved here: what was typed is for the action."""

    use_required_attribute = False
    rule_number = forms.IntegerField(
        label=_("Number of the house rule"), required=False, min_value=1, max_value=HIGHEST_RULE
    )

    class Meta:
        model = RefusalReason
        fields = (
            "title_da",
            "title_en",
            "rule_number",
            "ground",
            "legal_ground",
            "category",
            "keyword",
            "suggestion_da",
            "suggestion_en",
        )
        help_texts: ClassVar = {
            "title_da": _("Everyone reads it beside the number that is not shown."),
            "legal_ground": _("Needed where a text is against the law, and may be empty elsewhere."),
            "suggestion_da": _("What a moderator can begin with: it tells what broke the rule without repeating it."),
        }
        widgets: ClassVar = {
            "suggestion_da": forms.Textarea(attrs={"rows": 3}),
            "suggestion_en": forms.Textarea(attrs={"rows": 3}),
        }

    def clean(self) -> dict[str, Any]:
        """Put each text on one line without invisible signs, and ask for the law where one is needed."""
        sent: dict[str, Any] = self.cleaned_data
        put_on_one_line(self, WORDS)
        if sent.get("ground") == ReasonGround.ILLEGAL and not sent.get("legal_ground"):
            self.add_error("legal_ground", str(LawMissing()))
        return sent
