"""ZIP files on the disk: whole or not at all, the same files the same bytes, and no more in memory than a piece."""

import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest

from apps.common.archive import archive_on_disk

MEGABYTE = 1024 * 1024


def written(place: Path, at: datetime) -> tuple[str, int]:
    with archive_on_disk(place, at=at) as archive:
        archive.add("a.txt", [b"one ", b"two"])
        archive.add("folder/b.txt", [])
        told = archive.finish()
        archive.put_in_place()
    return told


def test_files_are_in_it_with_their_checksums(tmp_path: Path, at: datetime) -> None:
    place = tmp_path / "a.zip"

    told = written(place, at)

    assert told == (sha256(place.read_bytes()).hexdigest(), place.stat().st_size)
    with zipfile.ZipFile(place) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {"a.txt": b"one two", "folder/b.txt": b""}


def test_the_same_files_make_the_same_bytes(tmp_path: Path, at: datetime) -> None:
    assert written(tmp_path / "a.zip", at) == written(tmp_path / "b.zip", at)


def test_nothing_is_left_when_the_block_fails_also_while_a_file_is_added(tmp_path: Path, at: datetime) -> None:
    place = tmp_path / "a.zip"

    def breaks() -> Iterator[bytes]:
        yield b"one"
        raise LookupError

    with pytest.raises(LookupError), archive_on_disk(place, at=at) as archive:
        archive.add("a.txt", breaks())

    assert list(tmp_path.iterdir()) == []


def test_what_was_not_put_in_its_place_is_gone(tmp_path: Path, at: datetime) -> None:
    with archive_on_disk(tmp_path / "a.zip", at=at) as archive:
        archive.add("a.txt", [b"one"])
        assert [path.suffix for path in tmp_path.iterdir()] == [".part"]

    assert list(tmp_path.iterdir()) == []


def test_memory_holds_a_piece_and_not_the_file(tmp_path: Path, at: datetime) -> None:
    tracemalloc.start()
    with archive_on_disk(tmp_path / "a.zip", at=at) as archive:
        archive.add("large", (bytes([number]) * MEGABYTE for number in range(64)))
        archive.finish()
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert most < 8 * MEGABYTE
