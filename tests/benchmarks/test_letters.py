"""How long it takes to find letters that are much alike among 5,000 texts, half of which are one letter."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from unittest.mock import patch

import pytest

from apps.accounts.rules import THE_SYSTEM
from apps.discussions.actions import Author, Received, Writing, receive_many, remember_signatures
from apps.discussions.enums import ContributionKind
from apps.discussions.models import Contribution
from apps.discussions.queries import offered_letters, others_alike
from apps.screening.queries import alike
from tests.discussions.letters import LETTER, signed
from tests.factories import a_hearing, a_writer, the_topic

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db]
COUNT = 5_000
WORDS = [f"ord{number}" for number in range(2_000)]


def test_letters_are_found_among_five_thousand_texts(at: datetime, capsys: pytest.CaptureFixture[str]) -> None:
    hearing, chance = a_hearing(at=at), Random(7)  # noqa: S311 - the same texts in every run
    author, topic = Author(name="Vera Vind", person=a_writer(at)), the_topic(hearing)
    bodies = [signed(f"Navn {step}") if step % 2 else " ".join(chance.choices(WORDS, k=80)) for step in range(COUNT)]
    rows = [
        Received(
            writing=Writing(topic=topic, author=author, kind=ContributionKind.VIEW, body=body),
            received_at=at + timedelta(seconds=step),
        )
        for step, body in enumerate(bodies)
    ]
    with patch("apps.discussions.actions.drafting.to_html", lambda text: f"<p>{text}</p>"):
        receive_many(consultation_id=hearing.pk, rows=rows, by=THE_SYSTEM, decided_by=THE_SYSTEM)

    sweep, done = _timed(remember_signatures)
    first, copy, other = (Contribution.stored.get(number=number) for number in (2, 4_000, 3))
    an_item, found = _timed(lambda: alike(copy.pk))
    nothing, none = _timed(lambda: alike(other.pk))
    the_list, offers = _timed(offered_letters)
    a_page, others = _timed(lambda: others_alike(first))

    with capsys.disabled():
        print(  # noqa: T201 - the figures are what is asked for
            f"\n{done} signatures in {sweep:.1f} s ({1000 * sweep / COUNT:.1f} ms a text)",
            f"an item {1000 * an_item:.0f} ms, with nothing like it {1000 * nothing:.0f} ms",
            f"the list {1000 * the_list:.0f} ms, a page {1000 * a_page:.0f} ms",
            sep="; ",
        )
    assert (done, len(found), none) == (COUNT, 50, [])
    assert [offer.first for offer in offers] == [first]
    assert LETTER in others[0].body
    assert sweep < 60
    assert an_item < 0.15
    assert nothing < 0.05
    assert the_list < 1
    assert a_page < 0.3


def _timed(act: Callable[[], object]) -> tuple[float, object]:
    begun = time.perf_counter()
    made = act()
    return time.perf_counter() - begun, made
