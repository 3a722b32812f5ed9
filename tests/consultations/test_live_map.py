"""The map that can be moved: what a page brings for it, and what it may fetch from elsewhere."""

import json
import re
import runpy
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from civic_forum.environment import VARIABLES
from tests import factories
from tests.factories.maps import a_map

pytestmark = pytest.mark.django_db

SCRIPTS = Path(__file__).resolve().parents[2] / "static" / "js"
MOST_SCRIPT = 60 * 1024


def told_in(page: str) -> Any:
    found = re.findall(r'<script id="map-told" type="application/json">(.*?)</script>', page)
    assert len(found) == 1, "a page has one map that can be moved"
    return json.loads(found[0])


@pytest.mark.parametrize("path", ["", "map/"])
def test_a_page_with_a_map_brings_leaflet_and_asks_no_other_server(path: str, at: datetime, client: Client) -> None:
    hearing = factories.a_hearing(at=at)
    a_map(hearing, at=at)

    answer = client.get(f"/en/consultations/{hearing.slug}/{path}")

    told = told_in(answer.content.decode())
    assert (told["tiles"], told["credit"]) == ("", "")
    assert f'data-map="/en/consultations/{hearing.slug}/map.geojson"' in answer.content.decode()
    assert "img-src 'self' data:;" in answer["Content-Security-Policy"]
    for address in (told["leaflet"], *told["styles"]):
        assert finders.find(address.removeprefix("/static/"))


def test_tiles_come_from_the_one_server_that_is_named_and_on_pages_with_a_map_alone(
    at: datetime, client: Client, settings: Any
) -> None:
    settings.TILES_URL, settings.TILES_ORIGIN = "https://tiles.example/{z}/{x}/{y}.png", "https://tiles.example"
    settings.TILES_ATTRIBUTION = "© <b>Kortdata</b> https://kort.example/rights"
    hearing = factories.a_hearing(at=at)
    without = client.get(f"/en/consultations/{hearing.slug}/")
    a_map(hearing, at=at)
    page = client.get(f"/en/consultations/{hearing.slug}/map/")

    assert "tiles.example" not in without["Content-Security-Policy"]
    assert "img-src 'self' data: https://tiles.example;" in page["Content-Security-Policy"]
    assert "default-src 'none'" in page["Content-Security-Policy"]
    told = told_in(page.content.decode())
    assert (told["credit"], told["creditLink"]) == ("© <b>Kortdata</b>", "https://kort.example/rights")
    assert "<b>Kortdata" not in page.content.decode()


def test_a_name_on_the_map_ends_no_script(at: datetime, client: Client) -> None:
    hearing = factories.a_hearing(at=at, title="</script><script>alert(1)</script>")
    a_map(hearing, at=at)

    assert "<script>alert" not in client.get(f"/en/consultations/{hearing.slug}/map/").content.decode()


WRONG_TILES = ["tiles.example", "https://tiles.example/{z}/{x}.png", "https://a.example/{z}/{x}/{y}; script-src *"]


@pytest.mark.parametrize("address", WRONG_TILES)
def test_an_address_that_is_none_of_tiles_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match=r"write|name"):
        VARIABLES["TILES_URL"].parse(address)


def test_tiles_are_shown_with_the_name_of_whoever_lends_them(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = str(SCRIPTS.parents[1] / "civic_forum" / "settings" / "maps.py")
    monkeypatch.setenv("TILES_URL", "https://{s}.tiles.example/{z}/{x}/{y}.png")
    with pytest.raises(ImproperlyConfigured, match="Set TILES_ATTRIBUTION"):
        runpy.run_path(settings)
    monkeypatch.setenv("TILES_ATTRIBUTION", "© Maps")

    assert runpy.run_path(settings)["TILES_ORIGIN"] == "https://*.tiles.example"


def test_our_own_scripts_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in SCRIPTS.glob("*.js")}

    assert sum(sizes.values()) < MOST_SCRIPT, sizes


def test_leaflet_has_its_licence_and_version_in_its_first_lines() -> None:
    found = finders.find("js_lib_leaflet/leaflet.js")
    assert found

    assert "Leaflet 1.9.4" in Path(found).read_text(encoding="utf-8")[:200]
