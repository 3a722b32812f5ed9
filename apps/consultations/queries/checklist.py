"""What a draft is looked at for before it is published: what refuses, and what is advice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from apps.consultations.engine.copies import UNFILLED
from apps.consultations.engine.readability import LONGEST_SENTENCE, VERY_HARD, readability_of
from apps.consultations.enums import CONSULTATION_COPIED
from apps.consultations.models import Consultation, ConsultationMap, Fact
from apps.consultations.queries.consultations import missing_before_publishing, topics_of
from apps.consultations.queries.maps import features_of, shown_map_of
from apps.consultations.queries.papers import documents_of
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.municipality.models import LegalBasis

BEGINNING = 60
PLANNING = "planlov"


@dataclass(frozen=True)
class Advice:
    """One thing to mend: what it is and how; `code` says where, and `target` names the topic or the document."""

    code: str
    sentence: str | Promise
    target: str = ""


@dataclass(frozen=True)
class Checked:
    """One line of the checklist: what was looked at, and what was found. What refuses stands under `is_must`.

    `is_nothing` says that there is none of it: nothing to mend, and nothing that is in order either.
    """

    code: str
    label: str | Promise
    found: tuple[Advice, ...]
    is_must: bool = False
    is_nothing: bool = False


def checklist_of(consultation: Consultation, *, at: datetime) -> list[Checked]:
    """Return what was looked at, in the order of the desk, each with what is to be mended there.

    The first line holds `missing_before_publishing`, which alone refuses: a topic, a phase in which people can write,
    and the law's days (planloven section 24 and its kin). All other lines are advice. A fixed number of queries.
    """
    musts = [Advice(one.code, one.sentence) for one in missing_before_publishing(consultation, at=at)]
    lines = (
        ("texts", _("The proposal is described"), _of_texts(consultation)),
        ("language", _("The language is plain"), _of_language(consultation)),
        ("contact", _("Somebody can be asked"), _of_contact(consultation)),
        ("topics", _("Each topic has a question"), _of_topics(consultation)),
        ("figures", _("Key figures are filled in"), _of_figures(consultation)),
        ("documents", _("Documents say what they show"), _of_documents(consultation)),
        ("map", _("The map can be read without seeing it"), _of_map(consultation)),
        ("law", _("The law's fields are filled in"), _of_law(consultation)),
    )
    first = Checked("musts", _("Topic, phase and the law's days"), tuple(musts), is_must=True)
    checked = (Checked(code, label, tuple(found or ()), is_nothing=found is None) for code, label, found in lines)
    return [first, *checked]


def _of_texts(consultation: Consultation) -> Iterator[Advice]:
    if not consultation.lede:
        yield Advice("texts", _("Say in one or two sentences what is proposed: it stands in lists and mails."))
    if not consultation.body:
        yield Advice("texts", _("Describe the proposal. People answer better when they know what it is about."))


def _of_language(consultation: Consultation) -> Iterator[Advice]:
    found = readability_of(f"{consultation.lede}\n\n{consultation.body}")
    if found is None:
        return
    if found.is_hard:
        sentence = (
            _(
                "The text is very hard to read: LIX %(lix)s, newspapers lie around 40. Write shorter sentences and "
                "words."
            )
            if found.lix >= VERY_HARD
            else _(
                "The text is hard to read: LIX %(lix)s, newspapers lie around 40. Write shorter sentences and words."
            )
        )
        yield Advice("texts", sentence % {"lix": found.lix})
    if found.long_sentences:
        sentence = ngettext_lazy(
            "%(number)s sentence has more than %(most)s words. Divide it: “%(beginning)s…”",
            "%(number)s sentences have more than %(most)s words. Divide them; the first: “%(beginning)s…”",
            "number",
        )
        first = found.long_sentences[0][:BEGINNING].strip()
        said = {"number": len(found.long_sentences), "most": LONGEST_SENTENCE, "beginning": first}
        yield Advice("texts", sentence % said)


def _of_contact(consultation: Consultation) -> Iterator[Advice]:
    if not consultation.contact:
        yield Advice("texts", _("Name whom people can ask, with telephone and hours."))


def _of_topics(consultation: Consultation) -> Iterator[Advice]:
    for topic in topics_of(consultation):
        if not topic.question:
            sentence = _("“%(title)s” asks nothing. Write one open question, so that people know what to answer.")
            yield Advice("topic", sentence % {"title": topic.title}, topic.slug)


def _of_figures(consultation: Consultation) -> list[Advice] | None:
    """Figures of a copied hearing come without their values. None where there are no figures."""
    rows = Fact.objects.filter(consultation=consultation).select_related("topic")
    facts = list(rows.order_by("topic__position", "position"))
    return [_unfilled(fact) for fact in facts if fact.value == UNFILLED] if facts else None


def _unfilled(fact: Fact) -> Advice:
    sentence = _("“%(label)s” has no figure yet. Fill it in, or remove it.") % {"label": fact.label}
    return Advice("topic", sentence, fact.topic.slug) if fact.topic else Advice("facts", sentence)


def _of_documents(consultation: Consultation) -> list[Advice] | None:
    """A picture is refused without words when it is added; a PDF is taken, and can be described. None without any."""
    documents = documents_of(consultation)
    silent = (document for document in documents if not document.current.description)
    sentence = _("“%(title)s” does not say what it shows. Say it for those who cannot see or open it.")
    told = [Advice("document", sentence % {"title": one.current.title}, str(one.position)) for one in silent]
    return told if documents else None


def _of_map(consultation: Consultation) -> list[Advice] | None:
    """The table beside the map is made of what stands on it: it is as good as its names. None without a map."""
    found = shown_map_of(consultation)
    return list(_of_shown_map(consultation, found)) if found else None


def _of_shown_map(consultation: Consultation, found: ConsultationMap) -> Iterator[Advice]:
    if not found.description:
        yield Advice("map", _("Say in words what the map shows. It is read aloud in place of the drawing."))
    nameless = features_of(consultation).filter(name="", number="").count()
    if nameless:
        sentence = ngettext_lazy(
            "%(number)s thing on the map has neither name nor number, so the table beside it says little. Name it.",
            "%(number)s things on the map have neither name nor number, so the table beside it says little. Name them.",
            "number",
        )
        yield Advice("map", sentence % {"number": nameless})


def _of_law(consultation: Consultation) -> Iterator[Advice]:
    """Planloven section 54 b lets plans enter Plandata; the days count from the publication there, if it is later."""
    basis = consultation.legal_basis
    retired = _left_out(consultation) if basis is None else None
    if retired is not None:
        sentence = _(
            "The hearing this one is a copy of was held by “%(basis)s”, which is no longer in use, so it did not come "
            "along. Choose the legal basis that is in force."
        )
        yield Advice("legal", sentence % {"basis": retired.name})
        return
    if basis is None:
        yield Advice("legal", _("No legal basis is chosen. That is right only where no law asks for the hearing."))
        return
    if PLANNING not in basis.paragraph.casefold():
        return
    if not consultation.plandata_number:
        yield Advice("legal", _("The number in Plandata is missing. Plans by planloven are found by it."))
    if consultation.plandata_published_on is None:
        yield Advice("legal", _("The day of the publication in Plandata is missing. The law's days may count from it."))


def _left_out(consultation: Consultation) -> LegalBasis | None:
    """Return the legal basis of the hearing that this one is a copy of, if no hearing can be given it any more."""
    told = Entry.objects.filter(consultation_id=consultation.pk, kind=CONSULTATION_COPIED.name).order_by("pk").first()
    source = told and Consultation.objects.select_related("legal_basis").filter(pk=facts_of(told)["source"]).first()
    basis = source.legal_basis if source else None
    return basis if basis and not basis.is_selectable else None
