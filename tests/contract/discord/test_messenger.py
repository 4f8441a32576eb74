"""What only Discord does to messages: threads that start from cards, lock and vanish, permissions, nonces."""

import msgspec
import pytest
from discord import AutoShardedClient

from adapters.discord.channels import notice_in
from adapters.discord.client import close_client, open_client
from core.errors import TryAgain, Undeliverable
from core.ids import PersonId
from core.notices import Missed
from core.records import Outcome, Party
from core.text import Foreign
from tests.clocks import HandClock
from tests.contract.discord.scene import Desk
from tests.contract.store.things import NOON
from tests.emulators.discord import DiscordEmulator, Message, Permission, deeds, deeds_guilds
from tests.emulators.discord.faults import Kind
from tests.emulators.discord.records import ChannelKind, Overwrite


async def test_a_thread_starts_from_the_card(desk: Desk) -> None:
    """At once, under the inquiry's title, so that people can write before Henji does."""
    root = await desk.opens()
    thread = desk.thread(root)
    assert (thread.id, thread.parent, thread.kind) == (root, desk.channel.id, ChannelKind.PUBLIC_THREAD)
    assert thread.name == "Inquiry #7 from Hana to Acme"
    sent = await desk.sends(root)
    assert desk.message(sent).channel == thread.id


async def test_a_thread_that_was_not_started_starts_with_the_first_message(desk: Desk) -> None:
    """A card whose thread failed stands all the same."""
    fault = desk.discord.faults.switch_on(Kind.REFUSED, "create_thread_from_message")
    root = await desk.opens()
    assert root not in desk.world.channels
    fault.off()
    sent = await desk.sends(root)
    assert desk.message(sent).channel == root
    assert desk.thread(root).name == "Inquiry #7 from Hana to Acme"


async def test_a_thread_that_somebody_else_started_is_used(desk: Desk) -> None:
    """It has the card's id, whoever started it; a second is refused, and that is fine."""
    fault = desk.discord.faults.switch_on(Kind.REFUSED, "create_thread_from_message")
    root = await desk.opens()
    fault.off()
    deeds.start_thread(desk.world, desk.taro.id, desk.message(root), "mine")
    await desk.sends(root)
    assert desk.thread(root).name == "mine"


async def test_an_archived_thread_opens_by_what_is_sent(desk: Desk, clock: HandClock) -> None:
    """Idle for a week or closed by somebody, a thread is written in all the same."""
    root = await desk.opens()
    clock.advance(days=8)
    await desk.discord.clock_moved()
    assert desk.thread(root).archived
    sent = await desk.sends(root)
    assert desk.message(sent).channel == root
    assert not desk.thread(root).archived


async def test_a_locked_thread_holds_up_no_other(desk: Desk) -> None:
    """What was for it is undeliverable, and said to be; its channel is not lost."""
    root = await desk.opens()
    for archived in (True, False):
        deeds.set_thread(desk.world, desk.thread(root), archived=archived, locked=True)
        with pytest.raises(Undeliverable) as caught:
            await desk.sends(root)
        assert (caught.value.why, caught.value.place_lost) == ("locked", False)


async def test_a_locked_thread_is_opened_where_henji_may(desk: Desk) -> None:
    """With Manage Threads, which it does not ask for."""
    root = await desk.opens()
    entry = Overwrite(desk.discord.bot.id, "member", allow=int(Permission.MANAGE_THREADS))
    deeds_guilds.overwrite(desk.world, desk.channel, entry)
    deeds.set_thread(desk.world, desk.thread(root), archived=True, locked=True)
    sent = await desk.sends(root)
    assert desk.message(sent).channel == root


async def test_under_a_card_and_thread_that_are_gone_the_channel_is_written_in(desk: Desk) -> None:
    """What people write to each other arrives."""
    root = await desk.opens()
    deeds_guilds.delete_channel(desk.world, desk.thread(root))
    deeds.delete(desk.world, desk.message(root))
    sent = await desk.sends(root)
    assert desk.message(sent).channel == desk.channel.id


@pytest.mark.parametrize(
    ("denied", "why"),
    [
        (Permission.VIEW_CHANNEL, "not_in_channel"),
        (Permission.SEND_MESSAGES, "lacks_send_messages"),
        (Permission.EMBED_LINKS, "lacks_embed_links"),
    ],
)
async def test_a_missing_permission_is_named(desk: Desk, denied: Permission, why: str) -> None:
    """Discord says only that one is missing; which, is looked up for staff."""
    desk.denies(desk.channel, denied)
    with pytest.raises(Undeliverable) as caught:
        await desk.opens()
    assert (caught.value.why, caught.value.place_lost) == (why, True)


@pytest.mark.parametrize(
    ("denied", "why"),
    [
        (Permission.CREATE_PUBLIC_THREADS, "lacks_create_public_threads"),
        (Permission.SEND_MESSAGES_IN_THREADS, "lacks_send_messages_in_threads"),
    ],
)
async def test_a_permission_missing_for_threads_is_named(desk: Desk, denied: Permission, why: str) -> None:
    """A card can be posted without them, and nothing below it."""
    desk.denies(desk.channel, denied)
    root = await desk.opens()
    with pytest.raises(Undeliverable) as caught:
        await desk.sends(root)
    assert (caught.value.why, caught.value.place_lost) == (why, True)


async def test_a_channel_that_was_deleted_is_gone(desk: Desk) -> None:
    """What was for it is kept, and staff choose another."""
    root = await desk.opens()
    deeds_guilds.delete_channel(desk.world, desk.channel)
    with pytest.raises(Undeliverable) as caught:
        await desk.sends(root)
    assert (caught.value.why, caught.value.place_lost) == ("channel_gone", True)


async def test_a_reply_in_a_dm_arrives_though_its_card_was_deleted(desk: Desk) -> None:
    """It then stands by itself."""
    root = await desk.opens(Party.BUYER)
    deeds.delete(desk.world, desk.message(root))
    sent = await desk.sends(root, Party.BUYER)
    assert desk.message(sent).reference is None


async def test_roles_are_told(desk: Desk) -> None:
    """A notice mentions a role of the guild as it does people."""
    role = desk.discord.role(desk.guild, "staff", members=[desk.taro], mentionable=True)
    root = await desk.opens()
    missed = Missed(number=7, seller=Foreign("Acme"), due_at=NOON)
    meant = (PersonId(f"discord:{desk.guild.id}:&{role.id}"),)
    notice = msgspec.structs.replace(desk.notice(), what=missed, mentions=meant)
    sent = await desk.messenger.send(notice, root, desk.inquiry())
    assert {each.target for each in desk.world.pings if each.message.id == sent} == {role.id}


async def test_the_same_notice_is_posted_once_however_often_it_is_sent(desk: Desk) -> None:
    """Within minutes Discord itself knows it by its nonce."""
    root = await desk.opens()
    first = await desk.sends(root)
    assert await desk.sends(root) == first
    assert await desk.sends(root, n=1) != first


async def test_a_message_names_its_notice(desk: Desk, client: AutoShardedClient) -> None:
    """The listeners read from it whose message somebody replies to."""
    root = await desk.opens(Party.BUYER)
    channel = client.get_partial_messageable(int(desk.message(root).channel))
    assert notice_in(await channel.fetch_message(int(root))) == "tanuki.7.cb"


async def test_a_card_waits_for_a_limit_of_the_channel(desk: Desk) -> None:
    """It is drawn again when Discord says."""
    root = await desk.opens()
    desk.discord.faults.switch_on(Kind.RATE_LIMITED, "update_message", times=1, retry_after=60)
    with pytest.raises(TryAgain) as caught:
        await desk.messenger.update(desk.card(), desk.inquiry(), root)
    assert caught.value.after == 60


@pytest.mark.parametrize("seconds", [1, 600])
async def test_a_card_edited_too_often_is_left_as_it_is(desk: Desk, seconds: int) -> None:
    """How often an old message may be changed is limited; what waits behind the card does not wait."""
    root = await desk.opens()
    desk.discord.faults.switch_on(Kind.EDITED_TOO_OFTEN, "update_message", times=1, retry_after=seconds)
    before = desk.discord.rendered_text(desk.message(root))
    closed = desk.inquiry(outcome=Outcome.SOLVED, closed_at=NOON, anchor=None)
    await desk.messenger.update(desk.card(), closed, root)
    assert desk.discord.rendered_text(desk.message(root)) == before


async def test_what_cannot_be_read_has_a_button_to_reply_with(discord: DiscordEmulator) -> None:
    """Where messages in guilds may not be read, cards and notices there have one; those in DMs need none."""
    discord.world.message_content = "off"
    client = await open_client(discord.token, api=discord.api)
    desk = Desk(discord, client)
    for party, there in ((Party.STAFF, True), (Party.BUYER, False)):
        root = await desk.opens(party)
        for message in (root, await desk.sends(root, party, n=there)):
            assert ("act:reply:7" in controls_of(desk.message(message))) is there
    root = await desk.opens()
    closed = desk.inquiry(outcome=Outcome.SOLVED, closed_at=NOON, anchor=None)
    await desk.messenger.update(desk.card(), closed, root)
    assert "act:reply:7" not in controls_of(desk.message(root))
    await close_client(client)


def controls_of(message: Message) -> list[str]:
    """The ids of a message's buttons."""
    return [each["custom_id"] for row in message.components for each in row["components"]]
