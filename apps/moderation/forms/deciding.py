"""What moderators send about texts."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.common.forms import MarkedSelect, day_field
from apps.common.richtext import clean, one_line
from apps.common.wording import InDanish
from apps.consultations.enums import ConsultationKind
from apps.consultations.models import Topic
from apps.discussions.enums import ELSEWHERE, ErasureGround
from apps.discussions.rules import LONGEST_ERASURE_SENTENCE, LONGEST_TEXT
from apps.moderation.enums import WITH_REASON, Outcome
from apps.moderation.rules import (
    LONGEST_FACTS,
    LONGEST_NOTE,
    LONGEST_SENTENCE,
    why_not_kept,
    why_not_public,
)
from apps.municipality.models import RefusalReason

NEEDED: dict[str, tuple[str, ...]] = {
    Outcome.PUBLISH: (),
    Outcome.REVIEW: (),
    **dict.fromkeys(WITH_REASON, ("reason", "sentence")),
    Outcome.REDACT: ("reason", "sentence", "passage"),
    Outcome.MOVE: ("to", "move_reason", "move_sentence"),
    Outcome.RESTORE: ("sentence",),
    Outcome.LIFT: ("put_back",),
}
DEPENDING = ("reason", "sentence", "passage", "put_back", "to", "move_reason", "move_sentence")
# Which field holds the sentence for everyone, where it is not the one of most decisions.
SENTENCES: dict[str, str] = {Outcome.LIFT: "put_back", Outcome.MOVE: "move_sentence"}


class OneSentence(forms.CharField):
    """Words on one line, without invisible signs, however they were typed."""

    def to_python(self, value: Any) -> str:
        """Return the words with single spaces between them."""
        return one_line(str(super().to_python(value) or ""))


def shown_again_field() -> OneSentence:
    """Return the field for the sentence that stands beside a text that was hidden."""
    return OneSentence(
        label=_("Sentence that everyone can read"),
        help_text=_("Say why it is shown again. It stands beside the text."),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write one sentence on why it is shown again. Everyone can read it.")},
    )


class DecisionForm(forms.Form):
    """A decision. The fields of the other outcomes are kept as typed, but neither needed nor looked at."""

    use_required_attribute = False

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("Decision"), widget=forms.RadioSelect, error_messages={"required": _("Choose what to decide.")}
    )
    reason = forms.ChoiceField(label=_("Reason"), error_messages={"required": _("Choose why it cannot be published.")})
    sentence = OneSentence(
        label=_("Sentence that everyone can read"),
        help_text=_("Say what broke the rule, without repeating it. It stands in the thread and in the author's mail."),
        max_length=LONGEST_SENTENCE,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write one sentence that the author and everyone else can read.")},
    )
    passage = forms.CharField(
        label=_("Passage to redact"),
        help_text=_("Copy it from the text, or mark it there. Every place where it stands is redacted."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Copy the passage from the text.")},
    )
    put_back = OneSentence(
        label=_("Why the passage can be read after all"),
        help_text=_("What was redacted last is put back. The sentence stands beside the text, for everyone."),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write one sentence on why the passage is put back. Everyone can read it.")},
    )
    to = forms.TypedChoiceField(
        label=_("Topic it belongs to"),
        widget=MarkedSelect,
        coerce=int,
        error_messages={
            "required": _("Choose the topic that the contribution belongs to."),
            "invalid_choice": _(
                "It cannot be moved there: it stands there, or nobody can write there any more. Choose another topic."
            ),
        },
    )
    move_reason = forms.ChoiceField(label=_("Why it does not belong where it stands"), required=False)
    move_sentence = OneSentence(
        label=_("Sentence that everyone can read"),
        help_text=_("If more is to be said than the reason. It stands where the contribution stood."),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    with_replies = forms.BooleanField(label=_("The replies follow"), required=False, initial=True)
    is_detected = forms.BooleanField(
        label=_("A signal pointed this out to me"),
        help_text=_("Tick it if what a program noticed is what you decide about: the statement of reasons says so."),
        required=False,
    )
    internal_facts = forms.CharField(
        label=_("Facts for moderators only"),
        help_text=_("Never shown to the author or in public."),
        required=False,
        max_length=LONGEST_FACTS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        *args: Any,
        outcomes: Sequence[Outcome],
        reasons: Sequence[RefusalReason],
        topics: Sequence[Topic],
        elsewhere: Sequence[Topic] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.box_topic = next(reversed([topic for topic in elsewhere if _is_of_box(topic)]), None)
        self.reasons = {reason.code: reason for reason in reasons}
        self.topics = {topic.pk: topic for topic in (*topics, *elsewhere)}
        self.elsewhere = elsewhere
        self.outcomes = outcomes
        if Outcome.RESTORE in outcomes:
            self.fields["sentence"] = shown_again_field()
        self.fields["move_reason"].initial = ELSEWHERE
        # Where the municipality retired that reason, no other is chosen for the moderator.
        no_default = [] if ELSEWHERE in self.reasons else [("", _("Choose a reason"))]
        for name, choices in (
            ("outcome", [(outcome.value, outcome.label) for outcome in outcomes]),
            ("reason", [("", _("Choose a reason")), *((reason.code, reason.title) for reason in reasons)]),
            ("move_reason", [*no_default, *((reason.code, reason.title) for reason in reasons)]),
            ("to", [("", _("Choose a topic")), *_places(topics, elsewhere)]),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def clean_sentence(self) -> str:
        """Refuse what must not be shown in public."""
        return self._without(why_not_public, "sentence")

    def clean_put_back(self) -> str:
        """Refuse what must not be shown in public."""
        return self._without(why_not_public, "put_back")

    def clean_move_sentence(self) -> str:
        """Refuse what must not be shown in public."""
        return self._without(why_not_public, "move_sentence")

    def clean_internal_facts(self) -> str:
        """Refuse what is stored nowhere."""
        return clean(self._without(why_not_kept, "internal_facts"))

    def full_clean(self) -> None:
        """Look only at what the chosen outcome needs."""
        super().full_clean()
        needed = NEEDED.get(self.data.get("outcome", ""), ())
        for name in DEPENDING:
            if name not in needed and self.is_bound:
                self.errors.pop(name, None)
                self.cleaned_data.pop(name, None)

    def chosen_reason(self) -> RefusalReason | None:
        """Return the reason of a refusal, or that of a move."""
        sent = self.cleaned_data
        return self.reasons.get(sent.get("move_reason" if sent.get("outcome") == Outcome.MOVE else "reason", ""))

    @property
    def withholds(self) -> bool:
        """A decision that keeps something from the public can be made."""
        return bool({*self.outcomes} & {*WITH_REASON})

    @property
    def restores(self) -> bool:
        """The text can be shown again."""
        return Outcome.RESTORE in self.outcomes

    def public_sentence(self) -> str:
        """Return the sentence of the chosen outcome."""
        sent = self.cleaned_data
        return str(sent.get(SENTENCES.get(str(sent.get("outcome")), "sentence"), ""))

    @property
    def puts_back(self) -> bool:
        """A passage that was redacted can be put back."""
        return Outcome.LIFT in self.outcomes

    def chosen_topic(self) -> Topic | None:
        """Return where to move."""
        return self.topics.get(self.cleaned_data.get("to", 0))

    def for_version(self, version: int) -> "DecisionForm":
        """Return the form as it was sent, for the version that stands now."""
        sent = {name: self.data.get(name) for name in self.fields}
        return DecisionForm(
            initial=sent
            | {
                "version": version,
                "with_replies": "with_replies" in self.data,
                "is_detected": "is_detected" in self.data,
            },
            outcomes=self.outcomes,
            reasons=tuple(self.reasons.values()),
            topics=[topic for topic in self.topics.values() if topic not in self.elsewhere],
            elsewhere=self.elsewhere,
        )

    def _without(self, why_not: Any, name: str) -> str:
        text: str = self.cleaned_data[name]
        unfit = why_not(text)
        if unfit is not None:
            raise forms.ValidationError(unfit, code="unfit")
        return text


def _places(topics: Sequence[Topic], elsewhere: Sequence[Topic]) -> list[tuple[Any, Any]]:
    """Return the topics to choose from: those of the suggestion box, of the same hearing, of others by hearing."""
    here = [(topic.pk, InDanish(topic.title)) for topic in topics]
    if not elsewhere:
        return here
    box = _by_hearing([topic for topic in elsewhere if _is_of_box(topic)])
    others = _by_hearing([topic for topic in elsewhere if not _is_of_box(topic)])
    return [*box, *([(_("In this hearing"), here)] if here else []), *others]


def _by_hearing(topics: Sequence[Topic]) -> list[tuple[Any, Any]]:
    groups = groupby(topics, key=lambda topic: topic.consultation)
    return [(hearing.title, [(topic.pk, InDanish(topic.title)) for topic in group]) for hearing, group in groups]


def _is_of_box(topic: Topic) -> bool:
    return topic.consultation.kind == ConsultationKind.SUGGESTIONS


def _public(sentence: str) -> str:
    """Return a sentence that may be shown to everyone; raises ValidationError for any other."""
    unfit = why_not_public(sentence)
    if unfit is not None:
        raise forms.ValidationError(str(unfit), code="unfit")
    return sentence


class ErasureForm(forms.Form):
    """The proposal to erase a text."""

    ground = forms.TypedChoiceField(
        label=_("Ground"),
        choices=ErasureGround.choices,
        coerce=ErasureGround,
        widget=forms.RadioSelect,
        help_text=_("It stands in the thread, on the author's receipt and in the public ledger."),
        error_messages={"required": _("Choose the ground. Without one of these a text is not erased.")},
    )
    sentence = OneSentence(
        label=_("Why, for your colleague"),
        help_text=_("One or two sentences for moderators only. Do not repeat what is to be erased."),
        max_length=LONGEST_ERASURE_SENTENCE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why, so that your colleague can judge it.")},
    )

    def clean_sentence(self) -> str:
        """Refuse what would keep alive what is to be erased."""
        return _public(self.cleaned_data["sentence"])


class BrakeForm(forms.Form):
    """Where writing is stopped or opened again, and the sentence that stands there meanwhile."""

    place = forms.TypedChoiceField(
        label=_("Where"),
        widget=MarkedSelect,
        coerce=int,
        required=False,
        empty_value="",
        error_messages={"invalid_choice": _("Choose a topic of this consultation, or all of it.")},
    )
    sentence = OneSentence(
        label=_("Sentence that everyone can read"),
        help_text=_("Say why, and for how long if you know. Nobody can write there until it is opened again."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write one sentence that tells everyone why writing is stopped.")},
    )

    def __init__(self, *args: Any, topics: Sequence[Topic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topics = {topic.pk: topic for topic in topics}
        field = self.fields["place"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                ("", _("The whole consultation")),
                *((topic.pk, InDanish(topic.title)) for topic in topics),
            ]

    def clean_sentence(self) -> str:
        """Refuse what must not be shown in public."""
        return _public(self.cleaned_data["sentence"])

    def chosen_topic(self) -> Topic | None:
        """Return the topic, or None for the whole consultation."""
        return self.topics.get(self.cleaned_data.get("place") or 0)


class PeriodForm(forms.Form):
    """From which day to which; both may be left out."""

    first = day_field(label=_("From"), required=False)
    last = day_field(label=_("Until"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        sent: dict[str, Any] = self.cleaned_data
        first, last = sent.get("first"), sent.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day is before the first one."))
        return sent
