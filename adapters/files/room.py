"""The file room: what a platform had is kept here while its inquiry lasts, named after its own hash.

Implements core.filing.FileRoom; composed by bots. A file passes through the disk a piece at a time, is never
in memory whole, and stands in its drawer only once all of it is known to be good. Beside it stands a slip for
each file that was asked for, which says what became of it.
"""

import hashlib
from asyncio import to_thread
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, Final, cast

import msgspec
import obstore
from obstore.store import ObjectStore

from adapters.files.shelf import Shelf, misconfigured, open_shelf, translating
from core.errors import Misconfigured, NotCarried, TryAgain
from core.files import File, FileRef, Why, harmless
from core.filing import Drawer, Incoming, Kept, Parcel
from core.kinds import HEAD, claimed, sniffed

PIECE: Final = 64 * 1024
"""Bytes that are read from the store at a time."""

_PART: Final = 5 * 1024 * 1024
_AT_ONCE: Final = 2
_PROBE: Final = "probe"


def room_on(shelf: Shelf) -> "StoredFiles":
    """The file room that the settings describe."""
    return StoredFiles(lambda: open_shelf(shelf), passing=shelf.passing)


class _Slip(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of a file: all but `why` of one that is kept, `why` of one that is not."""

    digest: str = ""
    size: int = 0
    kind: str = ""
    name: str = ""
    why: Why | None = None


_read_slip: Final = msgspec.json.Decoder(_Slip).decode


class StoredFiles:
    """A file room on a store, which is opened when it is first needed.

    `passing` is a folder on whose disk files stand while they pass through, without a name. Where none is
    told, it is the system's own for temporary files, which may be in memory.
    """

    def __init__(self, opening: Callable[[], ObjectStore], *, passing: Path | None = None) -> None:
        self._opening = opening
        self._passing = passing

    @cached_property
    def _store(self) -> ObjectStore:
        return self._opening()

    async def find(self, drawer: Drawer, source: FileRef) -> Kept | Why | None:
        """What became of a file; None where it was not brought, or its bytes are there no more."""
        return await to_thread(self._found, drawer, source)

    async def keep(self, drawer: Drawer, incoming: Incoming, limit: int) -> Kept:
        """Keep a file of at most `limit` bytes, if it is what it says it is."""
        with await to_thread(self._spool) as spool:
            kept = await _received(incoming, limit, spool)
            spool.seek(0)
            slip = _Slip(digest=kept.digest, size=kept.size, kind=kept.kind, name=kept.name)
            await to_thread(self._put, _file(drawer, kept.digest), spool)
            await to_thread(self._put, _slip(drawer, incoming.file.source), msgspec.json.encode(slip))
        return kept

    async def leave(self, drawer: Drawer, source: FileRef, why: Why) -> None:
        """Remember that a file is left behind."""
        await to_thread(self._put, _slip(drawer, source), msgspec.json.encode(_Slip(why=why)))

    @asynccontextmanager
    async def open(self, drawer: Drawer, kept: Kept) -> AsyncIterator[Parcel]:
        """A kept file, copied to a nameless one on this disk: what reads it wants to go back and forth."""
        with await to_thread(self._spool) as spool:
            await to_thread(self._copied, _file(drawer, kept.digest), spool)
            yield Parcel(kept=kept, content=spool)

    async def probe(self) -> str:
        """Keep something small, and take it away again. Raises Misconfigured or TryAgain."""
        await to_thread(self._probed)
        return "takes files"

    # What follows runs in threads of ours. The library's own async calls end on threads of its runtime, which
    # abort the process when it ends right after (https://github.com/PyO3/pyo3-async-runtimes/issues/40).

    def _spool(self) -> BinaryIO:
        with translating():
            if self._passing is not None:
                self._passing.mkdir(mode=0o700, parents=True, exist_ok=True)
            return cast("BinaryIO", TemporaryFile(dir=self._passing))

    def _found(self, drawer: Drawer, source: FileRef) -> Kept | Why | None:
        try:
            with translating():
                slip = _read_slip(bytes(obstore.get(self._store, _slip(drawer, source)).bytes()))
                if slip.why is not None:
                    return slip.why
                there = obstore.head(self._store, _file(drawer, slip.digest))
        except FileNotFoundError:
            return None
        if there["size"] != slip.size:  # a machine went down while it was written
            return None
        return Kept(digest=slip.digest, size=slip.size, kind=slip.kind, name=slip.name)

    def _put(self, path: str, content: BinaryIO | bytes) -> None:
        try:
            with translating():
                obstore.put(self._store, path, content, chunk_size=_PART, max_concurrency=_AT_ONCE)
        except FileNotFoundError as error:
            raise misconfigured("there is no such bucket") from error

    def _probed(self) -> None:
        self._put(_PROBE, b"")
        with suppress(TryAgain, Misconfigured, FileNotFoundError), translating():
            obstore.delete(self._store, _PROBE)  # a key that may only put is good enough

    def _copied(self, path: str, spool: BinaryIO) -> None:
        try:
            with translating():
                spool.writelines(obstore.get(self._store, path).stream(min_chunk_size=PIECE))
        except FileNotFoundError as error:
            raise NotCarried(Why.GONE) from error
        spool.seek(0)


def _file(drawer: Drawer, digest: str) -> str:
    return f"{drawer.desk}/{drawer.number}/{digest}"


def _slip(drawer: Drawer, source: FileRef) -> str:
    """Where the slip of a file is; a platform's own words become no path."""
    return f"{drawer.desk}/{drawer.number}/slips/{hashlib.sha256(source.encode()).hexdigest()}.json"


async def _received(incoming: Incoming, limit: int, spool: BinaryIO) -> Kept:
    """All of a file on the disk. Raises NotCarried as soon as it turns out to be none that is carried."""
    digest, size, head = hashlib.sha256(), 0, b""
    async for piece in incoming.pieces:
        size += len(piece)
        if size > limit:
            raise NotCarried(Why.TOO_LARGE)
        if len(head) < HEAD:
            head += piece[: HEAD - len(head)]
            if len(head) == HEAD:
                _kind(incoming.file, head)
        digest.update(piece)
        spool.write(piece)
    if not size:
        raise NotCarried(Why.EMPTY)
    kind = _kind(incoming.file, head)
    name = harmless(incoming.file.name, kind)
    return Kept(digest=digest.hexdigest(), size=size, kind=kind, name=name)


def _kind(file: File, head: bytes) -> str:
    """What a file is, by its first bytes; raises NotCarried where it says that it is something else."""
    claim = claimed(file.name.raw, file.kind)
    if claim is None:
        raise NotCarried(Why.KIND)
    kind = sniffed(head, claim)
    if kind is None:
        raise NotCarried(Why.LIES)
    return kind
