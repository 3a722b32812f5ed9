import pytest

from apps.notifications.engine.links import parts_of

HOSTS = {"forum.dk", "::1"}


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("Read https://forum.dk/a/b/?x=1&y=2#c3.", ["/a/b/?x=1&y=2#c3"]),
        ("http://forum.dk:8000/en/\nhttps://forum.dk", ["/en/", "/"]),
        ("(https://forum.dk/a/)", ["/a/"]),
        ("http://[::1]:8000/a/", ["/a/"]),
        ("https://forum.dk//evil.example/", ["/evil.example/"]),
        ("https://evil.example/", []),
        ("https://forum.dk@evil.example/", []),
        ("https://user@forum.dk/", []),
        ("https://forum.dk.evil.example/", []),
        ("javascript:alert(1) ftp://forum.dk/", []),
        ("https://[broken/", []),
        ("", []),
    ],
)
def test_only_the_sites_own_addresses_lead_anywhere(text: str, paths: list[str]) -> None:
    parts = parts_of(text, HOSTS)

    assert [part.path for part in parts if part.path] == paths
    assert "".join(part.text for part in parts) == text
