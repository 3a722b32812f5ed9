"""What came by letter in the town of the tables: one that waits, one that was refused, one of a colleague's."""

from apps.accounts.models import User
from apps.discussions.models import OutsideVoice
from apps.moderation.actions import PaperAppeal, decide_contribution, enter_appeal
from apps.moderation.models import Appeal, StatementOfReasons
from tests.discussions.outside import a_scan, entered
from tests.moderation.desk import refuse
from tests.permissions.town import Town


def of(town: Town) -> dict[str, dict[str, OutsideVoice | StatementOfReasons | Appeal]]:
    """Return letters to the open hearing, and the reasons for refusing one of them."""
    topic, official = town.topic("open"), town.person("off")
    colleague: User = town.more["roles"]["active"].person
    made = {
        "typed": entered(topic, at=town.at, by=official, scan=a_scan(), body="a letter that waits"),
        "decided": entered(topic, at=town.at, by=official, body="a letter that was refused"),
        "others": entered(topic, at=town.at, by=colleague, body="a letter of a colleague's"),
    }
    decide_contribution(contribution=made["decided"].contribution, ruling=refuse(), by=town.person("mod"), at=town.at)
    found = OutsideVoice.objects.select_related("contribution__consultation", "contribution__topic")
    voices = {state: found.get(pk=row.pk) for state, row in made.items()}
    reasons = StatementOfReasons.objects.get(contribution=made["decided"].contribution)
    return {"voices": dict(voices), "statements": {"decided": reasons}, "paper_appeals": {"answered": _answered(town)}}


def _answered(town: Town) -> Appeal:
    """Return the appeal of a letter that was refused and is answered, though nobody has posted the answer."""
    voice = entered(town.topic("open"), at=town.at, by=town.person("off"), body="a letter whose sender appealed")
    made = decide_contribution(contribution=voice.contribution, ruling=refuse(), by=town.person("mod"), at=town.at)
    paper = PaperAppeal(decision=made, text="It was about the matter.", came_on=town.at.date(), scan=a_scan())
    appeal = enter_appeal(appeal=paper, by=town.person("off"), at=town.at)
    colleague: User = town.more["roles"]["active"].person
    decided = {"outcome": "upheld", "sentence": "It was not.", "decided_by": colleague, "decided_at": town.at}
    Appeal.objects.filter(pk=appeal.pk).update(**decided)
    return Appeal.objects.select_related("contribution__consultation").get(pk=appeal.pk)
