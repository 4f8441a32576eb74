"""What the seam reads from Discord's screens: which card each post hangs under, wherever it stands."""

from collections.abc import AsyncIterator

import pytest

from core.ids import PlaceId
from tests.emulators.discord import Channel, Message, deeds
from tests.emulators.discord.records import ChannelKind, Reference
from tests.faults.scene import Scene, made


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    """The scene; 太郎 is on Discord, and so is 健太, who takes no direct messages."""
    async with made("discord") as scene:
        yield scene


def posts(scene: Scene, where: Channel, notice: str, reply_to: Message | None = None) -> Message:
    """Henji posts something."""
    world = scene.discord.discord.world
    message = Message(world.new_id(), where.id, world.bot.id, notice)
    message.embeds = [{"type": "rich", "footer": {"text": f"#7 · {notice}"}}] if notice else []
    if reply_to is not None:
        message.reference = Reference(where.id, reply_to.id)
    return deeds.say(world, message)


def seen(scene: Scene, place: PlaceId) -> list[tuple[str, str]]:
    """What is in a place: each notice, and the notice of what it hangs under."""
    found = scene.posts(place)
    by_id = {post.id: post.notice for post in found}
    return [(post.notice, by_id.get(post.root, post.root)) for post in found]


async def test_a_thread_hangs_under_its_card(scene: Scene) -> None:
    """What stands in it belongs to the channel, under the card."""
    discord = scene.discord.discord
    channel = scene.discord.at(scene.support)
    card = posts(scene, channel, "card")
    thread = deeds.start_thread(discord.world, discord.bot.id, card, "#7")
    posts(scene, thread, "relayed")
    assert seen(scene, scene.support) == [("card", ""), ("relayed", "card")]


async def test_replies_hang_under_their_card(scene: Scene) -> None:
    """In a DM there are no threads, and what carries no notice was said aside."""
    inbox = scene.inboxes["太郎"]
    channel = scene.discord.at(inbox)
    card = posts(scene, channel, "card")
    posts(scene, channel, "")
    posts(scene, channel, "relayed", card)
    assert seen(scene, inbox) == [("card", ""), ("relayed", "card")]


async def test_a_private_thread_stands_for_a_closed_dm(scene: Scene) -> None:
    """The first post in it is the card, under which the others hang."""
    world = scene.discord.discord.world
    street = scene.discord.at(scene.discord.general)
    buyer = scene.buyers["健太"]
    thread = deeds.open_thread(world, world.bot.id, street, "#7", ChannelKind.PRIVATE_THREAD)
    deeds.join_thread(world, thread, buyer.person.rpartition(":")[2])
    posts(scene, thread, "card")
    posts(scene, thread, "relayed")
    assert seen(scene, buyer.inbox) == [("card", ""), ("relayed", "card")]
    assert seen(scene, scene.inboxes["太郎"]) == []
