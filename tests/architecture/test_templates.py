"""Templates compile, lead to addresses that exist, are used, and keep to the content policy."""

import ast
import re
from collections.abc import Iterator

from django.template import TemplateSyntaxError
from django.template.loader import get_template
from django.urls import get_resolver

from tests.architecture.source import modules, refuse, templates, text_of
from tests.architecture.test_names import _address_names

URL = re.compile(r"{%\s*url\s+[\"']([^\"']+)[\"']")
USED = re.compile(r"[\"']([\w/.-]+\.(?:html|txt|svg|xml))[\"']")
# Found by the names of Django and allauth, not by ours.
FOUND_BY_OTHERS = re.compile(
    r"^(\d{3}\.html|account/|allauth/|django/|mfa/|socialaccount/|usersessions/|admin/|registration/)"
)
INLINE = re.compile(
    r"<style\b|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)(?![^>]*application/json)|javascript:", re.IGNORECASE
)


def test_every_template_compiles() -> None:
    offenders = (f"templates/{name}: {problem}" for name in templates() for problem in _problems(name))

    refuse(offenders, "mend the tag or filter that is named")


def test_templates_lead_to_addresses_that_exist() -> None:
    known = set(_address_names(get_resolver(), ""))
    offenders = (
        f"templates/{name}: {match[1]}"
        for name, text in templates().items()
        for match in URL.finditer(text)
        if match[1] not in known
    )

    refuse(offenders, "name an address of some urls.py")


def test_every_template_is_used() -> None:
    used = {name for _place, text in _texts() for name in USED.findall(text)}
    patterns = [re.compile(pattern) for pattern in _composed_names()]
    offenders = (
        f"templates/{name}"
        for name in templates()
        if name not in used and not FOUND_BY_OTHERS.match(name)
        if not any(pattern.fullmatch(name) for pattern in patterns)
    )

    refuse(offenders, "remove it, or render or include it")


def test_pages_hold_no_inline_script_or_style() -> None:
    offenders = (
        f"templates/{name}: {match[0]}"
        for name, text in templates().items()
        if name.endswith(".html") and "/mail/" not in name
        for match in INLINE.finditer(text)
    )

    refuse(offenders, "move it to static/: the content policy refuses it")


def test_forms_that_post_carry_the_token() -> None:
    form = re.compile(r"<form\b[^>]*method=[\"']post[\"'][^>]*>(.*?)</form>", re.IGNORECASE | re.DOTALL)
    offenders = (
        f"templates/{name}"
        for name, text in templates().items()
        for match in form.finditer(text)
        if "csrf_token" not in match[1]
    )

    refuse(offenders, "put {% csrf_token %} into the form")


def _problems(name: str) -> Iterator[str]:
    try:
        get_template(name)
    except TemplateSyntaxError as problem:
        yield str(problem)


def _texts() -> Iterator[tuple[str, str]]:
    yield from ((module.place, module.text) for module in modules())
    yield from templates().items()


def _composed_names() -> Iterator[str]:
    """Return f"mail/{kind}.txt" as a pattern of the names it can make."""
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.JoinedStr):
                pattern = "".join(re.escape(text_of(part) or "") or r"[\w.-]+" for part in node.values)
                if "/" in pattern:
                    yield pattern
