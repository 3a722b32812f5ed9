"""What officials choose when a topic comes to an end."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.common.forms import MarkedSelect
from apps.common.wording import InDanish
from apps.consultations.models import Topic


class TopicMergeForm(forms.Form):
    """The topic into which another one goes."""

    into = forms.ChoiceField(
        label=_("Merge it into"),
        widget=MarkedSelect,
        error_messages={"required": _("Choose a topic."), "invalid_choice": _("Choose a topic of this hearing.")},
    )

    def __init__(self, *args: Any, topics: Sequence[Topic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topics = {topic.slug: topic for topic in topics}
        field = self.fields["into"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", _("Choose a topic")), *((topic.slug, InDanish(topic.title)) for topic in topics)]

    def clean_into(self) -> Topic:
        """Return the topic that was chosen."""
        return self.topics[self.cleaned_data["into"]]
