import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.richtext import plain, to_html
from apps.exchange.engine.html_to_markdown import escape_line_starts, escape_marks, html_to_markdown, is_html
from apps.exchange.engine.texts import body_of, has_words, repaired


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>Hej <strong>alle </strong>sammen&nbsp;her</p><p>To<br>tre</p>", "Hej **alle** sammen her\n\nTo\ntre"),
        ("<p>a <em>b</em>, <u>c</u></p>", "a *b*, c"),
        ("<h2>Titel</h2>tekst", "**Titel**\n\ntekst"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<ol start=3><li>a<li>b</ol>", "3. a\n4. b"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "- a\n\n  b"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<li>a<li>b", "- a\n- b"),
        ("<a href='https://a.dk'>b</a>", "[b](https://a.dk)"),
        ("<a href='https://a.dk'>https://a.dk</a>", "https://a.dk"),
        ("<a href='https://a.dk/(x)'>b]</a>", "[b\\]](<https://a.dk/(x)>)"),
        ("<a href='javascript:alert(1)'>b</a>", "b"),
        ("<a href='/b'>b</a>", "b"),
        ("<p>&lt;a onclick=alert(1)&gt;</p>", "<a onclick=alert(1)>"),
        ("<p>a<script>b</script><style>c</style>d</p>", "ad"),
        ("<p>a <img src=x alt='et billede'></p>", "a et billede"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\n\nc"),
        ("<p>*a* _b_ [c](d) 2 * 3 a_b</p>", "\\*a\\* \\_b\\_ [c\\](d) 2 * 3 a_b"),
        ("<p>1. maj</p><p>- nej</p><p>&gt; citat</p>", "1\\. maj\n\n\\- nej\n\n\\> citat"),
        ("<p>https://a.dk/x_y_z*</p>", "https://a.dk/x_y_z*"),
        ("x<strong>\"y\"</strong>z", 'x"y"z'),
        ("<p></p><p> &nbsp; </p>", ""),
        ("<p>a</p>\r\n\r\n<p>b</p>", "a\n\nb"),
    ],
)  # fmt: skip
def test_html_of_a_source_becomes_the_small_markdown(html: str, markdown: str) -> None:
    assert html_to_markdown(html) == markdown


@pytest.mark.parametrize(
    "text", ["a < b", "5 &gt; 3", "<script>alert(1)</script>", "<3", "<HiveMind@Scoop.co.nz>", "__*lukket*__"]
)
def test_plain_text_is_left_as_it_was_written(text: str) -> None:
    assert not is_html(text)
    assert body_of("", text) == text


def test_lists_deeper_than_three_keep_their_items() -> None:
    html = "<ul><li>a<ul><li>b<ul><li>c<ul><li>d</li></ul></li><li>e</li></ul></li><li>f</li></ul></li></ul>"

    assert html_to_markdown(html) == "- a\n  - b\n    - c\n    - d\n    - e\n  - f"


@given(st.text(alphabet="ab1. *_[](){}<>\\`-+>#&;!|~\t", max_size=40))
def test_escaped_words_are_read_as_they_were(words: str) -> None:
    line = " ".join(words.split())

    assert plain(escape_line_starts(escape_marks(line)), 500) == line


@given(st.text(alphabet=st.characters(), max_size=100))
def test_any_text_becomes_a_body(text: str) -> None:
    assert isinstance(to_html(body_of(text[:20], text)), str)


TAGS = ["<p>", "</p>", "<ul>", "</ul>", "<ol>", "<li>", "</li>", "<b>", "</b>", "<i>", "</i>", "<blockquote>"]
TAGS += ["</blockquote>", "<h2>", "</h2>", "<br>", "<a href=https://kommune.dk>", "</a>", "x", " ", "x x"]


@given(st.lists(st.sampled_from(TAGS), max_size=40).map("".join))
def test_any_tags_come_to_an_end_and_lose_no_word(html: str) -> None:
    assert html_to_markdown(html).count("x") == html.count("x")


@pytest.mark.parametrize(
    "html", ["<p>før</p><![foo[<p>efter</p>", "<p>før</p><!foo", "<p>før</p><?foo", "<p>før <b", "<p>før</p><!-- "]
)
def test_broken_html_keeps_what_came_before(html: str) -> None:
    assert html_to_markdown(html).startswith("før")


def test_the_title_is_the_first_line() -> None:
    assert body_of(" Flere \n bænke ", "<p>Ved <b>molen</b></p>") == "Flere bænke\n\nVed **molen**"
    assert body_of("Kun titel", " ") == "Kun titel"
    assert body_of("1. Støj", "x") == "1\\. Støj\n\nx"
    assert body_of("", "") == ""


def test_typographic_signs_that_came_as_controls_are_repaired() -> None:
    assert repaired("Der \x84Platz\x93 \x96 ja\x85\r\nneu") == "Der „Platz“ – ja…\nneu"


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b\u00a0", "\x00\x07"])
def test_what_nobody_can_see_is_empty(text: str) -> None:
    assert not has_words(text)


@pytest.mark.parametrize("text", [".", "👍", "1", "å"])
def test_a_sign_is_enough_not_to_be_empty(text: str) -> None:
    assert has_words(text)
