"""Makes the PDF of a made-up white paper and says what it cost: seconds, megabytes at most, pages.

Run by `test_paper_file.py` in a process of its own, whose memory is all the PDF's. The texts are as long as those of
hearings are: 200 to 1,800 characters, 740 in the middle.
"""

import json
import os
import random
import resource
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

ROOT = Path(__file__).parents[2]
LENGTHS = (200, 300, 500, 700, 700, 1_000, 1_800)
WORDS = [
    "vi",
    "mener",
    "at",
    "kommunens",
    "forslag",
    "til",
    "byudvikling",
    "ved",
    "havnefronten",
    "bør",
    "ændres",
    "så",
    "trafikforholdene",
    "forbedres",
    "for",
    "cyklister",
    "og",
    "gående",
    "børn",
    "ældre",
    "parkeringspladser",
    "støjbelastning",
    "udstykningsplan",
    "lokalplanområde",
    "beboerforening",
]


def main(count: int) -> None:
    """Make it, and print one line of JSON."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    sys.path.insert(0, str(ROOT))
    import django  # noqa: PLC0415 - after the environment is set

    django.setup()
    from django.template.loader import render_to_string  # noqa: PLC0415
    from django.utils.translation import override  # noqa: PLC0415

    from apps.common.pdf import pdf_with_progress  # noqa: PLC0415
    from apps.publications.rendering.printing import LANGUAGE, STYLES  # noqa: PLC0415

    steps: list[int] = []
    with override(LANGUAGE):
        context = _context(count, random.Random(1))  # noqa: S311 - made-up texts
        began = time.monotonic()
        html = render_to_string("publications/print/white_paper.html", context)
    made = pdf_with_progress(html, stylesheet=STYLES, tell=steps.append)
    used = resource.getrusage(resource.RUSAGE_SELF)
    told = {
        "seconds": round(time.monotonic() - began, 1),
        "processor": round(used.ru_utime + used.ru_stime, 1),
        "megabytes": used.ru_maxrss // 1024,
        "pages": made.pages,
        "size": len(made.content),
        "characters": len(html),
        "steps": steps,
    }
    print(json.dumps(told))  # noqa: T201 - what it is for


def _context(count: int, chance: random.Random) -> dict[str, Any]:
    from django.utils.timezone import now  # noqa: PLC0415

    from apps.publications.rendering.papers import ShownChapter  # noqa: PLC0415

    statements = [_statement(place, count, chance) for place in range(1, 41)]
    chapters = [
        ShownChapter(number, f"Emne {number}", "", statements[(number - 1) * 10 : number * 10])
        for number in range(1, 5)
    ]
    version = SimpleNamespace(
        version=1, published_at=now(), note="", received=count, left_out=0, checksum="0" * 64, published_by=None
    )
    process = SimpleNamespace(phases=(), meetings=(), people=count, contributions=count, unpublished=0)
    return {
        "version": version,
        "content": {"intro": "", "intro_html": ""},
        "consultation": SimpleNamespace(title="Havnefronten"),
        "municipality": SimpleNamespace(name="Vesterhav Kommune", crest=None),
        "chapters": chapters,
        "changes": (),
        "process": process,
        "channels": (),
        "districts": (),
        "annex": [_voice(number, statements, chance) for number in range(1, count + 1)],
        "page_url": "https://example.org/",
    }


def _statement(place: int, count: int, chance: random.Random) -> Any:
    from apps.common.richtext import to_html, trusted  # noqa: PLC0415
    from apps.publications.rendering.papers import ShownArgument  # noqa: PLC0415

    return ShownArgument(
        label=f"{(place - 1) // 10 + 1}.{(place - 1) % 10 + 1}",
        title=_text(60, chance),
        argument=trusted(to_html(_text(700, chance))),
        disposition="partly",
        disposition_words="Delvist imødekommet",
        reply=trusted(to_html(_text(1_500, chance))),
        change="",
        change_reference="",
        numbers=list(range(place, count + 1, 40)),
        same_letter=(),
        people="50 forskellige personer",
    )


def _voice(number: int, statements: list[Any], chance: random.Random) -> Any:
    from django.utils.timezone import now  # noqa: PLC0415

    from apps.common.richtext import to_html  # noqa: PLC0415

    text = SimpleNamespace(
        shown_name="Anne Jensen",
        author_is_resident=True,
        author_is_organisation=False,
        author_district="Havby",
        received_at=now(),
        topic=SimpleNamespace(title="Emne 1"),
    )
    body = "\n\n".join(_text(chance.choice(LENGTHS) // 2, chance) for _turn in range(2))
    labels = [statements[(number - 1) % 40].label]
    return SimpleNamespace(
        number=number, is_public=True, html=to_html(body), labels=labels, how="statement", contribution=text
    )


def _text(length: int, chance: random.Random) -> str:
    sentences: list[str] = []
    while sum(map(len, sentences)) < length:
        sentences.append(" ".join(chance.choice(WORDS) for _turn in range(12)).capitalize() + ".")
    return " ".join(sentences)


if __name__ == "__main__":
    main(int(sys.argv[1]))
