"""Everything installed or shipped may be used by a public body and passed on."""

import re
from importlib.metadata import PackageNotFoundError, metadata

from tests.architecture.source import ROOT, refuse

STATIC = ROOT / "static"
# Licences that would reach into this work. The Lesser GPL (psycopg) does not.
REACHING = re.compile(r"\b(AGPL|GPL|GNU (Affero )?General Public|SSPL|BUSL|Commons Clause|proprietary)", re.IGNORECASE)

# May be taken under another licence than the one named first, or name a trademark as a licence.
FREE_ALL_THE_SAME = {
    "pyphen": "GPL, LGPL or MPL 1.1, as one chooses",
    "qrcode": "BSD; the other line is about the word QR Code, which is a trademark",
}


def test_the_licence_is_the_one_declared() -> None:
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").lstrip().startswith("Mozilla Public License Version 2.0")


def test_what_is_installed_is_free_to_use() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    names = re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)
    doubtful = (name for name in names if name not in FREE_ALL_THE_SAME)
    offenders = (f"{name}: {licence}" for name in doubtful for licence in [_licence(name)] if REACHING.search(licence))

    refuse(offenders, "choose another package")


def test_fonts_carry_their_licence() -> None:
    offenders = (
        str(font.relative_to(ROOT))
        for font in STATIC.rglob("*.woff2")
        if not any((font.parent / name).exists() for name in ("OFL.txt", "LICENSE", "LICENSE.txt"))
    )

    refuse(offenders, "lay the licence's text beside the font")


def _licence(name: str) -> str:
    """Return what a package says of its licence; packages for other systems are not installed here."""
    try:
        about = metadata(name)
    except PackageNotFoundError:
        return ""
    stated = about.get("License-Expression") or ""
    classifiers = [line.split("::")[-1] for line in about.get_all("Classifier", []) if line.startswith("License")]
    return stated or "; ".join(classifiers) or (about.get("License") or "").partition("\n")[0]
