"""The one way from what people write to HTML: a small Markdown, two sanitisers, no surprises.

No other module imports a sanitiser or a Markdown parser, or marks a string as safe.
"""

import re
import unicodedata
from collections.abc import Callable
from html import escape
from typing import Final

import bleach
import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, list_block
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, link
from markdown_it.token import Token

MAX_CHARACTERS: Final = 10_000
MAX_BLOCKS: Final = 1_000
MAX_HTML: Final = 60_000
MAX_DEPTH: Final = 3
MAX_MARKS_IN_A_ROW: Final = 8

_TAGS: Final = {"p", "br", "ul", "ol", "li", "em", "strong", "blockquote", "a"}
_ATTRIBUTES: Final = {"a": {"href"}, "ol": {"start"}}
_SCHEMES: Final = {"http", "https", "mailto"}
_REL: Final = "nofollow ugc noopener"

# A target names a host and no user before it (https://kommune.dk@example.com is a trick), or one address.
_TARGET: Final = re.compile(
    r"https?://[^\s/?#@\\]+(?:[/?#]\S*)?|mailto:[^\s@?&:/]+@[^\s@?&:/]+(?:\?\S*)?", re.IGNORECASE
)
_BARE_SCHEME: Final = re.compile(r"(?<![a-z0-9.+-])https?\Z", re.IGNORECASE)
_BARE_REST: Final = re.compile(r"://[^\s<>\"]+")
_START_NUMBER: Final = re.compile(r"[0-9]{1,9}")
_BEFORE_BLOCK: Final = re.compile(r"(?:[ \t]*(?:>|[-*+][ \t]|[0-9]{1,9}[.)][ \t]))*[ \t]*")
_BLANK_LINES: Final = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")

_LINE_ENDS: Final = re.compile("\r\n?|[\v\f\u2028\u2029]")
# Controls, bidirectional overrides and isolates, lone surrogates, marks of byte order and annotation, non-characters.
_UNWANTED: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb\ufdd0-\ufdef"
    + "".join(chr(plane + 0xFFFE) + chr(plane + 0xFFFF) for plane in range(0, 0x110000, 0x10000))
    + "]"
)
# Letters and a symbol that take room and show nothing.
_FILLERS: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_NOT_LATIN: Final = re.compile(f"[^\x00-\u02ff]{{{MAX_MARKS_IN_A_ROW + 1},}}")


def clean(text: str) -> str:
    """The text as it is stored: NFC, line feeds as line ends, without characters that only disturb or deceive.

    Of a row of combining marks the first eight stay: no script needs more, and longer rows make
    normalising quadratic and cover the lines around them. Cleaning twice changes nothing more.
    """
    text = _UNWANTED.sub("", _LINE_ENDS.sub("\n", text))
    return _with_few_marks(unicodedata.normalize("NFC", _with_few_marks(text)))


def one_line(text: str) -> str:
    """The text cleaned, on one line and without blanks around it: for names, titles and reasons."""
    return " ".join(clean(text).split())


def is_unseen(text: str) -> bool:
    """Tell whether nothing of a text can be seen: blanks, joiners, fillers, marks that stand on nothing."""
    return all(sign in _FILLERS or unicodedata.category(sign)[0] in "ZCM" for sign in text)


def to_html(text: str) -> str:
    """The small Markdown of contributions as safe HTML: the same for the same text, for any text.

    Paragraphs, line breaks, lists, quotes, emphasis and links; everything else stays the text it
    is. Only the first 10,000 characters count. A text with more than 1,000 blocks or 60,000
    characters of HTML, or one the parser fails on, comes back as plain paragraphs.
    """
    text = _capped(text)
    try:
        tokens = _MARKDOWN.parse(text)
        if sum(token.nesting == 1 and not token.hidden for token in tokens) <= MAX_BLOCKS:
            html = _sanitised(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))
            if len(html) <= MAX_HTML:
                return html
    except Exception:  # noqa: BLE001, S110 - whatever a parser stumbles over, the text is shown
        pass
    return _sanitised(_plain_paragraphs(text))


def plain(text: str, limit: int) -> str:
    """The words of a text in the small Markdown on one line, at most `limit` characters, for titles and mails."""
    text = _capped(text)
    try:
        words = "\n".join(_words(token) for token in _MARKDOWN.parse(text) if token.type == "inline")
    except Exception:  # noqa: BLE001 - as in to_html
        words = text
    words = " ".join(words.split())
    if len(words) <= limit:
        return words
    cut = words[: max(limit - 1, 0)]
    cut = cut.rpartition(" ")[0] if " " in cut[limit // 2 :] else cut
    return f"{cut.rstrip()}…"[: max(limit, 0)]


def block_spans(text: str) -> list[tuple[int, int]]:
    """Where the paragraphs and items of a cleaned text in the small Markdown begin and end, in their order.

    Marks of quotes and items before the first word of a block are not of it. A text that the parser fails on is one
    block.
    """
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    try:
        maps = [token.map for token in _MARKDOWN.parse(text) if token.type == "inline" and token.map]
    except Exception:  # noqa: BLE001 - as in to_html
        return [(0, len(text))]
    spans = []
    for first, behind in maps:
        begin, end = starts[first], min(starts[behind] - 1, len(text))
        before = _BEFORE_BLOCK.match(text, begin, end)
        spans.append((before.end() if before else begin, end))
    return spans


def trusted(html: str) -> SafeString:
    """HTML that `to_html` made and that was stored, marked so that templates do not escape it again."""
    return mark_safe(html)  # noqa: S308 - the one place


def _capped(text: str) -> str:
    # Four times the limit leaves room for what cleaning removes, and bounds its work.
    return clean(text[: 4 * MAX_CHARACTERS])[:MAX_CHARACTERS]


def _with_few_marks(text: str) -> str:
    return _NOT_LATIN.sub(lambda match: _first_marks(match.group()), text)


def _first_marks(run: str) -> str:
    kept: list[str] = []
    marks = 0
    for character in run:
        marks = marks + 1 if unicodedata.category(character) in {"Mn", "Me", "Mc"} else 0
        if marks <= MAX_MARKS_IN_A_ROW:
            kept.append(character)
    return "".join(kept)


def _sanitised(html: str) -> str:
    """The HTML after both sanitisers; each alone would do, and they share no code."""
    once = bleach.clean(
        html,
        tags=_TAGS,
        attributes={tag: sorted(names) for tag, names in _ATTRIBUTES.items()},
        protocols=_SCHEMES,
        strip=True,
    )
    return nh3.clean(
        once, tags=_TAGS, attributes=_ATTRIBUTES, attribute_filter=_attribute, url_schemes=_SCHEMES, link_rel=_REL
    ).strip()


def _attribute(tag: str, name: str, value: str) -> str | None:
    wanted = _TARGET if (tag, name) == ("a", "href") else _START_NUMBER
    return value if name == "rel" or wanted.fullmatch(value) else None


def _plain_paragraphs(text: str) -> str:
    """The text without marks: blank lines part paragraphs; what follows the last allowed one joins it."""
    parts = _BLANK_LINES.split(escape(text.strip(), quote=False), maxsplit=MAX_BLOCKS - 1)
    return "\n".join(f"<p>{part.replace(chr(10), '<br>' + chr(10))}</p>" for part in parts)


def _words(token: Token) -> str:
    return "".join(
        child.content if child.type == "text" else " "
        for child in token.children or ()
        if child.type in {"text", "softbreak", "hardbreak"}
    )


BlockRule = Callable[[StateBlock, int, int, bool], bool]


def _not_too_deep(rule: BlockRule) -> BlockRule:
    """The rule for quotes or lists, blind where three are already open: deeper marks stay text.

    Asked silently about a line to the left of what is open, it answers for the lists and quotes around.
    """

    def limited(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
        depth: int = state.env.get("depth", 0)
        if depth >= MAX_DEPTH and not (silent and state.sCount[start] < state.blkIndent):
            return False
        state.env["depth"] = depth + 1
        try:
            return rule(state, start, end, silent)
        finally:
            state.env["depth"] = depth

    return limited


def _link_but_no_image(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """A link, unless an exclamation mark makes it an image, which stays text.

    Looking for the sign between words and target first spares a row of brackets a search each.
    """
    is_image = state.src.startswith("!", max(state.pos - 1, 0))
    return not is_image and state.src.find("](", state.pos) >= 0 and link(state, silent)


def _bare_link(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """An address written out becomes a link to itself; the signs that end its sentence stay outside."""
    # Six characters hold the scheme and the one before it; searching all that is pending would be quadratic.
    scheme = _BARE_SCHEME.search(state.pending[-6:]) if state.src[state.pos] == ":" else None
    rest = scheme and _BARE_REST.match(state.src, state.pos, state.posMax)
    if state.linkLevel or not scheme or not rest:
        return False
    shown = _without_last_signs(scheme.group() + rest.group())
    href = state.md.normalizeLink(shown)
    if not _TARGET.fullmatch(href):
        return False
    if not silent:
        state.pending = state.pending.removesuffix(scheme.group())
        state.push("link_open", "a", 1).attrs = {"href": href}
        state.push("text", "", 0).content = shown
        state.push("link_close", "a", -1)
    state.pos += len(shown) - len(scheme.group())
    return True


def _without_last_signs(address: str) -> str:
    while address and (
        address[-1] in ".,;:!?'\"*_~”’»]}" or (address[-1] == ")" and address.count(")") > address.count("("))
    ):
        address = address[:-1]
    return address


def _drop_empty_links(state: StateCore) -> None:
    """`[words]()` leads nowhere: the words stay."""
    for token in state.tokens:
        kept: list[Token] = []
        leads_nowhere = False
        for child in token.children or ():
            if child.type == "link_open":
                leads_nowhere = not child.attrs.get("href")
            if not (leads_nowhere and child.type in {"link_open", "link_close"}):
                kept.append(child)
        if token.children:
            token.children = kept


def _small_markdown() -> MarkdownIt:
    markdown = MarkdownIt("zero", {"breaks": True, "html": False})
    markdown.enable(["blockquote", "list", "newline", "escape", "emphasis", "link", "autolink"])
    ends = ["paragraph", "blockquote"]  # what a quote or a list may interrupt
    markdown.block.ruler.at("blockquote", _not_too_deep(blockquote), {"alt": [*ends, "list"]})
    markdown.block.ruler.at("list", _not_too_deep(list_block), {"alt": ends})
    markdown.inline.ruler.at("link", _link_but_no_image)
    markdown.inline.ruler.after("text", "bare_link", _bare_link)
    markdown.core.ruler.push("drop_empty_links", _drop_empty_links)
    # Quotation marks need no entity between tags, and thousands of entities are what slows bleach.
    markdown.add_render_rule("text", lambda _, tokens, index, *__: escape(tokens[index].content, quote=False))
    markdown.validateLink = _is_target  # type: ignore[method-assign, assignment]
    return markdown


def _is_target(address: str) -> bool:
    return _TARGET.fullmatch(address) is not None


_MARKDOWN: Final = _small_markdown()
