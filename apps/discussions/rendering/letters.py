"""How the texts of one letter are shown beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.common.richtext import trusted
from apps.discussions.engine.letters import Difference, difference
from apps.discussions.models import Contribution
from apps.discussions.queries import Reading
from apps.discussions.rendering.articles import Article
from apps.discussions.rendering.printing import Printer


@dataclass(frozen=True, slots=True)
class TextOfLetter:
    """One text of a letter, as an article, with how it differs from the one that is shown."""

    article: Article
    difference: Difference


def letter_texts(shown: Contribution, others: Sequence[Contribution], reading: Reading) -> list[TextOfLetter]:
    """Return the shown text of a letter and the others, in the order given."""
    printer = Printer(reading)
    made = []
    for row in (shown, *others):
        article = printer.person(row, trusted(row.body_html))
        article.letter = article.letter_url = ""
        made.append(TextOfLetter(article, difference(shown.body, row.body)))
    return made
