"""What is written in the tree: nothing about the machine it was made on, and every sentence in Danish."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
from django.utils.translation.template import templatize

from tests.architecture.source import ROOT, calls, dotted, modules, refuse, templates, text_of

LOCALE = ROOT / "civic_forum" / "locale" / "da" / "LC_MESSAGES"
WRITTEN = {
    ".py",
    ".html",
    ".txt",
    ".md",
    ".css",
    ".js",
    ".toml",
    ".yml",
    ".yaml",
    ".service",
    ".conf",
    ".sh",
    ".po",
    "",
}
# Made by tools, or not ours.
# `.git` is a file in a second working tree.
LEFT_OUT = {"LICENSE", "OFL.txt", ".git"}
FOLDERS = ("apps", "civic_forum", "templates", "static", "tests", "docs", "deploy", ".ci")
FOREIGN = re.compile(r"(?<!\w)/work/|/root/|/home/\w|/opt/\w|\b[Ii]ssue \d+\b|\bTODO\b|\bFIXME\b|\bXXX\b")
TRANSLATORS = {"_", *(f"{kind}gettext{lazy}" for kind in ("", "n", "p", "np") for lazy in ("", "_lazy", "_noop"))}


def test_no_text_tells_of_the_machine_or_of_unfinished_work() -> None:
    offenders = (
        f"{path.relative_to(ROOT)}:{number}: {match[0]}"
        for path in _written_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        for match in FOREIGN.finditer(line)
    )

    refuse(offenders, "say it in the words of the project, or finish it")


def test_every_sentence_is_translated() -> None:
    catalogue = _catalogue("django.po")
    offenders = (f"{entry.msgid[:70]!r}" for entry in catalogue if not entry.obsolete and not entry.translated())

    refuse(offenders, "write the Danish in civic_forum/locale/da/LC_MESSAGES/django.po and take the fuzzy mark away")


def test_the_compiled_catalogue_is_the_written_one() -> None:
    written = {entry.msgid_with_context: _said(entry) for entry in _catalogue("django.po").translated_entries()}
    compiled = {entry.msgid_with_context: _said(entry) for entry in _catalogue("django.mo")}

    assert compiled == written, "Remedy: run `manage.py compilemessages` and commit the .mo"


def test_every_sentence_in_the_code_is_in_the_catalogue() -> None:
    catalogue = {entry.msgid for entry in _catalogue("django.po") if not entry.obsolete}
    missing = (f"{place}: {sentence[:70]!r}" for place, sentence in _sentences() if sentence not in catalogue)

    refuse(missing if catalogue else (), "run `manage.py makemessages --locale da` and translate what is new")


def test_translations_keep_the_places_for_values() -> None:
    place = re.compile(r"%\((\w+)\)[sd]|{(\w+)}")
    offenders = (
        repr(entry.msgid[:70])
        for entry in _catalogue("django.po")
        if entry.msgstr and set(place.findall(entry.msgstr)) != set(place.findall(entry.msgid))
    )

    refuse(offenders, "use the same %(names)s in the Danish sentence")


def _written_files() -> Iterator[Path]:
    inside = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*"))
    for path in sorted({*ROOT.glob("*"), *inside}):
        made_here = "__pycache__" in path.parts or path.is_relative_to(ROOT / ".ci" / "work")
        if path.is_file() and path.suffix in WRITTEN and path.name not in LEFT_OUT | {Path(__file__).name}:
            yield from () if made_here else (path,)


def _catalogue(name: str) -> "polib.POFile | polib.MOFile":
    path = LOCALE / name
    if not path.exists():
        return polib.POFile()
    return polib.mofile(str(path)) if path.suffix == ".mo" else polib.pofile(str(path))


def _said(entry: "polib.POEntry | polib.MOEntry") -> object:
    return dict(entry.msgstr_plural) if entry.msgid_plural else entry.msgstr


def _sentences() -> Iterator[tuple[str, str]]:
    """Return (place, msgid) of every sentence marked for translation."""
    for module in modules():
        yield from ((module.at(call), sentence) for call, sentence in _marked(module.tree))
    for name, text in templates().items():
        for line in re.findall(r"\b(?:_|n?p?gettext)\(.*?\)(?=\s|$)", templatize(text)):
            yield from ((f"templates/{name}", sentence) for sentence in _literals(line))


def _marked(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    for call in calls(tree):
        name = dotted(call.func).split(".")[-1]
        sentence = text_of(call.args["p" in name]) if name in TRANSLATORS and len(call.args) > ("p" in name) else None
        if sentence:
            yield call, sentence


def _literals(source: str) -> Iterator[str]:
    try:
        tree = ast.parse(source.strip())
    except SyntaxError:
        return
    yield from (sentence for _call, sentence in _marked(tree))
