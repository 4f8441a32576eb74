"""Files: which of a message's are carried, who hears of the others, and what staff look at again."""

import msgspec

from core.answers import Did, Opened, Sent
from core.clock import due_at
from core.commands import LeaveFiles, ShowFiles, Talk
from core.files import File, FileRef, Left, Why
from core.ids import Key
from core.notices import Asked, Carried, FilesLeft, Relayed
from core.policy import Limits
from core.records import Asking, Entered, Party
from core.refusal import Refusal
from core.text import Foreign
from tests.unit.core.office import (
    BUYER,
    BUYER_PLACE,
    DESK,
    ORDER,
    PHOTO,
    SELLER,
    SELLER_PLACE,
    STAFF,
    STAFF_PLACE,
    Office,
    actor,
    heard,
)

LIMITS = Limits()
LARGE = msgspec.structs.replace(PHOTO, size=LIMITS.file_size + 1)
ARCHIVE = msgspec.structs.replace(PHOTO, name=Foreign("all.zip"))
SHARED = File(Foreign(""), 0, "", FileRef("slack:T01:F09"))
TOO_LARGE = Left(LARGE, Why.TOO_LARGE, LIMITS.file_size)


async def entries(office: Office, kind: Entered) -> list[tuple[str, tuple[File, ...]]]:
    """The log's entries of a kind that have files: their detail, and the files."""
    shown = await office.store.shown(DESK, 1)
    assert shown is not None
    return [(each.detail, each.attached) for each in shown.entries if each.kind is kind and each.attached]


async def test_files_follow_the_words(office: Office) -> None:
    """A message's files are a notice of their own, right after the words, and stand in the log."""
    await office.opens()
    await office.told()
    sent = await office.writes(SELLER, "ご覧ください", files=(PHOTO, SHARED))
    assert sent == Sent(number=1, to=Party.BUYER)
    words, files = await office.told()
    assert (type(words.what), words.place, files.place) == (Relayed, BUYER_PLACE, BUYER_PLACE)
    assert files.what == Carried(
        number=1,
        by=Party.SELLER,
        name=SELLER.name,
        files=(PHOTO, SHARED),
        limit=LIMITS.file_size,
        sender=SELLER.person,
    )
    assert await entries(office, Entered.MESSAGE) == [("", (PHOTO, SHARED))]
    assert (await office.inquiry()).files == 2


async def test_an_openings_files_go_to_the_seller(office: Office) -> None:
    """Files of the first message go to the seller alone: the buyer has them, and staff find them."""
    answer = await office.opens(files=(PHOTO, ARCHIVE))
    assert isinstance(answer, Opened)
    assert answer.left == (Left(ARCHIVE, Why.KIND),)
    told = await office.told()
    assert heard(told, SELLER_PLACE) == ["Relayed", "Carried"]
    assert heard(told, BUYER_PLACE) == ["Relayed"]
    assert await entries(office, Entered.OPENED) == [("", (PHOTO,))]
    assert await entries(office, Entered.FILES_LEFT) == [("kind", (ARCHIVE,))]


async def test_what_is_left_behind_is_said_at_once(office: Office) -> None:
    """Too large, no known kind, one too many: the writer is told which and why, the other side how many."""
    await office.opens()
    await office.told()
    many = tuple(msgspec.structs.replace(PHOTO, source=FileRef(f"slack:T01:F{n}")) for n in range(10))
    sent = await office.writes(SELLER, "ご覧ください", files=(LARGE, *many, ARCHIVE, PHOTO))
    assert isinstance(sent, Sent)
    assert sent.left == (TOO_LARGE, Left(ARCHIVE, Why.KIND), Left(PHOTO, Why.TOO_MANY, LIMITS.files))
    words, files = await office.told()
    assert isinstance(words.what, Relayed)
    assert isinstance(files.what, Carried)
    assert (words.what.files, files.what.files) == (3, many)


async def test_nothing_but_what_is_left_behind(office: Office) -> None:
    """A message of which nothing would be left is refused with the reasons, and stops no clock."""
    await office.opens()
    await office.told()
    refused = await office.writes(SELLER, " ", files=(ARCHIVE,))
    assert isinstance(refused, Refusal)
    assert (refused.reason, refused.left) == ("files_left", (Left(ARCHIVE, Why.KIND),))
    assert await office.told() == []
    assert due_at(await office.inquiry()) is not None


async def test_read_back_and_left_behind(office: Office) -> None:
    """Nobody waits for the answer to what is read back after a gap: it is told on the writer's own line."""
    await office.opens()
    await office.told()
    await office.writes(SELLER, "ご覧ください", files=(ARCHIVE,), read_back=True)
    told = await office.told()
    assert heard(told, BUYER_PLACE) == ["Relayed"]
    (notice,) = (each for each in told if each.place == SELLER_PLACE)
    assert notice.what == FilesLeft(number=1, to=Party.BUYER, left=(Left(ARCHIVE, Why.KIND),))
    assert notice.mentions == (SELLER.person,)


async def test_what_staff_write_there_is_there(office: Office) -> None:
    """Staff's files in a party's own thread need no carrying and no limits; the log has them."""
    await office.opens()
    await office.told()
    sent = await office.writes(actor("sato", SELLER_PLACE), "資料", files=(LARGE,))
    assert sent == Sent(number=1, to=Party.SELLER, due_at=due_at(await office.inquiry()))
    assert await office.told() == []
    assert await entries(office, Entered.MESSAGE) == [("", (LARGE,))]


async def test_files_of_a_note_stay_among_staff(office: Office) -> None:
    """What is attached below the staff's card is in the log, and goes nowhere."""
    await office.opens()
    await office.told()
    await office.writes(STAFF, "控え", files=(PHOTO,))
    assert await office.told() == []
    assert await entries(office, Entered.NOTE) == [("", (PHOTO,))]
    assert isinstance(await office.does(ShowFiles, STAFF, number=1), Refusal)


async def test_files_of_the_dialogue(office: Office) -> None:
    """Files are shown in the question with what is left behind, and a later one is not sent unseen."""
    await office.does(Talk, BUYER, text=Foreign("割れていました"), at=office.now, files=(PHOTO, ARCHIVE))
    (asked,) = [notice.what for notice in await office.told() if isinstance(notice.what, Asked)]
    assert (asked.asking, asked.files, asked.left) == (Asking.SELLER, (PHOTO,), (Left(ARCHIVE, Why.KIND),))
    later = msgspec.structs.replace(asked, files=(PHOTO, SHARED))
    assert asked.sending != later.sending


async def test_the_dialogues_limit_is_one_messages(office: Office) -> None:
    """However many messages a dialogue takes, what it sends has ten files at most."""
    for text in ("割れていました", "青空商店", ORDER):
        await office.does(Talk, BUYER, text=Foreign(text), at=office.now, files=(PHOTO,) * 4)
    asked = [notice.what for notice in await office.told() if isinstance(notice.what, Asked)][-1]
    assert asked.asking is Asking.MESSAGE
    assert asked.files == (PHOTO,) * LIMITS.files
    assert asked.left == (Left(PHOTO, Why.TOO_MANY, LIMITS.files),) * 2


async def test_what_turned_out_later(office: Office) -> None:
    """Files that could not be carried after all are told to their sender once, and stand in the log."""
    await office.opens()
    await office.told()
    for _ in range(2):
        await office.does(
            LeaveFiles,
            None,
            key=Key("left:kaidan.1.2.1"),
            number=1,
            party=Party.SELLER,
            sender=SELLER.person,
            name=SELLER.name,
            to=Party.BUYER,
            left=(Left(PHOTO, Why.LIES), Left(SHARED, Why.GONE), Left(LARGE, Why.LIES)),
        )
    (notice,) = await office.told()
    assert (notice.place, notice.mentions) == (SELLER_PLACE, (SELLER.person,))
    assert await entries(office, Entered.FILES_LEFT) == [("lies", (PHOTO, LARGE)), ("gone", (SHARED,))]


async def test_staff_look_at_files_again(office: Office) -> None:
    """Staff have an inquiry's files put into their thread, message by message; nobody else may."""
    await office.opens(files=(PHOTO,))
    await office.told()
    await office.writes(SELLER, "こちらです", files=(SHARED,))
    await office.told()
    assert await office.does(ShowFiles, STAFF, number=1) == Did(act="files", number=1)
    told = await office.told()
    assert {notice.place for notice in told} == {STAFF_PLACE}
    shown = [
        (what.by, what.files, what.sender)
        for what in (notice.what for notice in told)
        if isinstance(what, Carried)
    ]
    assert shown == [(Party.BUYER, (PHOTO,), None), (Party.SELLER, (SHARED,), None)]
    for other in (BUYER, SELLER):
        refused = await office.does(ShowFiles, other, number=1)
        assert isinstance(refused, Refusal)
        assert refused.reason == "not_allowed"


async def test_an_inquiry_without_files(office: Office) -> None:
    """Staff are told that there are none."""
    await office.opens()
    refused = await office.does(ShowFiles, STAFF, number=1)
    assert isinstance(refused, Refusal)
    assert refused.reason == "no_files"
