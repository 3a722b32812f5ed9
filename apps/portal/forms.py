"""What is asked of the lists of the composed pages."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ConsultationSearch(forms.Form):
    """Words and a state, both optional; what makes no sense is left out."""

    q = forms.CharField(label=_("Words in the title"), max_length=100, required=False)
    state = forms.ChoiceField(
        label=_("Show"),
        choices=[("", _("All hearings")), ("open", _("Open for writing")), ("closed", _("Closed"))],
        required=False,
    )

    def asked(self) -> dict[str, str]:
        """Return what was asked for and makes sense, by the name of its field."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
