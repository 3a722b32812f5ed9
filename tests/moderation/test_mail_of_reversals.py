"""An author whose appeal led to a reversal is told once for each thing that is said, and of no second decision."""

from collections import Counter
from datetime import datetime

import pytest

from apps.accounts.models import User
from apps.consultations.models import Topic
from apps.ledger.actions import sequence_entries
from apps.moderation.actions import Ruling, decide_appeal, decide_contribution
from apps.moderation.enums import Outcome
from apps.notifications.models import OutgoingMail
from apps.notifications.tasks import write_mail
from tests import factories
from tests.moderation.cases import an_appeal, reverse
from tests.moderation.desk import SENTENCE, a_reason

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english_at_that_moment")]


@pytest.mark.parametrize("outcome", [Outcome.REDACT, Outcome.HIDE])
def test_a_reversal_is_one_mail(outcome: Outcome, topic: Topic, at: datetime) -> None:
    User.objects.update(language="en")
    text = factories.a_published(topic, at=at, body="Ole Hansen drives too fast.")
    ruling = Ruling(outcome=outcome, version=1, passage="Ole Hansen", reason=a_reason(), sentence=SENTENCE)
    decide_contribution(contribution=text, ruling=ruling, by=factories.a_moderator(at), at=at)
    appeal = an_appeal(text, at=at)
    sequence_entries()
    write_mail()
    OutgoingMail.objects.all().delete()

    decide_appeal(appeal=appeal, ruling=reverse(), by=factories.another_moderator(at), at=at)
    sequence_entries()
    write_mail()

    told = Counter(mail.key.split(":")[0] for mail in OutgoingMail.objects.filter(person_id=text.author_id))
    assert sum(told.values()) == 1, told
