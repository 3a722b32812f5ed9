"""Makes the demo's suggestion box and news through the house's own actions, each at its own moment before now."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.core.files.base import ContentFile

from apps.accounts.models import User
from apps.common.uploads import fit_file
from apps.consultations import actions as consulting
from apps.consultations.enums import TopicIcon, WriteAccess
from apps.consultations.models import Consultation, Topic
from apps.consultations.queries import place_on_map
from apps.discussions.actions import agree, set_suggestion_status, submit_contribution
from apps.discussions.enums import ContributionKind, SuggestionStatus
from apps.discussions.models import Contribution
from apps.moderation.actions import Ruling, decide_contribution
from apps.moderation.enums import Outcome
from apps.portal.demo.content.standing import (
    BOX_LEDE,
    BOX_MAP,
    BOX_MAP_WORDS,
    BOX_TITLE,
    BOX_TOPICS,
    POSTS,
    SUGGESTIONS,
    Post,
    Suggestion,
)
from apps.portal.demo.timeline import moment

DOCUMENTS = Path(__file__).parent / "documents"
BOX_DAYS_AGO = 90
Deed = tuple[datetime, Callable[[], object]]
People = Mapping[str, User]
# What was written so far, by its text.
Made = dict[str, Contribution]


def deeds(people: People, *, now: datetime) -> Iterator[Deed]:
    """Return what is done about the box and the news, each with its moment."""
    made: Made = {}
    opened = moment(now=now, day=-BOX_DAYS_AGO, clock="10:00")
    yield opened, partial(_open_box, people, opened)
    for suggestion in SUGGESTIONS:
        yield from _of_suggestion(people, made, suggestion, now)
    for post in POSTS:
        yield from _of_post(people, made, post, now)


def _open_box(people: People, at: datetime) -> None:
    text = consulting.ConsultationText(title=BOX_TITLE, lede=BOX_LEDE, write_access=WriteAccess.RESIDENTS)
    topics = [consulting.TopicText(title=title, icon=TopicIcon(icon)) for title, icon in BOX_TOPICS]
    box = consulting.open_suggestion_box(text=text, topics=topics, by=people["rasmus"], at=at)
    shapes = consulting.read_shapes((DOCUMENTS / BOX_MAP).read_bytes())
    plan = consulting.MapPlan(shapes=shapes, description=BOX_MAP_WORDS)
    consulting.set_map(consultation=box, plan=plan, by=people["rasmus"], at=at)


def _of_suggestion(people: People, made: Made, plan: Suggestion, now: datetime) -> Iterator[Deed]:
    at = moment(now=now, day=-plan.days_ago, clock="18:40")
    more: dict[str, Any] = {"as_proposal": plan.as_proposal, "place": plan.place}
    yield at, partial(_write, people, made, consulting.BOX_ADDRESS, plan.topic, plan.by, plan.body, at, **more)
    for each, key in enumerate(plan.agreed):
        later = at + timedelta(hours=20 + each)
        yield later, partial(_agree, made, plan, people[key], later)
    for status, sentence, days_ago in plan.steps:
        said = moment(now=now, day=-days_ago, clock="10:15")
        yield said, partial(_say, people["rasmus"], made, plan, status, sentence, said)


def _agree(made: Made, plan: Suggestion, by: User, at: datetime) -> None:
    agree(contribution=made[plan.body], by=by, at=at)


def _say(by: User, made: Made, plan: Suggestion, status: str, sentence: str, at: datetime) -> None:  # noqa: PLR0913, PLR0917 - a step
    row, said = made[plan.body], SuggestionStatus(status)
    set_suggestion_status(contribution=row, status=said, sentence=sentence, by=by, at=at)


def _of_post(people: People, made: Made, plan: Post, now: datetime) -> Iterator[Deed]:
    at = moment(now=now, day=-plan.days_ago, clock="09:30")
    posts: list[Consultation] = []
    yield at, lambda: posts.append(_publish(people, plan, at))
    for each, (key, body) in enumerate(plan.voices):
        later = at + timedelta(hours=3 + each)
        yield later, partial(_below, people, made, posts, plan, key, body, later)


def _below(  # noqa: PLR0913, PLR0917 - a text and its place
    people: People, made: Made, posts: list[Consultation], plan: Post, key: str, body: str, at: datetime
) -> None:
    _write(people, made, posts[0].slug, plan.title, key, body, at)


def _publish(people: People, plan: Post, at: datetime) -> Consultation:
    text = consulting.NewsText(
        title=plan.title,
        lede=plan.lede,
        body=plan.body,
        question=plan.question,
        takes_contributions=bool(plan.question),
    )
    picture = None
    if plan.picture:
        content = ContentFile((DOCUMENTS / plan.picture).read_bytes())
        file = fit_file(name=plan.picture, size=content.size, content=content)
        picture = consulting.Paper(title=plan.title, file=file, description=plan.picture_words)
    post = consulting.draft_news(text=text, picture=picture, by=people["mette"], at=at)
    consulting.publish_news(post=post, by=people["mette"], at=at)
    return post


def _write(  # noqa: PLR0913, PLR0917 - a text and its place
    people: People,
    made: Made,
    slug: str,
    topic: str,
    key: str,
    body: str,
    at: datetime,
    as_proposal: bool = False,  # noqa: FBT001, FBT002 - one of the plan's facts
    place: str = "",
) -> None:
    """Somebody sends a text, and a moderator publishes it half an hour later."""
    where: Any = Topic.objects.select_related("consultation").get(consultation__slug=slug, title=topic)
    kind = ContributionKind.PROPOSAL if slug == consulting.BOX_ADDRESS else ContributionKind.VIEW
    made[body] = submit_contribution(
        topic=where,
        kind=kind,
        body=body,
        submission_key=uuid5(NAMESPACE_URL, body),
        as_proposal=as_proposal,
        place=place_on_map(where.consultation, typed=place) if place else None,
        by=people[key],
        at=at,
    )
    ruling, later = Ruling(outcome=Outcome.PUBLISH, version=1), at + timedelta(minutes=30)
    decide_contribution(contribution=made[body], ruling=ruling, by=people["anders"], at=later)
