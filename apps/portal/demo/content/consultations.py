"""The consultations of the demo, in the order in which they are seeded."""

from __future__ import annotations

from apps.portal.demo.content.cycle_path import CYCLE_PATH
from apps.portal.demo.content.forest import FOREST
from apps.portal.demo.content.hearing import HEARING

CONSULTATIONS = (CYCLE_PATH, HEARING, FOREST)
