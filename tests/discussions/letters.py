"""A letter that many send, and the people who send it."""

from datetime import datetime

from apps.accounts.models import User
from apps.accounts.rules import as_moderator
from apps.consultations.models import Topic
from apps.discussions.actions import confirm_letter
from apps.discussions.models import Contribution, LetterCluster
from tests import factories, personas

LETTER = (
    "Kære byråd. Vi er imod vindmøllerne ved Klintmose, fordi de står for tæt på vores huse. Støjen om natten er "
    "allerede slem, og skyggerne rammer skolen hver morgen. Vi beder kommunen om at flytte dem mindst to kilometer mod "
    "nord, hvor ingen bor, og om at høre beboerne igen."
)
OWN_LINE = "Min datter har astma og sover dårligt hver eneste nat."
PEOPLE = ("Anna Aa", "Bodil Bro", "Carl Carstensen", "Dorte Dam", "Erik Elm", "Frida Fynbo", "Gorm Gade")


def sender(name: str, at: datetime) -> User:
    """Return one of those who send it."""
    email = f"{name.split(maxsplit=1)[0].lower()}@letters.example"
    return User.objects.filter(email=email).first() or personas.unverified(at=at, email=email, display_name=name)


def signed(name: str, letter: str = LETTER) -> str:
    """Return the letter with a name below it."""
    return f"{letter}\n\nMed venlig hilsen\n{name}"


def letters(topic: Topic, count: int, *, at: datetime) -> list[Contribution]:
    """Return the letter as so many people sent it, each published."""
    return [factories.a_published(topic, at=at, body=signed(name), by=sender(name, at)) for name in PEOPLE[:count]]


def confirmed(rows: list[Contribution], *, at: datetime) -> LetterCluster:
    """Return the letter that a moderator confirmed these to be."""
    (first, *others), by = [(row, row.version) for row in rows], as_moderator(factories.a_moderator(at))
    cluster = confirm_letter(shown=first, others=others, by=by, at=at)
    assert cluster is not None
    return cluster
