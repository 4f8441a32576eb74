"""A desk that takes long: first it is said that an answer comes, and then it does."""

from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from tests.contract.discord.listening.scene import Scene
from tests.contract.slack.hands import Clock
from tests.emulators.discord import DiscordEmulator, Message
from tests.waiting import until

PAUSE = 1_800  # milliseconds: longer than a first answer waits for the desk, shorter than Discord does


@pytest.fixture
async def discord(clock: Clock) -> AsyncIterator[DiscordEmulator]:
    """One that waits for an answer as long as Discord does."""
    async with DiscordEmulator(now=clock.now) as discord:
        yield discord


async def test_an_answer_that_takes_long_is_promised(scene: Scene, redis_client: Redis) -> None:
    """What was pressed is done once, and answered in the promise's place, for whoever acted alone."""
    card = await scene.opened()
    await redis_client.client_pause(PAUSE)
    answer = await scene.ada.presses("act:hold:1", on=card)
    assert answer.ok
    await until(lambda: any("#1" in scene.ada.reads(each) for each in alone(scene)))
    assert len(alone(scene)) == 1
    shown = await scene.office.store.shown(await scene.desk(), 1)
    assert shown is not None
    assert shown.inquiry.held_at is not None


async def test_the_dialogue_goes_on_in_its_place(scene: Scene, redis_client: Redis) -> None:
    """Nothing is said twice where the answer replaces a question."""
    hanako = scene.hanako
    await hanako.dm("届きません")

    async def asked() -> bool:
        await scene.office.deliver()
        return len(hanako.sees()) == 2

    await until(asked)
    question = hanako.sees()[-1]
    await hanako.presses("一覧から選ぶ", on=question)
    await redis_client.client_pause(PAUSE)
    assert (await hanako.chooses("Acme", on=question)).ok
    await until(lambda: "注文番号" in hanako.reads(question))
    assert len(hanako.sees()) == 2


def alone(scene: Scene) -> list[Message]:
    """What Ada alone was told since the desk was set up."""
    return [
        each for each in scene.office.discord.world.ephemerals.values() if each.ephemeral_to == scene.ada.id
    ]
