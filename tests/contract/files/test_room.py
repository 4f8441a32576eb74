"""What is brought is kept, as it was, once, under its hash; what is no file that is carried is not."""

import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.files.room import StoredFiles, room_on
from adapters.files.shelf import Shelf
from core.errors import Misconfigured, NotCarried, TryAgain
from core.files import File, FileRef, Why
from core.filing import Drawer, Incoming
from core.filing import Kept as KeptFile
from core.ids import DeskId
from core.text import Foreign
from tests.contract.files.conftest import Kept, in_bucket
from tests.emulators.s3 import Bucket

DRAWER = Drawer(DeskId("tanuki"), 12)
SOURCE = FileRef("slack:T01:F01")
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
LIMIT = 10 * 1024 * 1024


async def keep(
    room: StoredFiles, content: bytes = PNG, name: str = "photo.png", limit: int = LIMIT
) -> KeptFile:
    """Bring a file, in pieces that fit nothing."""
    return await room.keep(DRAWER, Incoming(file=declared(name), pieces=pieces(content)), limit)


async def read(room: StoredFiles, kept: KeptFile) -> bytes:
    """All of a kept file."""
    async with room.open(DRAWER, kept) as parcel:
        return parcel.content.read()


def declared(name: str = "photo.png") -> File:
    """A file, as its platform has it."""
    return File(Foreign(name), 0, "", SOURCE)


async def pieces(content: bytes, size: int = 777) -> AsyncIterator[bytes]:
    """Bytes, a piece at a time."""
    for start in range(0, len(content), size):
        yield content[start : start + size]


async def test_what_is_kept_is_what_was_brought(kept: Kept) -> None:
    """A file is found again by where it came from, also by a process that starts anew, byte by byte."""
    brought = await keep(kept.room())
    assert brought.digest == hashlib.sha256(PNG).hexdigest()
    assert (brought.size, brought.kind, brought.name) == (len(PNG), "image/png", "photo.png")
    room = kept.room()
    assert await room.find(DRAWER, SOURCE) == brought
    assert await read(room, brought) == PNG


async def test_files_are_named_after_their_hash(kept: Kept) -> None:
    """The same bytes are kept once in a drawer, under their hash; other drawers have their own."""
    brought = await keep(kept.room(), name="../../../etc/passwd.png")
    await keep(kept.room())
    other = Incoming(file=declared(), pieces=pieces(PNG))
    await kept.room().keep(Drawer(DeskId("tanuki"), 13), other, LIMIT)
    files = [name.removeprefix("desk/") for name in kept.names() if not name.endswith(".json")]
    assert files == [f"tanuki/12/{brought.digest}", f"tanuki/13/{brought.digest}"]


async def test_a_large_file_comes_in_parts(kept: Kept) -> None:
    """A file of the largest size allowed is kept whole, and one byte more is too much."""
    content = PNG + bytes(LIMIT - len(PNG))
    brought = await keep(kept.room(), content)
    assert brought.size == LIMIT
    if kept.bucket is not None:
        assert kept.bucket.parts > 1
    assert hashlib.sha256(await read(kept.room(), brought)).hexdigest() == brought.digest


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("photo.png", PNG + bytes(LIMIT), Why.TOO_LARGE),
        ("photo.png", b"", Why.EMPTY),
        ("photo.png", b"MZ" + bytes(9_000), Why.LIES),
        ("report.pdf", PNG, Why.LIES),
        ("page.txt", b"<html><script>alert(1)</script>", Why.LIES),
        ("bomb.zip", b"PK\x03\x04" + bytes(100), Why.KIND),
        ("bomb.png", b"PK\x03\x04" + bytes(100), Why.LIES),
        ("letter.docx", b"PK\x03\x04" + bytes(26) + b"bomb.bin", Why.LIES),
        ("program", b"\x7fELF", Why.KIND),
    ],
)
async def test_what_is_not_carried_is_not_kept(kept: Kept, name: str, content: bytes, why: Why) -> None:
    """Too large, empty, a lie, an archive: nothing of it stays, whatever was declared."""
    with pytest.raises(NotCarried) as refused:
        await keep(kept.room(), content, name)
    assert refused.value.why is why
    assert kept.names() == []


async def test_a_lie_is_found_out_at_once() -> None:
    """What is no photo is read no further than its beginning."""
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        while True:
            read += 1
            yield bytes(1024)

    room = room_on(Shelf(where="nowhere"))
    with pytest.raises(NotCarried):
        await room.keep(DRAWER, Incoming(file=declared(), pieces=endless()), LIMIT)
    assert read == 4


async def test_what_was_left_behind_stays_so(kept: Kept) -> None:
    """Why a file was left behind is remembered; of a file that was never brought nothing is known."""
    assert await kept.room().find(DRAWER, SOURCE) is None
    await kept.room().leave(DRAWER, SOURCE, Why.LIES)
    assert await kept.room().find(DRAWER, SOURCE) is Why.LIES


async def test_what_somebody_deleted_is_not_there(kept: Kept) -> None:
    """Files may be deleted by age: one whose bytes are gone, or are not whole, is to be brought again."""
    brought = await keep(kept.room())
    kept.halve(f"tanuki/12/{brought.digest}")
    assert await kept.room().find(DRAWER, SOURCE) is None
    kept.lose(f"tanuki/12/{brought.digest}")
    assert await kept.room().find(DRAWER, SOURCE) is None
    with pytest.raises(NotCarried):
        await read(kept.room(), brought)


async def test_a_folder_is_for_us_alone(tmp_path: Path) -> None:
    """The folder is made when the first file is kept, and nobody else may look into it."""
    room = room_on(Shelf(where=str(tmp_path / "a" / "files")))
    assert not (tmp_path / "a").exists()
    await keep(room)
    assert (tmp_path / "a" / "files").stat().st_mode & 0o077 == 0


async def test_files_pass_through_a_folder_of_ours(tmp_path: Path) -> None:
    """They stand on the disk that was meant for it while they pass, and leave nothing there."""
    shelf = Shelf(where=str(tmp_path / "files"), passing=tmp_path / "data")
    brought = await keep(room_on(shelf))
    assert await read(room_on(shelf), brought) == PNG
    assert list((tmp_path / "data").iterdir()) == []


async def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """Where a file stands in the folder's way, whoever hosts the desk is told which setting to mend."""
    (tmp_path / "files").write_text("in the way")
    with pytest.raises(Misconfigured, match="HENJI_FILES"):
        await keep(room_on(Shelf(where=str(tmp_path / "files"))))


async def test_a_wrong_secret(bucket: Bucket) -> None:
    """A bucket that does not take the key is for whoever hosts the desk to mend."""
    with pytest.raises(Misconfigured, match="HENJI_FILES"):
        await keep(room_on(in_bucket(bucket, secret="wrong")))


async def test_a_bucket_that_is_not_there(bucket: Bucket) -> None:
    """A bucket of another name is for whoever hosts the desk to mend."""
    bucket.missing = True
    room = room_on(in_bucket(bucket))
    with pytest.raises(Misconfigured, match="no such bucket"):
        await room.probe()


async def test_a_room_can_be_tried(kept: Kept) -> None:
    """Trying it leaves nothing behind."""
    assert await kept.room().probe() == "takes files"
    assert kept.names() == []


async def test_a_bucket_that_is_away(bucket: Bucket) -> None:
    """A bucket that does not answer is asked again later."""
    bucket.away = True
    with pytest.raises(TryAgain):
        await keep(room_on(in_bucket(bucket)))
