"""What is read back after a gap and refused: its writer is told, since nobody is there to be answered."""

import pytest

from core.answers import Nothing, Sent
from core.commands import Actor, BlockPerson, Close
from core.files import File
from core.notices import RefusedLate
from core.records import Outcome
from core.refusal import Refusal
from core.text import MESSAGE_LIMIT
from tests.unit.core.office import BUYER, PHOTO, SELLER, STAFF, STRANGER, Office, actor

TOO_LONG = "あ" * (MESSAGE_LIMIT + 1)


async def _told_late(office: Office) -> list[tuple[str, str, tuple[str, ...]]]:
    """Where it was told, why it was refused, and who was mentioned."""
    told = [(notice, notice.what) for notice in await office.told()]
    assert all(isinstance(what, RefusedLate) for _, what in told), told
    return [
        (notice.place, what.refusal.reason, notice.mentions)
        for notice, what in told
        if isinstance(what, RefusedLate)
    ]


@pytest.mark.parametrize("writer", [BUYER, SELLER, STAFF, actor("sato", SELLER.place)])
async def test_writer_is_told_where_they_wrote(office: Office, writer: Actor) -> None:
    """In the line it was written in, a note's among staff; nobody else is mentioned, and nothing relayed."""
    await office.opens()
    await office.told()
    answer = await office.writes(writer, TOO_LONG, read_back=True)
    assert isinstance(answer, Refusal)
    assert await _told_late(office) == [(writer.place, "too_long", (writer.person,))]
    assert (await office.inquiry()).messages == 1


async def test_writer_is_told_once(office: Office) -> None:
    """Read back again, or delivered after all, it stays refused and is not told again."""
    await office.opens()
    await office.told()
    for read_back in (True, True, False):
        assert isinstance(await office.writes(SELLER, TOO_LONG, key="m:1", read_back=read_back), Refusal)
    assert len(await _told_late(office)) == 1


@pytest.mark.parametrize(
    ("writer", "text", "files"), [(SELLER, TOO_LONG, ()), (SELLER, "", (PHOTO,)), (STAFF, TOO_LONG, ())]
)
async def test_what_was_refused_live_is_not_told_again(
    office: Office, writer: Actor, text: str, files: tuple[File, ...]
) -> None:
    """Its writer was answered then, whether it was kept or not; reading it back says nothing more."""
    await office.opens()
    await office.does(BlockPerson, STAFF, person=SELLER.person, blocked=True)
    await office.told()
    for read_back in (False, True):
        answer = await office.writes(writer, text, files=files, key="m:1", read_back=read_back)
        assert isinstance(answer, Refusal)
    assert await office.told() == []


async def test_closed_meanwhile(office: Office) -> None:
    """Whoever wrote to an inquiry that was closed before it was read back is told that it is closed."""
    await office.opens()
    await office.does(Close, STAFF, number=1, outcome=Outcome.OTHER)
    await office.told()
    assert isinstance(await office.writes(BUYER, "まだです", read_back=True), Refusal)
    [(place, reason, mentioned)] = await _told_late(office)
    assert (place, reason, mentioned) == (BUYER.place, "closed", (BUYER.person,))


async def test_what_is_taken_is_relayed_like_any_other(office: Office) -> None:
    """A message that is read back and taken goes its way; a stranger's is nobody's, and they hear nothing."""
    await office.opens()
    await office.told()
    assert isinstance(await office.writes(SELLER, "本日発送しました", read_back=True), Sent)
    await office.told()
    intruder = actor(STRANGER.name.raw, BUYER.place)
    assert isinstance(await office.writes(intruder, TOO_LONG, read_back=True), Nothing)
    assert await office.told() == []
