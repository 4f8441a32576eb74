"""Buyers who take no direct messages: a private thread where they used the command."""

import msgspec
import pytest

from core.errors import Undeliverable, Unknown
from core.ids import DeskId, NoticeId, PersonId, PlaceId
from core.inquiry import card_notice
from core.records import Outcome, Party
from tests.contract.discord.scene import Desk
from tests.contract.store.things import NOON
from tests.emulators.discord import Permission
from tests.emulators.discord.faults import Kind
from tests.emulators.discord.records import ChannelKind


async def test_closed_dms_get_a_private_thread_where_the_command_was_used(desk: Desk) -> None:
    """The buyer and nobody else is brought in and told; the line goes on there, its card is drawn there."""
    desk.hanako.user.dms_closed = True
    root = await desk.opens(Party.BUYER)
    thread = desk.thread(root)
    assert root == f"thread/{thread.id}"
    assert (thread.kind, thread.parent) == (ChannelKind.PRIVATE_THREAD, desk.market.id)
    assert set(thread.people) == {desk.hanako.id, desk.discord.bot.id}
    assert not thread.invitable
    [card] = desk.posted(thread)
    assert {each.target for each in desk.world.pings if each.message is card} == {desk.hanako.id}
    sent = await desk.sends(root, Party.BUYER)
    assert desk.message(sent).channel == thread.id
    assert await desk.messenger.find(desk.direct, root, NoticeId("tanuki.7.2.0"), desk.world.now()) == sent
    before = desk.discord.rendered_text(card)
    closed = desk.inquiry(outcome=Outcome.SOLVED, closed_at=NOON, anchor=None)
    await desk.messenger.update(desk.card(Party.BUYER), closed, root)
    assert desk.discord.rendered_text(card) != before
    assert len(desk.posted(thread)) == 2


async def test_a_private_thread_is_not_opened_twice(desk: Desk) -> None:
    """Wherever an answer was lost while it was being opened, it is found again, with one card in it."""
    desk.hanako.user.dms_closed = True
    for route, kind in (
        ("create_thread", Kind.LOST_REPLY),
        ("add_thread_member", Kind.REFUSED),
        ("create_message", Kind.FAILED_AFTER),
    ):
        thread = None if kind is Kind.LOST_REPLY else desk.private_threads()[0].id
        desk.discord.faults.switch_on(kind, route, channel=thread or "", times=1)
        with pytest.raises(Unknown):
            await desk.opens(Party.BUYER)
    root = await desk.opens(Party.BUYER)
    [thread_of_hers] = desk.private_threads()
    assert root == f"thread/{thread_of_hers.id}"
    assert len(desk.posted(thread_of_hers)) == 1


async def test_a_private_thread_of_another_desk_is_nobody_elses(desk: Desk) -> None:
    """Where another desk had an inquiry of this number there, with somebody else, a new one is opened."""
    desk.hanako.user.dms_closed = desk.taro.user.dms_closed = True
    hers = desk.thread(await desk.opens(Party.BUYER))
    direct = PlaceId(f"discord:users:@{desk.taro.id}")
    known = desk.inquiry(desk=DeskId("kitsune"), buyer=PersonId(f"discord:users:{desk.taro.id}"))
    lines = {**known.lines, Party.BUYER: msgspec.structs.replace(known.lines[Party.BUYER], place=direct)}
    inquiry = msgspec.structs.replace(known, lines=lines)
    card = msgspec.structs.replace(desk.card(Party.BUYER), desk=inquiry.desk, place=direct)
    root = await desk.messenger.open_line(card, inquiry, card_notice(inquiry, Party.BUYER))
    assert desk.thread(root).name == hers.name
    assert desk.taro.id not in hers.people
    assert desk.hanako.id not in desk.thread(root).people


async def test_closed_dms_without_a_way_around_are_said_to_be_closed(desk: Desk) -> None:
    """Where no command was used in a channel, and where private threads are not allowed."""
    desk.hanako.user.dms_closed = True
    desk.denies(desk.market, Permission.CREATE_PRIVATE_THREADS)
    with pytest.raises(Undeliverable) as caught:
        await desk.opens(Party.BUYER)
    assert (caught.value.why, caught.value.place_lost) == ("lacks_create_private_threads", True)
    desk.near = None
    with pytest.raises(Undeliverable) as caught:
        await desk.opens(Party.BUYER)
    assert (caught.value.why, caught.value.place_lost) == ("dm_closed", True)


async def test_somebody_who_left_cannot_be_written_to(desk: Desk) -> None:
    """Without a guild in common Discord takes no direct messages, nor is there anybody to bring in."""
    await desk.hanako.leaves(desk.guild)
    with pytest.raises(Undeliverable) as caught:
        await desk.opens(Party.BUYER)
    assert caught.value.place_lost
