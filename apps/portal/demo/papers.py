"""The white paper of the demo: written by one official, published by another, with an objection that was answered."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial

from apps.accounts.models import User
from apps.consultations.models import Consultation, Topic
from apps.discussions.models import Contribution
from apps.portal.demo.content import cycle_path_paper as plan
from apps.portal.demo.timeline import moment
from apps.publications.actions import (
    StatementWords,
    add_statement,
    ask_for_review,
    begin_white_paper,
    mark_points,
    publish_white_paper,
    save_intro,
    save_statement,
)
from apps.publications.actions.objections import answer_objection, object_to_rendering
from apps.publications.models import Objection, PaperStatement, WhitePaper

People = Mapping[str, User]
Made = Mapping[str, Contribution]
Topics = Mapping[tuple[str, str], Topic]


def deeds(
    people: People, topics: Topics, made: Made, *, now: datetime
) -> Iterator[tuple[datetime, Callable[[], object]]]:
    """Return how the white paper comes about and what is said about it, each with its moment."""
    at = partial(moment, now=now)
    yield (then := at(day=-66, clock="09:10")), partial(_write, people, topics, made, then)
    yield (then := at(day=-62, clock="11:30")), partial(_publish, people, then)
    yield (then := at(day=-61, clock="19:45")), partial(_object, people, made, then)
    yield (then := at(day=-59, clock="08:40")), partial(_reply, people, then)


def _write(people: People, topics: Topics, made: Made, at: datetime) -> None:
    by, consultation = people[plan.WRITER], Consultation.objects.get(slug=plan.SLUG)
    paper = begin_white_paper(consultation=consultation, by=by, at=at)
    save_intro(paper=paper, intro=plan.INTRO, by=by, at=at)
    for text in plan.STATEMENTS:
        topic = topics[plan.SLUG, text.topic]
        statement = add_statement(paper=paper, topic=topic, title=text.title, argument=text.argument, by=by, at=at)
        _weigh(statement, topic, text, by, at)
        for ref, words in text.rests_on:
            _mark(statement, made[ref], words, by, at)


def _weigh(statement: PaperStatement, topic: Topic, text: plan.PaperStatement, by: User, at: datetime) -> None:
    words = StatementWords(
        title=text.title,
        argument=text.argument,
        disposition=text.disposition,
        reply=text.reply,
        change=text.change,
        change_reference=text.change_reference,
    )
    save_statement(statement=statement, words=words, topic=topic, by=by, at=at)


def _mark(statement: PaperStatement, text: Contribution, words: str, by: User, at: datetime) -> None:
    """Mark the sentence that begins with these words, or all of the text."""
    text.refresh_from_db()
    start = text.body.index(words)
    end = next((place + 1 for place in range(start, len(text.body)) if text.body[place] in ".?!"), len(text.body))
    passages = [(start, end)] if words else None
    mark_points(statement=statement, contribution=text, passages=passages, text_version=text.version, by=by, at=at)


def _publish(people: People, at: datetime) -> None:
    paper = WhitePaper.objects.get(consultation__slug=plan.SLUG)
    ask_for_review(paper=paper, by=people[plan.WRITER], at=at)
    publish_white_paper(paper=paper, by=people[plan.READER], at=at)


def _object(people: People, made: Made, at: datetime) -> None:
    object_to_rendering(contribution=made[plan.OBJECTED], text=plan.OBJECTION, by=people[plan.OBJECTOR], at=at)


def _reply(people: People, at: datetime) -> None:
    objection = Objection.objects.select_related("paper__consultation").get(paper__consultation__slug=plan.SLUG)
    answer_objection(objection=objection, reply=plan.REPLY, by=people[plan.WRITER], at=at)
