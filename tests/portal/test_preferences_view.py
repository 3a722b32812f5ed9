"""The choice of colours."""

import pytest
from django.test import Client

THEME = "/preferences/theme/"


@pytest.mark.parametrize("theme", ["auto", "light", "dark"])
@pytest.mark.django_db
def test_the_choice_is_kept_for_a_year_out_of_reach_of_scripts(theme: str, client: Client) -> None:
    response = client.post(THEME, {"theme": theme, "next": "/en/how-it-works/?a=1"})

    cookie = response.cookies["theme"]
    assert response["Location"] == "/en/how-it-works/?a=1"
    assert (cookie.value, cookie["max-age"], cookie["samesite"]) == (theme, 31_536_000, "Lax")
    assert cookie["httponly"]
    assert f'data-theme="{theme}"' in client.get("/en/how-it-works/").content.decode()


@pytest.mark.parametrize(
    "next_url",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "",
        "http:///evil.example",
        "desk",
        "portal:desk",
        "\0",
    ],
)
def test_it_leads_to_pages_of_this_site_only(next_url: str, client: Client) -> None:
    assert client.post(THEME, {"theme": "dark", "next": next_url})["Location"] == "/"


@pytest.mark.parametrize("theme", ["", "blue", "dark; path=/", "<script>"])
def test_what_is_no_theme_is_not_kept(theme: str, client: Client) -> None:
    response = client.post(THEME, {"theme": theme})

    assert response.status_code == 302
    assert "theme" not in response.cookies


def test_looking_changes_nothing(client: Client) -> None:
    assert client.get(THEME).status_code == 405
