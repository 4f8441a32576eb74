"""Joining a workspace to a desk by a code, and taking it off again."""

from core.answers import Did, Linked, Opened
from core.commands import Acknowledge, MakeLinkCode
from core.ids import Key, WorkspaceId
from core.notices import Reminded, Undelivered, WorkspaceLinked, WorkspaceUnlinked
from core.records import Party
from core.refusal import Refusal
from core.text import Foreign
from tests.unit.core.office import BUYER, DESK, STAFF, STAFF_PLACE, STRANGER, WORKSPACE, Office, heard
from tests.unit.core.two_platforms import (
    CODE,
    GUEST,
    GUILD,
    KANRI,
    OTHER_DESK,
    OWNER,
    SHOP,
    join,
    leave,
    make_code,
    on_both,
    set_up_another,
    use_code,
)

LINKED = Linked(desk=Foreign("受付"))


async def test_a_code_joins_a_workspace_to_the_desk(office: Office) -> None:
    """However it is typed, the code makes the workspace the desk's, and staff are told who did it."""
    await office.set_up()
    await make_code(office)
    assert await use_code(office, " ｂｃｄｆ 2345 ") == LINKED
    assert (await office.record()).workspaces == (WORKSPACE, GUILD)
    assert await office.store.desk_of(GUILD) == DESK
    [notice] = await office.told()
    assert notice.place == STAFF_PLACE
    assert notice.what == WorkspaceLinked(number=0, platform="Discord", by=OWNER.name)


async def test_a_code_works_once_and_for_ten_minutes(office: Office) -> None:
    """A code that was used, or is over, opens nothing; a repeated delivery is answered the same."""
    await office.set_up()
    made = await make_code(office)
    assert (made.until - office.now).total_seconds() == 600
    assert await use_code(office, key="once") == LINKED
    assert await use_code(office, key="once") == LINKED
    third = WorkspaceId("discord:78")
    assert await use_code(office, workspace=third) == Refusal(reason="unknown_code")
    await make_code(office)
    await office.store.age(601)
    assert await use_code(office, workspace=third) == Refusal(reason="unknown_code")


async def test_only_those_who_may_set_up_make_and_use_codes(office: Office) -> None:
    """Neither staff nor strangers open a desk elsewhere; a code is not spent by whoever may not use it."""
    await office.set_up()
    assert await office.does(MakeLinkCode, STAFF, code=CODE) == Refusal(reason="not_allowed")
    await make_code(office)
    assert await use_code(office, by=GUEST) == Refusal(reason="not_allowed")
    assert await use_code(office) == LINKED


async def test_guessing_codes_ends_after_ten(office: Office) -> None:
    """Whoever tries code after code has to wait, also with the right one."""
    await office.set_up()
    for _ in range(10):
        assert await use_code(office, "bcdf2346") == Refusal(reason="unknown_code")
    await make_code(office)
    assert await use_code(office) == Refusal(reason="too_many_codes")
    await office.store.age(601)
    assert await join(office) == LINKED


async def test_a_desk_in_use_is_not_given_up(office: Office) -> None:
    """A workspace where inquiries were opened keeps its desk; the code for the other one is not spent."""
    await office.open_for_business()
    await office.opens()
    await set_up_another(office)
    await office.desk.handle(MakeLinkCode(key=Key("c"), desk=OTHER_DESK, actor=OWNER, code=CODE))
    refused = await use_code(office, by=KANRI, workspace=WORKSPACE)
    assert refused == Refusal(reason="desk_in_use", text=Foreign("受付"))
    assert await office.store.take_code(CODE) == OTHER_DESK


async def test_a_desk_without_inquiries_is_given_up_for_another(office: Office) -> None:
    """Set up on both sides by mistake, the empty one gives way, and nobody of it is told any more."""
    await office.set_up()
    await set_up_another(office)
    assert await join(office) == LINKED
    assert await office.store.desk_of(GUILD) == DESK
    left = await office.store.desk(OTHER_DESK)
    assert left is not None
    assert (left.workspaces, left.staff_place, left.staff) == ((), None, ())


async def test_a_code_is_of_no_use_where_it_was_made(office: Office) -> None:
    """Typed into the desk's own workspace, it says where it belongs."""
    await office.set_up()
    await make_code(office)
    assert await use_code(office, by=KANRI, workspace=WORKSPACE) == Refusal(reason="own_code")


async def test_a_workspace_that_left_keeps_its_inquiries(office: Office) -> None:
    """What is open stays open; what can't be said there any more is told to staff, each time."""
    await on_both(office)
    await office.opens()
    await office.told()
    assert await leave(office) == Did(act="unlinked", count=1)
    [notice] = await office.told()
    assert notice.what == WorkspaceUnlinked(number=0, platform="Discord", by=KANRI.name, sellers=1)
    await office.writes(BUYER, "hello?")
    told = await office.told()
    assert heard(told, SHOP.place) == []
    [what] = [each.what for each in told if isinstance(each.what, Undelivered)]
    assert (what.why, what.to, heard(told, STAFF_PLACE)) == ("unlinked", Party.SELLER, ["Undelivered"])
    reminded = await office.passes(hours=25)
    assert not [each for each in reminded if isinstance(each.what, Reminded)]
    assert heard(reminded, STAFF_PLACE) == ["Undelivered"]


async def test_nobody_acts_for_a_desk_from_a_workspace_that_left(office: Office) -> None:
    """Buttons and messages there do nothing, whatever an adapter remembers; it can get a desk anew."""
    await on_both(office)
    await office.opens()
    await office.told()
    await leave(office)
    gone = Refusal(reason="no_desk")
    assert await office.does(Acknowledge, SHOP, number=1) == gone
    assert await office.writes(SHOP, "too late") == gone
    assert await office.desk.list_open(DESK, SHOP) == gone
    assert await office.desk.sellers(DESK, OWNER) == gone
    assert await office.desk.show(DESK, 1, SHOP) == Refusal(reason="unknown_inquiry", number=1)
    assert await office.store.desk_of(GUILD) is None
    assert await office.desk.settings(DESK, OWNER) is None


async def test_a_seller_of_a_workspace_that_left_gets_no_new_inquiry(office: Office) -> None:
    """The buyer keeps the text; once the workspace is back, so is the seller."""
    await on_both(office)
    await leave(office)
    refused = await office.opens()
    assert isinstance(refused, Refusal)
    assert refused.reason == "seller_unreachable"
    assert await join(office) == LINKED
    assert isinstance(await office.opens(), Opened)


async def test_neither_the_last_workspace_nor_the_staffs_leaves(office: Office) -> None:
    """A desk without a place, or without staff, would tell nobody anything."""
    await on_both(office)
    assert await leave(office, WORKSPACE) == Refusal(reason="staff_are_here")
    assert await leave(office, by=STRANGER) == Refusal(reason="not_allowed")
    assert await leave(office, WorkspaceId("discord:users")) == Refusal(reason="no_desk")
    await leave(office)
    assert await leave(office, WORKSPACE) == Refusal(reason="last_workspace")


async def test_staff_of_a_moved_desk_hear_of_inquiries_opened_before(office: Office) -> None:
    """Once Slack has left, its cards are not drawn; what staff have to know comes to their new place."""
    await on_both(office)
    await office.opens(GUEST)
    await office.set_up(OWNER, workspace=GUILD, staff_place=OWNER.place, staff=(OWNER.person,))
    await office.told()
    assert isinstance(await leave(office, WORKSPACE, OWNER), Did)
    told = await office.passes(hours=49)
    assert heard(told, STAFF_PLACE) == []
    assert heard(told, OWNER.place).count("Missed") == 1
    record = await office.record()
    assert (record.workspaces, record.leads) == ((GUILD,), ())


async def test_what_is_set_up_where_a_desk_left_is_another_desk(office: Office) -> None:
    """An entry of the directory that a crash left behind gives nobody the old desk's settings."""
    await on_both(office)
    await leave(office)
    await office.store.link(GUILD, DESK)
    await set_up_another(office)
    assert (await office.record()).name == Foreign("受付")
    assert await office.store.desk_of(GUILD) == OTHER_DESK
