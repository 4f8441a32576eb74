"""A desk on both platforms: one clock for all pairings, and what people see of each other."""

from typing import Any

import pytest

from core.answers import Did, Opened, Sent
from core.commands import Acknowledge, Actor, DeliveryFailed, ReportTrouble, Talk, Withdraw
from core.ids import Key, MessageId, PersonId, PlaceId
from core.notices import Relayed, Trouble
from core.records import Asking, Party, ShownAs
from core.refusal import Refusal
from core.text import Foreign
from tests.unit.core.office import (
    BUYER,
    DESK,
    SELLER,
    SELLER_PLACE,
    STAFF_PLACE,
    WORKSPACE,
    Office,
    heard,
    person,
)
from tests.unit.core.two_platforms import GUEST, GUILD, OTHER_DESK, OWNER, SHOP, in_guild, on_both


@pytest.mark.parametrize("buyer", [BUYER, GUEST], ids=["slack", "discord"])
async def test_an_inquiry_crosses_from_one_platform_to_the_other(office: Office, buyer: Actor) -> None:
    """Wherever the buyer is, the seller's reply on Discord reaches them and stops the clock."""
    await on_both(office)
    assert isinstance(await office.opens(buyer), Opened)
    told = await office.told()
    assert heard(told, SHOP.place) == ["Relayed"]
    assert isinstance(await office.writes(SHOP, "on its way"), Sent)
    place = (await office.inquiry()).lines[Party.BUYER].place
    assert heard(await office.told(), place) == ["Relayed"]
    assert (await office.inquiry()).anchor is None


async def test_an_inquiry_remembers_where_it_was_opened(office: Office) -> None:
    """A shared place is kept for a buyer whose DM is closed; one opened in the DM has none."""
    await on_both(office)
    await office.opens(GUEST)
    await office.opens(BUYER)
    assert (await office.inquiry(1)).lines[Party.BUYER].near == GUEST.place
    assert (await office.inquiry(2)).lines[Party.BUYER].near is None


async def test_a_platform_that_refuses_everything_is_told_of_on_the_other(office: Office) -> None:
    """Its token was revoked, and the staff place is there: somebody elsewhere hears of it at once."""
    await on_both(office)
    await office.set_up(admins=(person("kanri"), OWNER.person))
    await office.opens()
    await office.told()
    failed: dict[str, Any] = {"why": "misconfigured", "kept": True, "number": 1, "party": Party.BUYER}
    await office.does(DeliveryFailed, None, place=BUYER.place, **failed)
    told = await office.told()
    assert heard(told, STAFF_PLACE) == ["Undelivered"]
    assert heard(told, PlaceId("discord:users:@1")) == ["Undelivered"]
    await office.does(DeliveryFailed, None, place=GUEST.place, **failed)
    assert heard(await office.told(), PlaceId("discord:users:@1")) == []


async def test_staff_elsewhere_are_pinged_in_their_dm(office: Office) -> None:
    """Whoever of the staff can't be mentioned in the staff place is told beside it; a role can't be."""
    await on_both(office)
    role = PersonId(f"{GUILD}:&9")
    await office.set_up(staff=(person("sato"), OWNER.person, role), leads=(OWNER.person,))
    await office.opens()
    await office.told()
    told = await office.passes(hours=53)
    dm = PlaceId("discord:users:@1")
    assert heard(told, dm) == ["HeadsUp", "Missed", "Escalated"]
    assert {each.mentions for each in told if each.place == dm} == {(OWNER.person,)}
    assert heard(told, STAFF_PLACE).count("Missed") == 1


async def test_staff_to_ping_are_where_the_staff_place_is(office: Office) -> None:
    """At least one of them can be mentioned there, or nobody would be told in time."""
    await on_both(office)
    moved = await office.set_up(OWNER, workspace=GUILD, staff_place=OWNER.place)
    assert moved == Refusal(reason="nobody_to_ping", field="staff")
    both = (person("sato"), OWNER.person)
    moved = await office.set_up(OWNER, workspace=GUILD, staff_place=OWNER.place, staff=both)
    assert not isinstance(moved, Refusal)


async def test_a_platform_that_removed_henji_is_told_of_on_the_other(office: Office) -> None:
    """In the staff place, where that is elsewhere; else to the leads, and to somebody elsewhere."""
    await on_both(office)
    await _removed(office, workspace=GUILD)
    [notice] = await office.told()
    assert (notice.place, notice.what) == (STAFF_PLACE, Trouble(number=0, kind="removed", platform="Discord"))
    await office.set_up(staff=(person("sato"), OWNER.person))
    await _removed(office, workspace=WORKSPACE)
    places = {each.place for each in await office.told()}
    assert places == {PlaceId("slack:T01:@suzuki"), PlaceId("discord:users:@1")}


async def _removed(office: Office, **fields: Any) -> None:
    key = Key(f"removed:{fields['workspace']}")
    await office.desk.handle(ReportTrouble(key=key, desk=DESK, kind="removed", **fields))


async def test_a_desk_may_show_only_roles(office: Office) -> None:
    """Buyer and seller read no names of each other or of staff; the log has them, for staff."""
    await office.set_up(shown_as=ShownAs.ROLE)
    await office.add_seller("青空商店", SELLER_PLACE)
    await office.opens()
    told = await office.told()
    await office.writes(SELLER, "本日発送します")
    told += await office.told()
    assert [each.what.name for each in told if isinstance(each.what, Relayed)] == [Foreign("")] * 3
    shown = await office.store.shown(DESK, 1)
    assert shown is not None
    assert [entry.name for entry in shown.entries] == [BUYER.name, SELLER.name]


async def test_settings_without_a_word_on_names_leave_them(office: Office) -> None:
    """A form that does not ask how people are shown changes nothing about it."""
    await office.set_up(shown_as=ShownAs.ROLE)
    await office.set_up()
    assert (await office.record()).shown_as is ShownAs.ROLE


async def test_whoever_has_a_role_of_the_desk_is_staff(office: Office) -> None:
    """Decided at every act anew. A role itself has no DM: where the staff place is lost, people are told."""
    role = PersonId(f"{GUILD}:&9")
    await on_both(office)
    await office.set_up(staff=(person("sato"), role), leads=(role,))
    await office.opens()
    assert isinstance(await office.does(Acknowledge, in_guild(8), number=1), Refusal)
    assert isinstance(await office.does(Acknowledge, in_guild(8, groups=(role,)), number=1), Did)
    await office.told()
    await _removed(office, workspace=WORKSPACE)
    assert {each.place for each in await office.told()} == {PlaceId("slack:T01:@kanri")}


async def test_a_message_where_there_are_no_threads_goes_to_the_only_inquiry(office: Office) -> None:
    """One open inquiry is meant; while several are open, the dialogue asks which."""
    await on_both(office)
    await office.opens()
    await office.told()
    assert isinstance(await _talks(office, "5"), Sent)
    assert heard(await office.told(), SHOP.place) == ["Relayed"]
    assert (await office.inquiry()).lines[Party.BUYER].heard == "5"
    await office.opens()
    assert not isinstance(await _talks(office, "6"), Sent)
    draft = await office.desk.draft(DESK, BUYER.person)
    assert draft is not None
    assert draft.asking is Asking.WHICH


async def test_a_dialogue_that_stands_comes_before_the_only_inquiry(office: Office) -> None:
    """Where a question was asked, what is written next answers it."""
    await on_both(office)
    await office.opens()
    await office.opens()
    assert not isinstance(await _talks(office, "5"), Sent)
    await office.does(Withdraw, BUYER, number=1)
    await office.told()
    assert not isinstance(await _talks(office, "6"), Sent)
    assert heard(await office.told(), SHOP.place) == []


async def test_what_was_refused_while_nobody_listened_is_told(office: Office) -> None:
    """Read back later, a message too long for the dialogue is kept, and its writer is told so, once."""
    await on_both(office)
    said: dict[str, Any] = {"text": Foreign("a" * 4_001), "threadless": True, "read_back": True}
    for _ in range(2):
        answer = await office.does(Talk, BUYER, at=office.now, message=MessageId("5"), key=Key("m"), **said)
        assert isinstance(answer, Refusal)
    assert heard(await office.told(), BUYER.place) == ["RefusedLate"]


async def _talks(office: Office, message: str) -> object:
    said: dict[str, Any] = {"text": Foreign("one more thing"), "threadless": True}
    return await office.does(Talk, BUYER, at=office.now, message=MessageId(message), **said)


async def test_a_card_tells_which_desk_a_message_belongs_to(office: Office) -> None:
    """A line's card is the desk's own; any other message is nobody's."""
    await on_both(office)
    await office.opens()
    await office.told()
    [roots] = await office.store.roots([(DESK, 1)])
    assert await office.desk.owns(DESK, SHOP.place, roots[Party.SELLER])
    assert not await office.desk.owns(OTHER_DESK, SHOP.place, roots[Party.SELLER])
    assert not await office.desk.owns(DESK, BUYER.place, roots[Party.SELLER])
