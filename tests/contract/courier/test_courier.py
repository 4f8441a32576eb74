"""A courier, whatever the platform: what delivery may rely on where files are carried."""

from collections.abc import Iterator
from contextlib import ExitStack
from tempfile import TemporaryFile

import msgspec
import pytest

from core.errors import Misconfigured, NotCarried, TryAgain, Undeliverable, Unknown
from core.files import File, FileRef, Why
from core.filing import Kept, Parcel
from core.ids import MessageId, NoticeId, PlaceId
from core.notices import Carried, Notice
from core.records import Party
from core.text import Foreign
from tests.contract.courier.yard import Yard
from tests.contract.messenger.test_messenger import DESK, inquiry, open_line
from tests.emulators.samples import PNG

PHOTO = PNG + bytes(range(256)) * 1_000


@pytest.fixture
def opened() -> Iterator[ExitStack]:
    """Files on the disk, closed at the end."""
    with ExitStack() as stack:
        yield stack


def parcel(opened: ExitStack, name: str = "photo.png", content: bytes = PHOTO) -> Parcel:
    """A kept file, ready to be put somewhere."""
    file = opened.enter_context(TemporaryFile())  # noqa: SIM115 -- it is, the test's
    file.write(content)
    file.seek(0)
    return Parcel(kept=Kept(digest="d", size=len(content), kind="image/png", name=name), content=file)


def carried(place: PlaceId, n: int = 0) -> Notice:
    """Files of the seller's, for whoever is there."""
    files = (File(Foreign("photo.png"), 1, "image/png", FileRef("slack:T01:F01")),)
    what = Carried(number=7, by=Party.SELLER, name=Foreign("Acme"), files=files, limit=1, left=1)
    notice_id = NoticeId(f"tanuki.7.2.{n}")
    return Notice(id=notice_id, desk=DESK, place=place, lang="en", what=what, number=7, party=Party.STAFF)


async def fetched(yard: Yard, file: File) -> tuple[File, bytes]:
    """All of a file, with what its platform says of it now."""
    async with yard.courier.fetch(file.source) as incoming:
        return incoming.file, b"".join([piece async for piece in incoming.pieces])


async def posted(yard: Yard, notice: Notice, root: MessageId | None, *parcels: Parcel) -> MessageId:
    """Files in a message."""
    message = await yard.courier.carry(notice, parcels, root, inquiry(yard))
    assert message is not None
    return message


async def test_what_was_attached_is_brought(yard: Yard) -> None:
    """A file comes as it is, in pieces, with its name and size as the platform has them."""
    file = await yard.attached("写真.png", PHOTO)
    declared, content = await fetched(yard, file)
    assert content == PHOTO
    assert declared == file
    assert file.size == len(PHOTO)


async def test_files_are_brought_long_after(yard: Yard) -> None:
    """Addresses that expire are asked for anew."""
    file = await yard.attached("photo.png", PHOTO)
    await yard.a_week_passes()
    assert (await fetched(yard, file))[1] == PHOTO


async def test_only_the_platforms_own_hosts(yard: Yard) -> None:
    """A file that is stored elsewhere, or whose address leads elsewhere, is left where it is."""
    for file in (
        await yard.stored_elsewhere("drive.pdf"),
        await yard.attached("photo.png", PHOTO, leads_to="https://evil.example/photo.png"),
        await yard.attached("photo.png", PHOTO, leads_to="http://127.0.0.1:1/photo.png"),
    ):
        with pytest.raises(NotCarried) as refused:
            await fetched(yard, file)
        assert refused.value.why is Why.ELSEWHERE


async def test_what_is_gone(yard: Yard) -> None:
    """A file that its sender took back, or that never was, is gone."""
    file = await yard.attached("photo.png", PHOTO)
    await yard.takes_back(file)
    never = msgspec.structs.replace(file, source=FileRef(file.source[:-3] + "999"))
    for each in (file, never):
        with pytest.raises(NotCarried) as refused:
            await fetched(yard, each)
        assert refused.value.why is Why.GONE


async def test_a_host_that_is_away(yard: Yard) -> None:
    """A download that fails is tried again later; so is one while nothing can be reached."""
    file = await yard.attached("photo.png", PHOTO)
    yard.fetching_fails()
    with pytest.raises(TryAgain):
        await fetched(yard, file)
    assert (await fetched(yard, file))[1] == PHOTO
    await yard.goes_away()
    with pytest.raises(TryAgain):
        await fetched(yard, file)


@pytest.mark.parametrize("where", ["shared", "direct"])
async def test_files_are_put_below_the_card(yard: Yard, opened: ExitStack, where: str) -> None:
    """Several files are one message below their line's card, with the notice's words, as they were."""
    place: PlaceId = getattr(yard, where)
    root = await open_line(yard, place)
    message = await posted(yard, carried(place), root, parcel(opened), parcel(opened, "scan 2.png", PNG))
    assert yard.opened(place, message) == [("photo.png", PHOTO), ("scan 2.png", PNG)]
    assert yard.below(place, message) == root
    assert "#7" in yard.read(place, message)
    assert "Acme" in yard.read(place, message)
    assert yard.told(place, message) == set()


async def test_files_are_found_again(yard: Yard, opened: ExitStack) -> None:
    """What was posted without an answer is found by its notice's id, and other notices are not."""
    root = await open_line(yard, yard.shared)
    yard.posting_loses_the_reply()
    with pytest.raises(Unknown):
        await posted(yard, carried(yard.shared), root, parcel(opened))
    found = await yard.messenger.find(yard.shared, root, carried(yard.shared).id, yard.began)
    assert found is not None
    assert yard.opened(yard.shared, found) == [("photo.png", PHOTO)]
    other = carried(yard.shared, 1).id
    assert await yard.messenger.find(yard.shared, root, other, yard.began) is None


async def test_nothing_was_sent(yard: Yard, opened: ExitStack) -> None:
    """Where no connection could be made, nothing has to be looked for."""
    root = await open_line(yard, yard.shared)
    await yard.goes_away()
    with pytest.raises(TryAgain):
        await posted(yard, carried(yard.shared), root, parcel(opened))


async def test_files_are_not_allowed(yard: Yard, opened: ExitStack) -> None:
    """A missing permission is said as what it is, and the place is not lost for it."""
    root = await open_line(yard, yard.shared)
    yard.forbids_files(yard.shared)
    with pytest.raises((Misconfigured, Undeliverable)) as refused:
        await posted(yard, carried(yard.shared), root, parcel(opened))
    assert not getattr(refused.value, "place_lost", False)
    assert "files" in str(refused.value)


async def test_the_place_is_gone(yard: Yard, opened: ExitStack) -> None:
    """Where words can't go, files can't: the place is lost."""
    root = await open_line(yard, yard.shared)
    await yard.puts_us_out(yard.shared)
    with pytest.raises(Undeliverable) as refused:
        await posted(yard, carried(yard.shared), root, parcel(opened))
    assert refused.value.place_lost
