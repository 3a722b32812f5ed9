"""Colours by numbers: how well two of them can be told apart, and which shades a municipality's colour comes in."""

import re
from typing import NamedTuple

LEAST_CONTRAST = 4.5  # WCAG 2.1, criterion 1.4.3: text of ordinary size
# The grounds on which the colour stands as text or under it: of light pages and of dark ones, as in tokens.css.
LIGHT_GROUNDS = ("#ffffff", "#f1f5f5", "#e6edee")
DARK_GROUNDS = ("#0d161b", "#15212a", "#1e2d37")
LIGHT_INK, DARK_INK, DARK_SURFACE = "#13222b", "#e8f0f2", "#15212a"
WHITE, BLACK = "#ffffff", "#000000"
DARKEST_LINEAR = 0.04045  # sRGB (IEC 61966-2-1): up to here a channel is a straight line
TINT = 0.12
PRESSED = 0.25
STEPS = 100
_HEX = re.compile(r"^#[0-9a-f]{6}$")


class Shades(NamedTuple):
    """What the tokens of one theme become, each as #rrggbb."""

    brand: str
    pressed: str
    on_brand: str
    on_brand_quiet: str
    tint: str


def colour_of(text: str) -> str:
    """Return a colour as #rrggbb in small letters; raises ValueError for anything else."""
    colour = text.strip().lower()
    colour = colour if colour.startswith("#") else f"#{colour}"
    if not _HEX.match(colour):
        raise ValueError(text)
    return colour


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21, as WCAG 2.1 reckons it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """Return `one` with so large a share (0 to 1) of `other` in it."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def light_shades(colour: str) -> Shades:
    """Return the shades on light pages, of a colour that `least_contrast` finds fit."""
    return Shades(colour, mixed(colour, BLACK, PRESSED), WHITE, mixed(WHITE, colour, TINT), mixed(WHITE, colour, TINT))


def dark_shades(colour: str) -> Shades:
    """Return the shades on dark pages: as much lighter as reading asks for, with dark words on them."""
    tint = mixed(DARK_SURFACE, colour, TINT)
    brand = _until_readable(colour, WHITE, (*DARK_GROUNDS, tint))
    on_brand = _until_readable(mixed(BLACK, colour, TINT), BLACK, (brand,))
    return Shades(brand, mixed(brand, WHITE, PRESSED), on_brand, on_brand, tint)


def least_contrast(colour: str) -> float:
    """Return the smallest contrast that the colour has with what it stands on, or what stands on it, on light pages."""
    shades = light_shades(colour)
    grounds = (*LIGHT_GROUNDS, shades.on_brand, shades.on_brand_quiet, shades.tint)
    return min(contrast(colour, ground) for ground in grounds)


def readable_shade(colour: str) -> str:
    """Return the colour itself if text in it can be read on light pages, else the nearest darker shade that can."""
    for step in range(STEPS + 1):
        shade = mixed(colour, BLACK, step / STEPS)
        if least_contrast(shade) >= LEAST_CONTRAST:
            return shade
    return BLACK


def _until_readable(colour: str, towards: str, grounds: tuple[str, ...]) -> str:
    """Return the first shade on the way that can be read on all of these grounds."""
    for step in range(STEPS + 1):
        shade = mixed(colour, towards, step / STEPS)
        if min(contrast(shade, ground) for ground in grounds) >= LEAST_CONTRAST:
            return shade
    return towards


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= DARKEST_LINEAR else ((channel + 0.055) / 1.055) ** 2.4


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
