"""What is about reports and appeals in the town, in every state."""

from typing import Any

from apps.accounts.models import User
from apps.discussions.models import Contribution
from apps.moderation.actions import decide_contribution
from apps.moderation.models import Decision
from apps.moderation.queries import decision_to_appeal
from tests import factories
from tests.moderation.cases import a_report, an_appeal, left
from tests.moderation.desk import refuse
from tests.permissions.town import Town


def of(town: Town, milo: User) -> dict[str, dict[str, Any]]:
    """Return cases of reports, reports that came to nothing, decisions, and appeals by who decided first."""
    at, mod, res = town.at, town.person("mod"), town.person("res")
    cases = {
        "open": a_report(_published(town, "reported"), at=at, by=res).case,
        "by_mod": a_report(_published(town, "reported by the moderator"), at=at, by=mod).case,
    }
    reports = {"left": left(a_report(_published(town, "left"), at=at), at=at, by=milo)}
    withheld = {"refused": _refused(town, milo)}
    deciding = {"of_mod": mod, "of_milo": milo}
    appeals = {state: an_appeal(_refused(town, by).case.contribution, at=at) for state, by in deciding.items()}
    return {"cases": cases, "reports": reports, "withheld": withheld, "appeals": appeals}


def _published(town: Town, words: str) -> Contribution:
    return factories.a_published(
        town.topic("open"), at=town.at, body=f"the text that is {words}", by=town.person("own")
    )


def _refused(town: Town, by: User) -> Decision:
    """Return the decision on a text of the author that this moderator refused."""
    text = factories.a_contribution(town.topic("open"), at=town.at, body="to be judged again", by=town.person("own"))
    decide_contribution(contribution=text, ruling=refuse(), by=by, at=town.at)
    decision = decision_to_appeal(text)
    assert decision is not None
    return decision
