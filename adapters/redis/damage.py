"""What the server's log says about the append-only file, when it is not whole.

Called by `loading` with the log of one start. Only reads and explains: a damaged file is mended by a person,
with a command we spell out and never run.
"""

import re
from typing import Final

import structlog

from adapters.redis.binary import Binary
from adapters.redis.folder import SETTING, Folder
from core.errors import Misconfigured

log = structlog.get_logger()

# As aof.c and rdb.c of Redis 7.0 and Valkey 9.1 write it.
BAD_FORMAT: Final = re.compile(r"Bad file format reading the append only file (\S+):")
BEYOND_REPAIR: Final = re.compile(
    r"^.*(?:Unrecoverable error|Internal error in RDB|Error reading the RDB preamble|Invalid AOF manifest"
    r"|Unable to obtain the AOF file|Unexpected end of file|truncated file is not the last"
    r"|The AOF file \S+ doesn't|Wrong signature|Can't handle RDB format).*$",
    re.MULTILINE,
)
CUT_SHORT: Final = re.compile(r"Truncating the AOF (\S+) at offset (\d+)")
# Process id and role, date and time, and a sign for the level.
PREFIX: Final = re.compile(r"^\d+:\S+ .*?[#*.-] ")


def damage(said: str, folder: Folder, binary: Binary) -> Misconfigured | None:
    """The sentence for a server that would not start because its records are damaged; else None."""
    found = BAD_FORMAT.search(said)
    if found:
        file = folder.records / found[1]
        return Misconfigured(
            SETTING,
            f"holds a damaged file: {file} can't be read to its end, so the server does not start.",
            f"Copy {folder.path} to a safe place first. Then cut the file off where the damage begins, which "
            f"loses what was recorded after that point: {binary.repair(file)}",
        )
    found = BEYOND_REPAIR.search(said)
    if found:
        return Misconfigured(
            SETTING,
            f"holds records that {binary.version} can't read: {plain(found[0])}",
            f"Put a copy of {folder.records} back from a backup; or move {folder.path} away, and the desk "
            f"begins anew without its records. The server's log is {folder.log}.",
        )
    return None


def report_cut(said: str, folder: Folder) -> None:
    """Say it when the server dropped a last write that a crash had left unfinished."""
    found = CUT_SHORT.search(said)
    if found:
        log.warning(
            "the append-only file ended within a write, which the server has dropped",
            file=str(folder.records / found[1]),
            whole_up_to_byte=int(found[2]),
        )


def last_line(said: str) -> str:
    """The last thing a server said before it ended, without process id and time."""
    lines = [line for line in said.splitlines() if line.strip()]
    return plain(lines[-1]) if lines else "nothing at all"


def plain(line: str) -> str:
    """A line of the server's log without process id and time."""
    return PREFIX.sub("", line.strip())
