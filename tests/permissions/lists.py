"""Who may what with the lists that texts are screened by, and with what was noticed."""

from typing import Any

from django.urls import reverse

from apps.screening.queries import visible_employees, visible_words
from tests.permissions.staff import by_id, of
from tests.permissions.table import Post, Table
from tests.permissions.town import Town


def _post(name: str, kind: str, words: dict[str, str]) -> Any:
    def post(town: Town, state: str) -> Post:
        return by_id(name, kind)(town, state), words

    return post


ONE_NAME = {"name": "Nanna Ny", "spellings": "", "title": "", "department": "Roads"}

TABLES = [
    Table(
        name="see the register of protected employees",
        rule="screening.edit_employees",
        page=lambda _town, _state: reverse("screening:employee-list"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        list      login   no      no      no      no      yes     yes     no      second  no      no
        """,
    ),
    Table(
        name="see and change a protected employee",
        visible=visible_employees,
        about=of("employees"),
        page=by_id("screening:employee-edit", "employees"),
        post=_post("screening:employee-edit", "employees", ONE_NAME),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        protected login   no      no      no      no      yes     yes     no      second  no      no
        elected   login   no      no      no      no      yes     yes     no      second  no      no
        ended     login   no      no      no      no      yes     yes     no      second  no      no
        """,
    ),
    Table(
        name="put an employee on the register",
        rule="screening.edit_employees",
        page=lambda _town, _state: reverse("screening:employee-add"),
        post=lambda _town, _state: (reverse("screening:employee-add"), ONE_NAME),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        new       login   no      no      no      no      yes     yes     no      second  no      no
        """,
    ),
    Table(
        name="put many employees on the register",
        rule="screening.edit_employees",
        page=lambda _town, _state: reverse("screening:employee-import"),
        post=lambda _town, _state: (reverse("screening:employee-import"), {"pasted": "Nanna Ny\nNis Ny"}),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        new       login   no      no      no      no      yes     yes     no      second  no      no
        """,
    ),
    Table(
        name="end an employee",
        post=_post("screening:employee-end", "employees", {}),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        protected login   no      no      no      no      yes     yes     no      second  no      no
        elected   login   no      no      no      no      yes     yes     no      second  no      no
        ended     login   no      no      no      no      no      no      no      second  no      no
        """,
    ),
    Table(
        name="see the coarse words",
        rule="screening.edit_words",
        page=lambda _town, _state: reverse("screening:word-list"),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        list      login   no      no      no      no      yes     yes     no      second  no      no
        """,
    ),
    Table(
        name="see and change a coarse word",
        visible=visible_words,
        about=of("words"),
        page=by_id("screening:word-edit", "words"),
        post=_post("screening:word-edit", "words", {"word": "another", "language": "en"}),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        listed    login   no      no      no      no      yes     yes     no      second  no      no
        taken     login   no      no      no      no      yes     yes     no      second  no      no
        """,
    ),
    Table(
        name="add a coarse word",
        rule="screening.edit_words",
        page=lambda _town, _state: reverse("screening:word-add"),
        post=lambda _town, _state: (reverse("screening:word-add"), {"word": "another", "language": "en"}),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        new       login   no      no      no      no      yes     yes     no      second  no      no
        """,
    ),
    Table(
        name="take a coarse word off",
        post=_post("screening:word-end", "words", {}),
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        listed    login   no      no      no      no      yes     yes     no      second  no      no
        taken     login   no      no      no      no      no      no      no      second  no      no
        """,
    ),
    Table(
        name="see what was noticed about a text",
        rule="screening.see_flags",
        text="""
                  anon    new     res     own     mod     off     adm     sup     half    org     prot
        flags     login   no      no      no      yes     no      no      no      second  no      no
        """,
    ),
]
