"""The folder in which the embedded server keeps the desk's records.

Used by `embedded` and what it is made of. Two locks guard it: one is held by the desk that uses the folder,
one by the server that writes to it, for as long as each of them lives, however it ends. The files are
desk.lock, server.lock, server.pid, server.log, server.sock (or server.address, naming the directory where it
is), and appendonlydir. Never reads or changes what the server stored.
"""

import fcntl
import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final
from urllib.parse import quote

from core.errors import Misconfigured

SETTING: Final = "HENJI_DATA_DIR"
# A socket's address holds 104 bytes with its closing zero on macOS, 108 on Linux (unix(4), unix(7)).
LONGEST_ADDRESS: Final = 103
SOCKET: Final = "server.sock"
RANDOM_NAME: Final = "henji-xxxxxxxx"  # as long as what mkdtemp makes of the prefix


class Folder:
    """One data folder, and this process's hold on it."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self.log = self.path / "server.log"
        self.pid_file = self.path / "server.pid"
        self.records = self.path / "appendonlydir"
        self.socket = self.path / SOCKET
        self._desk: int | None = None

    @property
    def url(self) -> str:
        """The server's address; known once the folder is held."""
        return f"unix://{quote(str(self.socket))}"

    @property
    def served(self) -> bool:
        """Whether a server writes to the folder: ours, or one that a killed desk left behind."""
        lock = self.lock_for_server()
        if lock is None:
            return True
        os.close(lock)
        return False

    def hold(self) -> None:
        """Take the folder for this desk.

        Raises Misconfigured when another desk holds it, or when it can't be written to.
        """
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = _lock(self.path / "desk.lock")
            if lock is not None:
                self._desk = lock
                os.ftruncate(lock, 0)
                os.pwrite(lock, str(os.getpid()).encode(), 0)
                self.socket = self._address()
        except OSError as error:
            self.release()
            raise Misconfigured(
                SETTING,
                f"({self.path}) can't be used: {error.strerror or error}.",
                "Name a folder on a local disk that Henji may write to.",
            ) from error
        if lock is None:
            holder = (self.path / "desk.lock").read_text().strip() or "unknown"
            raise Misconfigured(
                SETTING,
                f"({self.path}) is in use by another desk: the process {holder}.",
                "Stop that one first, or give this one a folder of its own.",
            )

    def release(self) -> None:
        """Give the folder free, and remove the directory its socket may have had elsewhere."""
        if self._desk is None:
            return
        if self.socket.parent != self.path:
            with suppress(OSError):  # a cleaner of temporary files may have been here
                self.socket.parent.rmdir()
                self._record.unlink()
        os.ftruncate(self._desk, 0)
        os.close(self._desk)
        self._desk = None

    def size_of_log(self) -> int:
        """Bytes in the server's log so far."""
        return self.log.stat().st_size if self.log.exists() else 0

    def lock_for_server(self) -> int | None:
        """A descriptor to hand to a new server, which holds the lock until its last child has ended.

        None while another server holds it. The caller closes the descriptor.
        """
        return _lock(self.path / "server.lock")

    @property
    def _record(self) -> Path:
        return self.path / "server.address"

    def _address(self) -> Path:
        """A path short enough for a socket: in the folder, else in the private directory on record."""
        near = self.path / SOCKET
        if _fits(near):
            return near
        try:
            recorded = Path(self._record.read_text())
        except FileNotFoundError:
            recorded = None
        if recorded is None or not _private(recorded):
            recorded = _room()
            draft = self._record.with_suffix(".new")
            draft.write_text(str(recorded))
            draft.replace(self._record)
        return recorded / SOCKET


def _lock(path: Path) -> int | None:
    """An exclusive lock on a file, held as long as the descriptor or a copy of it is open in any process."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _room() -> Path:
    # The system's own directory for temporary files may have a long name, as on macOS.
    usual = Path(tempfile.gettempdir())
    short = usual if _fits(usual / RANDOM_NAME / SOCKET) else Path("/tmp")  # noqa: S108 - mkdtemp is private
    return Path(tempfile.mkdtemp(prefix="henji-", dir=short))


def _fits(path: Path) -> bool:
    return len(os.fsencode(path)) <= LONGEST_ADDRESS


def _private(directory: Path) -> bool:
    """Whether it is ours alone: names in a shared directory can be taken by anyone once we are gone."""
    try:
        found = directory.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077
