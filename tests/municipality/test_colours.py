"""A colour is fit when everyone can read text in it, in its shades too, on light pages and on dark ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.municipality.engine.colours import (
    DARK_GROUNDS,
    DARK_INK,
    LEAST_CONTRAST,
    LIGHT_GROUNDS,
    LIGHT_INK,
    colour_of,
    contrast,
    dark_shades,
    least_contrast,
    light_shades,
    readable_shade,
)

COLOURS = st.integers(min_value=0, max_value=0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        # Known pairs: the lightest grey that passes on white, and the first that does not.
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
    ],
)
def test_contrast_is_reckoned_as_wcag_says(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize("typed", ["#7A1F3D", "7a1f3d", " #7a1f3d "])
def test_a_colour_is_read_as_people_write_it(typed: str) -> None:
    assert colour_of(typed) == "#7a1f3d"


@pytest.mark.parametrize("typed", ["", "#fff", "red", "#7a1f3g", "#7a1f3d;", "rgb(1,2,3)", "#7a1f3d}"])
def test_what_is_no_colour_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        colour_of(typed)


@given(COLOURS)
def test_the_shade_that_is_proposed_can_be_read_everywhere(colour: str) -> None:
    shade = readable_shade(colour)
    light, dark = light_shades(shade), dark_shades(shade)

    assert least_contrast(shade) >= LEAST_CONTRAST
    pairs = [
        *((light.brand, ground) for ground in (*LIGHT_GROUNDS, light.on_brand, light.on_brand_quiet, light.tint)),
        *((light.pressed, ground) for ground in (light.on_brand, light.on_brand_quiet)),
        (LIGHT_INK, light.tint),
        *((dark.brand, ground) for ground in (*DARK_GROUNDS, dark.on_brand, dark.on_brand_quiet, dark.tint)),
        *((dark.pressed, ground) for ground in (dark.on_brand, dark.on_brand_quiet)),
        (DARK_INK, dark.tint),
    ]
    for one, other in pairs:
        assert contrast(one, other) >= LEAST_CONTRAST, (colour, one, other)


@given(COLOURS)
def test_a_colour_that_can_be_read_stays_as_it_is(colour: str) -> None:
    assert (readable_shade(colour) == colour) == (least_contrast(colour) >= LEAST_CONTRAST)
