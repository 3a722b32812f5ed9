"""The lock files pin everything by hash, agree with each other and name no registry."""

import re
import tomllib

import pytest

from tests.architecture.source import ROOT, refuse

LOCKS = ("requirements.lock", "requirements-dev.lock")
REMEDY = "run .ci/lock and commit both files"


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_name_no_registry(lock: str) -> None:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()

    refuse((line for line in lines if "://" in line or line.startswith("--")), REMEDY)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash(lock: str) -> None:
    pins = re.split(r"^(?=[\w.-]+(?:\[|==))", (ROOT / lock).read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]

    assert pins
    refuse((pin.split()[0] for pin in pins if "--hash=sha256:" not in pin), REMEDY)


def test_tests_run_with_the_versions_that_are_shipped() -> None:
    shipped, tested = (_versions(lock) for lock in LOCKS)

    refuse((f"{name} {version}" for name, version in shipped.items() if tested.get(name) != version), REMEDY)


def test_everything_asked_for_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    shipped, tested = (_versions(lock) for lock in LOCKS)

    refuse((name for name in map(_name, project["project"]["dependencies"]) if name not in shipped), REMEDY)
    refuse((name for name in map(_name, project["dependency-groups"]["dev"]) if name not in tested), REMEDY)


def _versions(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==([^\s;\\]+)", text, re.MULTILINE))


def _name(requirement: str) -> str:
    return re.split(r"[\[<>=~! ]", requirement)[0].lower()
