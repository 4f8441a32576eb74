"""Brings a file of 100 MB into a room and reads it out again, in a process of its own; prints how that grew.

Run by `test_large` with a shelf's settings, since a process's peak can be asked for and not be reset. Prints
megabytes: the most memory ever held, beyond what was held before.
"""

import asyncio
import resource
import sys
from collections.abc import AsyncIterator

from adapters.files.room import StoredFiles, room_on
from adapters.files.shelf import Shelf
from core.files import File, FileRef
from core.filing import Drawer, Incoming
from core.ids import DeskId
from core.text import Foreign

PIECES = 1_600
PIECE = 64 * 1024
LIMIT = 1024**3


async def main(shelf: Shelf) -> None:
    """Through the room and back, then the growth."""
    room = room_on(shelf)
    drawer = Drawer(DeskId("tanuki"), 1)
    await _through(room, drawer, pieces=20)
    before = _peak()
    await _through(room, drawer, pieces=PIECES)
    sys.stdout.write(str(_peak() - before))


async def _through(room: StoredFiles, drawer: Drawer, *, pieces: int) -> None:
    file = File(Foreign("film.mp4"), 0, "", FileRef(f"slack:T01:F{pieces}"))
    kept = await room.keep(drawer, Incoming(file=file, pieces=_film(pieces)), LIMIT)
    async with room.open(drawer, kept) as parcel:
        while parcel.content.read(PIECE):
            pass


async def _film(pieces: int) -> AsyncIterator[bytes]:
    yield b"\0\0\0\x14ftypmp42\0\0\0\0mp42"
    for number in range(pieces):
        yield number.to_bytes(4, "big") * (PIECE // 4)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    where, key, secret, endpoint, region = sys.argv[1:]
    asyncio.run(main(Shelf(where=where, key=key, secret=secret, endpoint=endpoint, region=region)))
