"""Setting up a desk and its sellers, and what staff hear when the machinery fails."""

from typing import Any

import pytest

from core.answers import DeskReady, Did, SellerSaved, Sent
from core.clock import due_at
from core.commands import DeliveryFailed, RemoveSeller, ReportTrouble
from core.ids import Key, PlaceId, SellerId, dm_with
from core.notices import Missed, Reminded, Trouble, Undelivered
from core.records import Party
from core.refusal import Refusal
from core.text import Foreign
from tests.unit.core.office import (
    BUYER,
    DESK,
    SELLER,
    SELLER_PLACE,
    STAFF,
    STAFF_PLACE,
    START,
    Office,
    actor,
    heard,
    person,
)


async def test_an_admin_sets_up_then_whom_they_name() -> None:
    """The first set-up takes a workspace admin; after that, those they named may change it too."""
    office = Office()
    refused = await office.set_up(by=actor("dareka"))
    assert isinstance(refused, Refusal)
    assert refused.reason == "not_allowed"
    ready = await office.set_up(by=actor("jogen", admin=True), admins=(person("tanto"),))
    assert isinstance(ready, DeskReady)
    assert isinstance(await office.set_up(by=actor("tanto")), DeskReady)
    assert isinstance(await office.set_up(by=actor("jogen")), Refusal)


async def test_the_first_admin_stays_one() -> None:
    """Whoever sets up remains among the admins, so that nobody locks themselves out."""
    office = Office()
    await office.set_up(by=actor("jogen", admin=True), admins=())
    assert (await office.record()).admins == (person("jogen"),)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"name": Foreign(" ")}, "name_empty"),
        ({"staff": ()}, "nobody_to_ping"),
        ({"quiet_from": 22 * 60}, "quiet_hours"),
        ({"quiet_from": 60, "quiet_to": 60}, "quiet_hours"),
    ],
)
async def test_set_up_needs_whole_settings(fields: dict[str, Any], reason: str) -> None:
    """A desk without a name, with nobody to ping or with half its quiet hours is refused with the field."""
    answer = await Office().set_up(**fields)
    assert isinstance(answer, Refusal)
    assert answer.reason == reason
    assert answer.field


async def test_quiet_hours_move_reminders_never_the_miss(office: Office) -> None:
    """Quiet until eight: the reminder due at four in the morning waits; the miss at four does not."""
    await office.set_up(quiet_from=22 * 60, quiet_to=8 * 60)
    office.now = START.replace(hour=19)  # four in the morning in Tokyo
    await office.opens()
    await office.told()
    assert await office.passes(hours=27, minutes=59) == []
    assert [type(notice.what) for notice in await office.passes(minutes=1)] == [Reminded]
    told = await office.passes(hours=20)
    assert Missed in {type(notice.what) for notice in told}
    assert (await office.inquiry()).missed_at == office.now


async def test_sellers_are_the_staffs(office: Office) -> None:
    """Only staff add sellers; a name is taken once, in any width or case."""
    by_buyer = await office.add_seller("別の店", None, by=BUYER)
    twice = await office.add_seller("青空商店 ", SELLER_PLACE)
    elsewhere = await office.add_seller("よその店", PlaceId("slack:T99:C1"))
    assert [getattr(answer, "reason", "") for answer in (by_buyer, twice, elsewhere)] == [
        "not_allowed",
        "name_taken",
        "not_allowed",
    ]


async def test_seller_changed(office: Office) -> None:
    """A seller is changed under the same id: name, place and people."""
    known = (await office.store.sellers(DESK))[0]
    saved = await office.add_seller("青空商店 本店", SELLER_PLACE, seller=known.id, ping=())
    assert isinstance(saved, SellerSaved)
    assert saved.id == known.id
    assert [one.name.raw for one in await office.store.sellers(DESK)] == ["青空商店 本店"]


async def test_seller_removed_keeps_what_is_open(office: Office) -> None:
    """A removed seller is listed no more; what is open goes on, and the answer counts it."""
    await office.opens()
    await office.told()
    seller = (await office.store.sellers(DESK))[0]
    answer = await office.does(RemoveSeller, STAFF, seller=seller.id)
    assert isinstance(answer, Did)
    assert (answer.act, answer.count) == ("seller_removed", 1)
    assert await office.store.sellers(DESK) == ()
    assert isinstance(await office.writes(SELLER, "発送しました"), Sent)
    assert due_at(await office.inquiry()) is None
    again = await office.does(RemoveSeller, STAFF, seller=SellerId("nobody"))
    assert isinstance(again, Refusal)


async def test_sellers_are_found_by_part_of_their_name(office: Office) -> None:
    """Type-ahead finds by any part of a name, those that begin with it first."""
    await office.add_seller("大空商店", None)
    await office.add_seller("空の家", None)
    found = await office.desk.find_sellers(DESK, "空")
    assert [one.name.raw for one in found] == ["空の家", "大空商店", "青空商店"]


async def test_failed_delivery_is_told_under_the_card(office: Office) -> None:
    """Staff hear which line could not be reached, on the inquiry's own line."""
    await office.opens()
    await office.told()
    await office.does(
        DeliveryFailed,
        None,
        place=SELLER_PLACE,
        why="not_in_channel",
        kept=True,
        number=1,
        party=Party.SELLER,
    )
    (notice,) = await office.told()
    assert isinstance(notice.what, Undelivered)
    assert (notice.place, notice.number, notice.mentions) == (STAFF_PLACE, 1, (person("sato"),))


async def test_lost_staff_place_is_told_to_the_leads(office: Office) -> None:
    """Where the staff place itself is lost, the lead hears it in a DM."""
    await office.does(DeliveryFailed, None, place=STAFF_PLACE, why="not_in_channel", kept=True)
    assert [notice.place for notice in await office.told()] == [dm_with(person("suzuki"))]


async def test_trouble_is_told_once(office: Office) -> None:
    """The same trouble, reported again under the same key, is told once."""
    for _ in range(3):
        await office.does(ReportTrouble, None, kind="sweep_late", count=130, key=Key("trouble:sweep_late:9"))
    told = await office.told()
    assert [type(notice.what) for notice in told] == [Trouble]
    assert told[0].mentions == (person("suzuki"),)


async def test_a_former_staff_place_that_is_lost_is_told_in_the_present_one(office: Office) -> None:
    """What can't be delivered where staff used to be is not reported there, but where they are now."""
    await office.opens()
    await office.told()
    present = PlaceId("slack:T01:C-new")
    await office.set_up(staff_place=present)
    fields = {"why": "archived", "kept": True, "number": 1, "party": Party.STAFF}
    await office.does(DeliveryFailed, None, place=STAFF_PLACE, **fields)
    told = await office.told()
    assert (heard(told, present), heard(told, STAFF_PLACE)) == (["Undelivered"], [])


async def test_staff_and_sellers_share_no_place(office: Office) -> None:
    """What staff note must reach no seller, so neither is set up in the other's place."""
    seller = await office.add_seller("内緒の店", STAFF_PLACE)
    staff = await office.set_up(staff_place=SELLER_PLACE)
    for answer, field in ((seller, "place"), (staff, "staff_place")):
        assert isinstance(answer, Refusal)
        assert (answer.reason, answer.field) == ("staff_place", field)
    assert (await office.record()).staff_place == STAFF_PLACE
