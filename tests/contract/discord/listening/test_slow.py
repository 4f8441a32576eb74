"""A desk that takes long: first it is said that an answer comes, and then it does."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from tests.clocks import HandClock
from tests.contract.discord.listening.scene import Scene, answered
from tests.emulators.discord import DiscordEmulator, Message
from tests.emulators.discord import Kind as FaultKind
from tests.waiting import until

NOD = "\N{WHITE HEAVY CHECK MARK}"
PAUSE = 1_800  # milliseconds: longer than a first answer waits for the desk, shorter than Discord does


@pytest.fixture
async def discord(clock: HandClock) -> AsyncIterator[DiscordEmulator]:
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


async def test_a_sign_that_hangs_holds_up_nobody_for_long(scene: Scene) -> None:
    """Where Discord never says that it took a sign, what is written next is taken all the same."""
    card = await scene.opened()
    hanging = scene.office.discord.faults.switch_on(FaultKind.SLOW, "add_my_message_reaction", times=1)
    await scene.ada.says("on its way", channel=scene.acme, thread=card)
    second = await scene.ada.says("for sure", channel=scene.acme, thread=card)
    await until(lambda: NOD in second.reactions, within=30)
    assert hanging.hits


async def test_answers_that_hang_hold_up_nobody_for_long(scene: Scene) -> None:
    """However many never reach Discord, whoever acts when it has given them up is answered."""
    hanging = scene.office.discord.faults.switch_on(FaultKind.SLOW, "create_interaction_response", times=64)
    crowd = [scene.hanako.command("/inquiry list", channel=scene.lobby) for _ in range(64)]
    answers = await asyncio.gather(*crowd)
    assert hanging.hits == len(answers)
    assert answered(scene.tanaka, await scene.tanaka.command("/inquiry list", channel=scene.support))
