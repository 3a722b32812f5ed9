"""Turns the HTML of other platforms into the small Markdown of contributions. Safe is what richtext makes of that."""

import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

_KNOWN = (
    "a|b|blockquote|br|center|dd|div|dl|dt|em|figure|font|h[1-6]|i|li|ol|p|pre|s|section|small|span|strike|strong|sub"
    "|sup|table|tbody|td|th|thead|tr|u|ul"
)
_HTML = re.compile(rf"</?(?:{_KNOWN})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_LISTS, _QUOTE = {"ul", "ol"}, "blockquote"
_BLOCKS = {"address", "article", "center", "dd", "div", "dl", "dt", "figcaption", "figure", "footer", "header", "hr"}
_BLOCKS |= {"p", "pre", "section", "table", "tr"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_STRONG, _EMPHASIS = {"b", "strong", *_HEADINGS}, {"i", "em"}
_SILENT = {"script", "style", "template"}
_MAX_DEPTH = 3
_LINE_MARKS = re.compile(r"^([ \t]*)([0-9]{1,9}(?=[.)](?:\s|\Z))|(?=[-+*](?:\s|\Z)|>))([-+*>.)])", re.MULTILINE)
_ITEM = re.compile(r"- |[0-9]+\. ")  # only a list begins so: in paragraphs these signs are escaped

_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_TARGET = re.compile(r"(?:https?://|mailto:)[^\s<>]+", re.IGNORECASE)
_SPLIT_MARKS = re.compile(r"(?<!\\)[\[\]]")
_MARKS = re.compile(
    r"\\(?=[!-/:-@\[-`{-~])"  # a backslash that would hide itself
    r"|(?<!\s)\*|\*(?!\s|\Z)"
    r"|(?<![\w\s])_|(?<=\s)_(?!\s|\Z)|(?<=\w)_(?!\w)|\A_"
    r"|\](?=\()"
    r"|<(?=\Z|[a-z][a-z0-9+.-]*:|[^\s<>@]+@)",
    re.IGNORECASE,
)


def is_html(text: str) -> bool:
    """Whether the text holds a tag that editors write; `a < b` and a lone `<script>` are plain text."""
    return _HTML.search(text) is not None


def escape_marks(text: str) -> str:
    """Plain text with a backslash before what the small Markdown would read as a mark; addresses stay as they are."""
    parts: list[str] = []
    end = 0
    for address in _ADDRESS.finditer(text):
        parts += [_MARKS.sub(r"\\\g<0>", text[end : address.start()]), address.group()]
        end = address.end()
    return "".join([*parts, _MARKS.sub(r"\\\g<0>", text[end:])])


def escape_line_starts(text: str) -> str:
    """Lines that would begin a list or a quote with a backslash before their sign."""
    return _LINE_MARKS.sub(lambda match: f"{match[1]}{match[2] or ''}\\{match[3]}", text)


def html_to_markdown(html: str) -> str:
    """The small Markdown of the HTML: paragraphs, breaks, lists, quotes, emphasis, links; the rest as its words."""
    converter = _Converter()
    try:
        converter.feed(html)
        converter.close()
    except AssertionError:  # html.parser's answer to a broken declaration; what came before it is kept
        pass
    return converter.result()


@dataclass(slots=True)
class _Box:
    """A list, a list's item, a quote or the whole text, with the blocks found in it so far."""

    tag: str
    blocks: list[str] = field(default_factory=list)
    number: int = 1


@dataclass(frozen=True, slots=True)
class _Run:
    """Words written in one way."""

    words: str
    strong: bool = False
    emphasis: bool = False
    target: str = ""

    def is_alike(self, other: "_Run") -> bool:
        return (self.strong, self.emphasis, self.target) == (other.strong, other.emphasis, other.target)


class _Converter(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._boxes = [_Box("")]
        self._runs: list[_Run] = []
        self._strong = self._emphasis = self._silent = self._too_deep = 0
        self._target = ""

    def result(self) -> str:
        """The Markdown of all that was read, with whatever was left open closed."""
        while len(self._boxes) > 1:
            self._close_box()
        self._end_paragraph()
        return "\n\n".join(self._boxes[0].blocks)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self._silent += tag in _SILENT
        self._change_marks(tag, 1)
        if tag in _LISTS or tag == _QUOTE:
            self._open_box(tag, attributes.get("start", ""))
        elif tag == "li":
            self._open_item()
        elif tag in _BLOCKS or tag in _HEADINGS:
            self._end_paragraph()
        elif tag == "br":
            self._runs.append(_Run("\n"))
        elif tag in {"td", "th"}:
            self._add(" ")
        elif tag == "img":
            self._add(attributes.get("alt", ""))
        elif tag == "a":
            target = attributes.get("href", "").strip()
            self._target = target if _TARGET.fullmatch(target) and "\\" not in target else ""

    def handle_endtag(self, tag: str) -> None:
        if tag in _HEADINGS or tag in _BLOCKS:
            self._end_paragraph()
        self._silent = max(self._silent - (tag in _SILENT), 0)
        self._change_marks(tag, -1)
        if tag == "a":
            self._target = ""
        elif tag in _LISTS or tag in {_QUOTE, "li"}:
            self._leave_box(tag)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._add(re.sub(r"\s+", " ", data))

    def _add(self, words: str) -> None:
        self._runs.append(_Run(words, self._strong > 0, self._emphasis > 0, self._target))

    def _change_marks(self, tag: str, step: int) -> None:
        if step > 0 and tag in _HEADINGS:
            self._end_paragraph()
        self._strong = max(self._strong + step * (tag in _STRONG), 0)
        self._emphasis = max(self._emphasis + step * (tag in _EMPHASIS), 0)

    def _open_box(self, tag: str, start: str) -> None:
        self._end_paragraph()
        if sum(box.tag in _LISTS or box.tag == _QUOTE for box in self._boxes) >= _MAX_DEPTH:
            self._too_deep += tag in _LISTS
            return
        number = int(start) if tag == "ol" and re.fullmatch(r"[0-9]{1,9}", start) else 1
        self._boxes.append(_Box(tag, number=number))

    def _open_item(self) -> None:
        self._end_paragraph()
        if self._boxes[-1].tag == "li":
            self._close_box()
        if self._boxes[-1].tag not in _LISTS:
            self._open_box("ul", "")
        if self._boxes[-1].tag in _LISTS:
            self._boxes.append(_Box("li"))

    def _leave_box(self, tag: str) -> None:
        self._end_paragraph()
        if tag in _LISTS and self._too_deep:
            self._too_deep -= 1
        elif tag in (open_tags := [box.tag for box in self._boxes]) and not self._is_of_outer_list(tag, open_tags):
            while self._boxes[-1].tag != tag:
                self._close_box()
            self._close_box()

    def _is_of_outer_list(self, tag: str, open_tags: list[str]) -> bool:
        """Whether `</li>` would close an item around the list at hand rather than one of it."""
        return tag == "li" and open_tags[-1] in _LISTS

    def _close_box(self) -> None:
        self._end_paragraph()
        box = self._boxes.pop()
        around = self._boxes[-1]
        if box.tag == "li":
            if box.blocks:
                marker = f"{around.number}. " if around.tag == "ol" else "- "
                around.blocks.append(marker + _indented(_item(box.blocks), " " * len(marker)))
                around.number += 1
        elif box.blocks and box.tag == _QUOTE:
            around.blocks.append("\n".join(f"> {line}".rstrip() for line in "\n\n".join(box.blocks).split("\n")))
        elif box.blocks:
            around.blocks.append("\n".join(box.blocks))

    def _end_paragraph(self) -> None:
        text, self._runs = _paragraph(self._runs), []
        if text:
            self._boxes[-1].blocks.append(text)


def _item(blocks: list[str]) -> str:
    """The blocks of an item: a list in it follows at once, so that the items around stay close together."""
    return blocks[0] + "".join(("\n" if _ITEM.match(block) else "\n\n") + block for block in blocks[1:])


def _indented(text: str, margin: str) -> str:
    return "\n".join(margin + line if number and line else line for number, line in enumerate(text.split("\n")))


def _paragraph(runs: list[_Run]) -> str:
    lines: list[list[_Run]] = [[]]
    for run in runs:
        if run.words == "\n":
            lines.append([])
        elif lines[-1] and lines[-1][-1].is_alike(run):
            lines[-1][-1] = replace(run, words=lines[-1][-1].words + run.words)
        elif run.words:
            lines[-1].append(run)
    texts = [" ".join(_line(line).split()) for line in lines]
    return escape_line_starts("\n".join(text for text in texts if text))


def _line(runs: list[_Run]) -> str:
    text = ""
    for number, run in enumerate(runs):
        core = run.words.strip()
        after = runs[number + 1].words[:1] if number + 1 < len(runs) else " "
        lead = run.words[: len(run.words) - len(run.words.lstrip())]
        trail = run.words[len(run.words.rstrip()) :] if core else ""
        text += lead + (_marked(run, core, (text + lead)[-1:], trail[:1] or after) if core else "") + trail
    return text


def _marked(run: _Run, core: str, before: str, after: str) -> str:
    """The words with their marks, left out where the neighbours would keep them from being read as marks."""
    words = escape_marks(core)
    if run.target:
        label = _SPLIT_MARKS.sub(r"\\\g<0>", words)
        target = f"<{run.target}>" if re.search(r"[()]", run.target) else run.target
        words = run.target if core == run.target else f"[{label}]({target})"
    signs = "**" * run.strong + "*" * run.emphasis
    clings = (before.isalnum() and not words[0].isalnum()) or (after.isalnum() and not words[-1].isalnum())
    return words if clings or before == "*" else signs + words + signs
