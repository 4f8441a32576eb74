"""One running server process on a data folder.

Made by `launch` for a new one, or by `orphan` for one that is there already; supervised by `embedded`.
Never restarts anything, and signals a process only while the folder's lock proves that it is our server.
"""

import asyncio
import os
import signal
import subprocess
from contextlib import suppress
from typing import Final

from adapters.aio import sleep
from adapters.redis.binary import Binary
from adapters.redis.folder import Folder
from core.errors import Unavailable

LOOK_EVERY: Final = 0.02
# SIGTERM is as good as SHUTDOWN: the append-only file is written out and synced.
# https://valkey.io/topics/signals/
WAYS_TO_END: Final = ((signal.SIGTERM, 10.0), (signal.SIGKILL, 10.0))
LONGEST_LOG: Final = 1_000_000  # bytes; a log that is longer at a start is put aside
SETTINGS: Final = {
    "port": "0",
    "unixsocketperm": "700",
    "maxmemory": "0",
    "maxmemory-policy": "noeviction",
    "appendonly": "yes",
    "appendfsync": "always",
    "no-appendfsync-on-rewrite": "no",
    # A write cut short by a crash was never answered; anything worse stops the server, and `damage` says so.
    "aof-load-truncated": "yes",
    "aof-use-rdb-preamble": "yes",
    "auto-aof-rewrite-percentage": "100",
    "auto-aof-rewrite-min-size": "64mb",
    "save": "",
    "loglevel": "notice",
    "logfile": "",
    "daemonize": "no",
}


class Server:
    """A server's process.

    `child` is None for one that another process started; what it has to say begins at that byte of the log.
    """

    def __init__(
        self, folder: Folder, pid: int, *, child: subprocess.Popen[bytes] | None = None, log_begins: int = 0
    ) -> None:
        self.pid = pid
        self._folder = folder
        self._child = child
        self._log_begins = log_begins

    def running(self) -> bool:
        """Whether it still serves; a child that ended is reaped."""
        return self._folder.served if self._child is None else self._child.poll() is None

    def led(self) -> bool:
        """Whether the server's own process lives, and not only a child of it."""
        if self._child is not None:
            return self.running()
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def said(self) -> str:
        """What it has written into its log since it was started or found."""
        try:
            with self._folder.log.open("rb") as log:
                log.seek(self._log_begins)
                return log.read().decode(errors="replace")
        except FileNotFoundError:  # someone tidied up
            return ""

    async def end(self) -> None:
        """Let it write out and end; kill it when it does not.

        Either way nothing that was answered is lost: all of that is on disk.
        Raises Unavailable if even that does not end it.
        """
        # Without its leader, only a child that was rewriting the file is left, and its work is for nothing.
        for how, patience in WAYS_TO_END if self.led() else WAYS_TO_END[-1:]:
            if await self._ended_by(how, patience):
                return
        raise Unavailable(f"The server's process {self.pid} can't be ended.")

    async def _ended_by(self, how: signal.Signals, patience: float) -> bool:
        if self._folder.served:
            # It leads a session of its own, so this reaches it and its rewriting child, and nobody else.
            with suppress(ProcessLookupError):
                os.killpg(self.pid, how)
        clock = asyncio.get_running_loop().time
        give_up = clock() + patience
        while self._folder.served or (self._child is not None and self._child.poll() is None):
            if clock() > give_up:
                return False
            await sleep(LOOK_EVERY)
        return True


def launch(binary: Binary, folder: Folder) -> Server:
    """Start a server on the folder; it does not answer yet. Raises Unavailable while another one holds it."""
    lock = folder.lock_for_server()
    if lock is None:
        raise Unavailable(f"Another server still holds {folder.path}.")
    try:
        folder.pid_file.unlink(missing_ok=True)
        if folder.size_of_log() > LONGEST_LOG:
            folder.log.replace(folder.log.with_suffix(".log.1"))
        folder.log.touch(mode=0o600)
        begins = folder.size_of_log()
        with folder.log.open("ab") as log:
            child = subprocess.Popen(  # noqa: S603 - a server's program, found by us, with our settings
                [binary.path, *_arguments(folder)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=folder.path,
                env={},  # our tokens are none of its business
                umask=0o077,
                pass_fds=(lock,),
                start_new_session=True,  # Ctrl-C is for us, who then end it in order
            )
    except OSError as error:
        raise Unavailable(f"{binary.path} can't be started: {error}") from error
    finally:
        os.close(lock)
    return Server(folder, child.pid, child=child, log_begins=begins)


def _arguments(folder: Folder) -> list[str]:
    settings = SETTINGS | {
        "dir": str(folder.path),
        "pidfile": str(folder.pid_file),
        "unixsocket": str(folder.socket),
    }
    return [part for name, value in settings.items() for part in (f"--{name}", value)]
