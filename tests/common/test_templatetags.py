import re
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Engine, Origin, Template, TemplateSyntaxError, engines
from django.test import RequestFactory
from django.utils.translation import override

from apps.common.templatetags import civic

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
THEN = datetime(2026, 10, 21, 17, 48, tzinfo=UTC)
ROOT = Path(settings.BASE_DIR) if hasattr(settings, "BASE_DIR") else Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def page(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def engine() -> Engine:
    return engines["django"].engine


def mail(source: str, **context: object) -> str:
    origin = Origin(name="mail.txt", template_name="mail.txt")
    return Template(source, origin=origin, name="mail.txt", engine=engine()).render(Context(context))


def test_icon_is_hidden_from_screen_readers():
    html = page('{% icon "clock" %}')

    assert html.startswith('<svg class="icon" aria-hidden="true" focusable="false"><use href="')
    assert html.endswith('icons.svg#i-clock"></use></svg>')


def test_icon_escapes_a_name_from_outside():
    html = page("{% icon name %}", name='x"><script>')

    assert "<script" not in html


def test_every_icon_that_is_named_exists():
    sprite = (ROOT / "static/icons.svg").read_text()
    exists = set(re.findall(r'id="i-([a-z]+)"', sprite))
    templates = "".join(path.read_text() for path in (ROOT / "templates").rglob("*.html"))
    named = set(re.findall(r'{% icon "([a-z]+)"', templates)) | set(
        re.findall(r'symbol(?:\|default:|=)"([a-z]+)"', templates)
    )
    named |= {shown.icon for shown in civic.BADGES.values()} | set(civic.KIND_ICONS.values())

    assert named - exists == set()


def test_badge_says_in_words_what_it_is():
    html = page('{% badge "resident" %}')

    assert 'class="badge badge--resident"' in html
    assert "Verified resident" in html
    assert "#i-verified" in html


def test_badge_with_own_words_escapes_them():
    assert "&lt;b&gt;" in page('{% badge "waiting" words %}', words="<b>")


def test_badge_of_nothing_is_nothing():
    assert page("{% badge kind %}", kind="") == ""


def test_badge_of_an_unknown_kind_is_an_error():
    with pytest.raises(KeyError):
        page('{% badge "champion" %}')


def test_when_has_the_moment_for_machines_and_people():
    html = page("{% when at %}", at=THEN, now=NOW)

    assert html == '<time datetime="2026-10-21T17:48+00:00">21 October at 19:48</time>'


def test_when_of_nothing_is_nothing():
    assert page("{% when at %}{{ at|moment }}{{ at|day }}{{ at|time_left }}", at=None) == ""


def test_deadline_has_the_weekday():
    at = datetime(2026, 12, 13, 23, 0, tzinfo=UTC)

    assert "Sunday 13 December at 23:59" in page("{% deadline at %}", at=at, now=NOW)


def test_filters_take_the_page_s_now():
    html = page("{{ at|moment:now }}, {{ at|day:now }}, {{ end|time_left:now }}, {{ at|waited:now }}",
                at=THEN, end=datetime(2026, 12, 13, 23, 0, tzinfo=UTC), now=NOW)  # fmt: skip

    assert html == "21 October at 19:48, 21 October, 21 days left, 31 days"


def test_moment_in_full_is_never_relative():
    assert page("{{ at|moment_in_full }}", at=NOW) == "22 November 2026 at 10:30"


def test_day_range_as_tag_and_as_filter():
    first, last = date(2025, 5, 4), date(2025, 5, 25)

    assert page("{% day_range first last %}", first=first, last=last, now=NOW) == "4–25 May 2025"
    assert page("{{ first|day_range:last }}", first=first, last=last) == "4–25 May 2025"


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Birgit Aagaard", "BA"), ("Øjvind", "Ø"), ("Mette Holm Kjær", "MK"), ("", ""), ("- !", "")],
)
def test_initials(name, letters):
    assert civic.initials(name) == letters


def test_other_language_keeps_the_query():
    request = RequestFactory().get("/en/accounts/login/?next=/x/%3Fa%3D1")

    html = page("{% other_language %} {% other_language_url %}", request=request)

    assert html == "da /accounts/login/?next=/x/%3Fa%3D1"


def test_other_language_of_an_unknown_address_is_the_same_address():
    request = RequestFactory().get("/en/there-is-nothing/?a=1")

    assert page("{% other_language_url %}", request=request) == "/en/there-is-nothing/?a=1"


def test_other_language_does_not_leave_the_site():
    request = RequestFactory().get("//evil.example/")

    assert not page("{% other_language_url %}", request=request).startswith("//")


def test_aria_current_tells_page_from_part():
    request = RequestFactory().get("/consultations/")
    deeper = RequestFactory().get("/consultations/wind/")
    source = '{% aria_current "/consultations/" %}'

    assert page(source, request=request) == ' aria-current="page"'
    assert page(source, request=deeper) == ' aria-current="true"'
    assert page(source, request=RequestFactory().get("/me/")) == ""


def test_plaintext_leaves_names_as_they_are():
    assert mail("{% plaintext %}{{ name }}{% endplaintext %}", name="O'Brien & søn") == "O'Brien & søn"


def test_plaintext_ends_where_it_ends():
    assert mail("{% plaintext %}{% endplaintext %}{{ name }}", name="<b>") == "&lt;b&gt;"


@pytest.mark.parametrize("name", ["page.html", "mail.txt.html", None])
def test_plaintext_does_not_compile_in_a_page(name):
    origin = Origin(name=str(name), template_name=name)

    with pytest.raises(TemplateSyntaxError):
        Template("{% plaintext %}{% endplaintext %}", origin=origin, name=name, engine=engine())


class Tags(HTMLParser):
    """Keeps the elements of a page, to see that what was typed did not become one."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "410", "429", "500", "503"])
@pytest.mark.parametrize("language", ["da", "en"])
def test_error_page_needs_no_context(name, language):
    with override(language):
        html = engine().get_template(f"{name}.html").render(Context({}))

    assert f'<html lang="{language}"' in html
    assert html.count("<h1>") == 1
    assert re.search(r"<title>[^<]{5,}</title>", html)
    assert 'id="main"' in html


def test_csrf_page_keeps_the_text_and_escapes_it():
    context = Context({"kept_text": "</textarea><script>alert(1)</script>", "back_url": "/x/"})

    html = engine().get_template("403_csrf.html").render(context)
    tags = Tags()
    tags.feed(html)

    assert "&lt;script&gt;alert(1)" in html
    assert "script" not in tags.names
    assert 'href="/x/"' in html


def test_kept_draft_is_escaped():
    context = Context({"kept_draft": "<img src=x onerror=alert(1)>"})

    html = engine().get_template("components/kept_draft.html").render(context)

    assert "&lt;img" in html
    assert "<img" not in html


def test_a_field_s_name_breaks_after_its_underscores_only():
    html = engine().from_string("{% load civic %}{{ name|breakable }}").render(Context({"name": "content_<b>_date"}))

    assert html == "content_<wbr>&lt;b&gt;_<wbr>date"
