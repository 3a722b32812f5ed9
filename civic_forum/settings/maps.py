"""Maps: the country in which everything on them has to lie."""

from civic_forum.environment import read

COUNTRY_BOUNDS = read("COUNTRY_BOUNDS")
