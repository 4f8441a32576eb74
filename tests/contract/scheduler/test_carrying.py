"""Files on their way: in order, once, beside the lease, and never in the way of words for long."""

import asyncio

from obstore.store import ObjectStore
from structlog.typing import EventDict

from adapters.files.room import StoredFiles
from core.errors import Misconfigured, TryAgain, Undeliverable
from core.files import File, FileRef, Left, Why
from core.ids import PersonId, PlaceId
from core.notices import Carried, FilesLeft, Held, Undelivered
from core.records import Party
from core.text import Foreign
from scheduler.aio import spawn
from scheduler.carrying import AT_ONCE, PAUSE, TRIES
from scheduler.passes import Fate
from tests.clocks import NOON
from tests.contract.scheduler.house import House, line_at
from tests.contract.scheduler.voices import LostReply
from tests.contract.scheduler.wagons import PNG
from tests.contract.store.things import SELLER_PLACE, an_inquiry
from tests.waiting import until

BUYER = PersonId("slack:T01:U05")
HELD = Held(number=1, due_at=NOON)
LIMIT = 10_000


def carried(*files: File, number: int = 1, sender: PersonId | None = BUYER) -> Carried:
    """Files of the buyer, on their way."""
    return Carried(
        number=number, by=Party.BUYER, name=Foreign("花子"), files=files, limit=LIMIT, sender=sender
    )


def left(house: House) -> list[Left]:
    """What the buyer was told is left behind."""
    return [each for what in house.told() if isinstance(what, FilesLeft) for each in what.left]


async def test_files_arrive_in_their_order(house: House) -> None:
    """Files arrive in one message, at their place between what was said before and after them."""
    await house.open()
    front, back = house.courier.attached("front.png", PNG + b"1"), house.courier.attached("back.png", PNG)
    before, files, after = await house.queue(an_inquiry(), HELD, carried(front, back), HELD)
    assert (await house.deliver()).fates == {Fate.SENT: 3}
    said = [notice for notice, _, _ in house.messenger.said[SELLER_PLACE]]
    assert said == [before.id, files.id, after.id]
    assert house.courier.carried == {files.id: [("front.png", PNG + b"1"), ("back.png", PNG)]}


async def test_a_lost_reply_posts_files_once(house: House) -> None:
    """Files whose posting was not confirmed are looked for before they are posted again."""
    await house.open()
    await house.queue(an_inquiry(), carried(house.courier.attached("photo.png")))
    house.messenger.wrong[SELLER_PLACE].append(LostReply())
    await house.deliver()
    await house.age(60)
    await house.deliver()
    assert len(house.messenger.said[SELLER_PLACE]) == 1


async def test_what_was_fetched_is_fetched_once(house: House) -> None:
    """What is in the file room stays there: whoever tries again asks its platform no more."""
    await house.open()
    photo = house.courier.attached("photo.png")
    await house.queue(an_inquiry(), carried(photo))
    house.messenger.wrong[SELLER_PLACE].append(TryAgain(1.0))
    await house.deliver()
    house.rota = house.another_worker()
    await house.age(PAUSE)
    await house.deliver()
    assert house.courier.fetched == [photo.source]
    assert len(house.courier.carried) == 1


async def test_what_is_left_behind_is_told_once(house: House) -> None:
    """A file that is not what it says goes no further; its sender hears why, once, and the others go."""
    await house.open()
    photo = house.courier.attached("photo.png")
    program = house.courier.attached("program.png", b"MZ")
    gone = File(Foreign("a.png"), 1, "", FileRef("slack:T01:a"))
    (notice,) = await house.queue(an_inquiry(), carried(photo, program, gone))
    house.messenger.wrong[SELLER_PLACE].append(TryAgain(1.0))
    await house.deliver()
    await house.age(PAUSE)
    await house.deliver()
    assert left(house) == [Left(program, Why.LIES, LIMIT), Left(gone, Why.GONE, LIMIT)]
    assert house.courier.carried == {notice.id: [("photo.png", PNG)]}
    log = await house.store.shown(notice.desk, 1)
    assert log is not None
    assert [(entry.detail, entry.attached) for entry in log.entries] == [
        ("lies", (program,)),
        ("gone", (gone,)),
    ]


async def test_nobody_hears_of_what_staff_look_at(house: House) -> None:
    """Files that staff want to see again and that are gone are counted for them; nobody else is told."""
    await house.open()
    gone = File(Foreign("a.png"), 1, "", FileRef("slack:T01:a"))
    await house.queue(an_inquiry(), carried(gone, sender=None))
    await house.deliver()
    (told,) = house.told()
    assert isinstance(told, Carried)
    assert (told.files, told.left) == ((), 1)


async def test_files_do_not_hold_up_words_for_long(house: House) -> None:
    """What can't be fetched is left behind after some attempts, and what waited behind it goes out."""
    await house.open()
    photo = house.courier.attached("photo.png")
    house.courier.wrong[photo.source].extend([TryAgain(5.0)] * 9)
    await house.queue(an_inquiry(), carried(photo), HELD)
    for _ in range(TRIES + 1):
        await house.deliver()
        await house.age(PAUSE * 2**TRIES)
    assert len(house.courier.fetched) == TRIES
    assert [each.why for each in left(house)] == [Why.UNAVAILABLE]
    assert HELD in house.told()


async def test_a_place_that_takes_no_files_gets_words(house: House) -> None:
    """What can't be put into its place is left behind after some attempts, too."""
    await house.open()
    (notice, _) = await house.queue(an_inquiry(), carried(house.courier.attached("photo.png")), HELD)
    house.messenger.wrong[SELLER_PLACE].extend([TryAgain(5.0)] * TRIES)
    for _ in range(TRIES + 2):
        await house.deliver()
        await house.age(PAUSE * 2**TRIES)
    assert [each.why for each in left(house)] == [Why.UNAVAILABLE]
    assert notice.id not in house.courier.carried
    assert HELD in house.told()


async def test_a_place_that_is_away_keeps_its_files(house: House) -> None:
    """While a place takes no words either, its files are not given up: they go out when it is back."""
    await house.open()
    (notice,) = await house.queue(an_inquiry(), carried(house.courier.attached("photo.png")))
    house.messenger.wrong[SELLER_PLACE].extend([TryAgain(5.0)] * (TRIES + 3))
    for _ in range(TRIES + 4):
        await house.deliver()
        await house.age(PAUSE * 2**TRIES)
    assert left(house) == []
    assert notice.id in house.courier.carried


async def test_a_place_that_refuses_files_gets_words(house: House) -> None:
    """Where a permission for files is missing in a place, staff hear which, the sender that they stay."""
    await house.open()
    await house.queue(an_inquiry(), carried(house.courier.attached("photo.png")))
    house.messenger.wrong[SELLER_PLACE].append(Undeliverable("lacks_attach_files", place_lost=False))
    await house.deliver()
    assert [each.why for each in left(house)] == [Why.UNAVAILABLE]
    assert [what.why for what in house.told() if isinstance(what, Undelivered)] == ["lacks_attach_files"]
    assert len(house.messenger.said[SELLER_PLACE]) == 1


async def test_each_file_left_behind_is_told(house: House) -> None:
    """Where one can't be fetched, and the others then can't be posted, the sender hears of them all."""
    await house.open()
    gone = File(Foreign("gone.png"), 1, "", FileRef("slack:T01:gone.png"))
    await house.queue(an_inquiry(), carried(gone, house.courier.attached("photo.png")))
    house.messenger.wrong[SELLER_PLACE].append(Undeliverable("lacks_attach_files", place_lost=False))
    await house.deliver()
    assert {(each.file.name.raw, each.why) for each in left(house)} == {
        ("gone.png", Why.GONE),
        ("photo.png", Why.UNAVAILABLE),
    }


async def test_a_file_room_that_is_away_holds_up_nothing(house: House) -> None:
    """Where files can't be kept for now, they are left behind like what can't be fetched."""
    await house.open()
    photo = house.courier.attached("photo.png")
    house.files = StoredFiles(_away)
    house.rota = house.another_worker()
    await house.queue(an_inquiry(), carried(photo), HELD)
    for _ in range(TRIES + 1):
        await house.deliver()
        await house.age(PAUSE * 2**TRIES)
    assert [each.why for each in left(house)] == [Why.UNAVAILABLE]
    assert HELD in house.told()


async def test_a_bug_about_a_file_holds_up_nothing(house: House, logged: list[EventDict]) -> None:
    """What nobody thought of is logged, and the file left behind."""
    await house.open()
    photo = house.courier.attached("photo.png")
    house.courier.wrong[photo.source].extend([KeyError("url")] * TRIES)
    await house.queue(an_inquiry(), carried(photo), HELD)
    for _ in range(TRIES + 1):
        await house.deliver()
        await house.age(PAUSE * 2**TRIES)
    assert [each["log_level"] for each in logged if each["event"] == "a file can't be fetched"] == [
        "error"
    ] * TRIES
    assert HELD in house.told()


async def test_a_missing_permission_holds_up_nothing(house: House) -> None:
    """Where files can't go as the desk is set up, staff hear of it, the sender too, and words go on."""
    await house.open()
    photo = house.courier.attached("photo.png")
    house.courier.wrong[photo.source].append(Misconfigured("SLACK_BOT_TOKEN", "lacks files:read.", "Add it."))
    await house.queue(an_inquiry(), carried(photo), HELD)
    assert (await house.deliver()).fates[Fate.SENT] >= 2
    assert [each.why for each in left(house)] == [Why.UNAVAILABLE]
    assert [what.why for what in house.told() if isinstance(what, Undelivered)] == ["misconfigured"]
    assert HELD in house.told()


async def test_many_files_leave_room_for_words(house: House) -> None:
    """However many files are being fetched, words in other places go out meanwhile."""
    house.courier.gate = asyncio.Event()
    await house.open()
    for number in range(2, 12):
        inquiry = await house.open(number, lines=line_at(PlaceId(f"slack:T01:CX{number}")))
        await house.queue(inquiry, carried(house.courier.attached(f"{number}.png"), number=number))
    await house.queue(an_inquiry(), HELD)
    delivering = spawn(house.rota.delivery.run_once(), "a delivery")
    await until(lambda: HELD in house.told(), within=5)
    assert len(house.courier.fetched) <= AT_ONCE
    house.courier.gate.set()
    await delivering
    await house.age(2)
    await house.deliver()
    assert len(house.courier.carried) == 10


def _away() -> ObjectStore:
    raise TryAgain(PAUSE)
