"""Where Henji may not read what people write in guilds: they are told what to do instead."""

from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from tests.clocks import HandClock
from tests.contract.discord.listening.office import Office, listening
from tests.contract.discord.listening.scene import Scene, set_up
from tests.emulators.discord import DiscordEmulator, Person
from tests.waiting import until


@pytest.fixture
async def office(
    discord: DiscordEmulator, clock: HandClock, redis_server: str, redis_client: Redis
) -> AsyncIterator[Office]:
    """An application without the right to the content of messages."""
    del redis_client  # it has emptied the server
    discord.world.message_content = "off"
    async with listening(discord, redis_server, clock.now) as office:
        yield office


@pytest.fixture
async def scene(office: Office) -> Scene:
    """A desk on it."""
    return await set_up(office)


def told(person: Person) -> list[str]:
    """What Henji told somebody in their DM."""
    return [person.reads(each) for each in person.sees() if each.author != person.id]


async def test_whoever_writes_in_a_thread_is_told_once(scene: Scene) -> None:
    """Nothing is carried and nothing is signed; the button at the card does it."""
    card = await scene.opened()
    said = [await scene.ada.says(text, channel=scene.acme, thread=card) for text in ("one", "two")]
    await until(lambda: bool(told(scene.ada)))
    assert "「返信」" in told(scene.ada)[0]
    await scene.ada.presses("返信", on=card)
    form = scene.ada.view
    assert form is not None
    await form.fill(text="on its way")
    assert (await form.submit()).message is not None
    await scene.office.deliver()
    assert any("on its way" in each for each in told(scene.hanako))
    assert len(told(scene.ada)) == 1
    assert not any(each.reactions for each in said)


async def test_what_names_us_can_be_read(scene: Scene) -> None:
    """Discord shows us messages that mention us."""
    card = await scene.opened()
    name = scene.office.discord.bot.name
    await scene.office.says(scene.ada, f"@{name} on its way", channel=scene.acme, thread=card)
    assert any("on its way" in each for each in told(scene.hanako))


async def test_direct_messages_are_read_as_ever(scene: Scene) -> None:
    """They need no right."""
    card = await scene.opened()
    said = await scene.hanako.dm("急いでいます")
    await scene.office.heard(said)
    assert any("急いでいます" in each for each in scene.thread(card))


async def test_others_threads_are_left_alone(scene: Scene) -> None:
    """Who writes in a thread of their own is told nothing."""
    await scene.opened()
    top = await scene.ada.says("lunch?", channel=scene.acme)
    await scene.ada.says("yes?", channel=scene.acme, thread=top)
    await scene.ada.says("hm", channel=scene.acme, thread=scene.card(scene.acme))
    await until(lambda: bool(told(scene.ada)))
    assert len(told(scene.ada)) == 1
