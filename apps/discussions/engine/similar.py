"""Short texts about the same thing, by the words that they share. It decides nothing: people are asked to look."""

import re

FEWEST_SHARED, SHARE, STEM, SHORTEST = 2, 0.4, 6, 4
MOST_STEMS = 40
_WORD = re.compile(r"[^\W\d_]+")
# Words that say nothing about what a text is about, in both languages of the pages.
_EMPTY = frozenset(
    _WORD.findall("""
    about again alle alligevel altid andre away bare been before being blev blive bliver burde could denne dens
    deres derfor dette disse does eller enhver ellers endnu every fordi forslag from gerne have having havde hele helt
    here herfra hver hvis hvor hvorfor ikke indtil ingen into just kunne lige like lots lave laves lavet mange meget
    mere mine more most mellem much must måske need nogen nogle noget number også other over please really samt
    selv should side siden skal skulle some sometimes stadig still suggest suggestion sådan such than that their them
    then there these they thing think this those time through under until vores very være været ville want were what
    when where which while will with would without your eneste flere foreslår synes altså jeres kommunen kommune
    municipality""")
)


def stems_of(text: str) -> frozenset[str]:
    """Return the beginnings of the words that a text is about: endings differ, and compounds begin alike."""
    words = (word for word in _WORD.findall(text.lower()) if len(word) >= SHORTEST and word not in _EMPTY)
    return frozenset(list(dict.fromkeys(word[:STEM] for word in words))[:MOST_STEMS])


def are_similar(stems: frozenset[str], others: frozenset[str]) -> bool:
    """Tell whether two texts share so many words that they may be about the same thing."""
    shared = len(stems & others)
    return shared >= FEWEST_SHARED and shared >= SHARE * min(len(stems), len(others))
