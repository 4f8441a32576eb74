"""What is written below a card at the very instant at which its receipt is noted, or before."""

import pytest
from redis.asyncio import Redis

from tests.clocks import HandClock
from tests.contract.discord.listening.office import listening
from tests.contract.discord.listening.scene import Scene, set_up
from tests.contract.lagging import LaggingStore
from tests.emulators.discord import DiscordEmulator
from tests.waiting import until

DONE = "\N{WHITE HEAVY CHECK MARK}"


@pytest.mark.parametrize("by", ["buyer", "seller"])
async def test_a_message_that_meets_its_cards_receipt_is_carried(
    discord: DiscordEmulator, clock: HandClock, redis_server: str, redis_client: Redis, by: str
) -> None:
    """It is the inquiry's: not the dialogue's, and not people's own affair."""
    del redis_client  # it has emptied the server
    async with listening(discord, redis_server, clock.now, kept=LaggingStore) as office:
        scene = await set_up(office)
        await scene.form()
        assert (await scene.submit()).message is not None
        posted = await office.post()
        assert isinstance(office.store, LaggingStore)
        office.store.late = lambda: office.outbox.settle(posted)
        person, channel = (scene.hanako, scene.hanako.inbox) if by == "buyer" else (scene.ada, scene.acme)
        said = await person.says("and?", channel=channel, thread=scene.card(channel))
        await until(lambda: DONE in said.reactions)
        assert office.store.lagged


async def test_a_reply_to_a_card_that_was_posted_a_moment_ago_waits(scene: Scene) -> None:
    """In a DM too it is the inquiry's, once the store knows of the card."""
    await scene.form()
    assert (await scene.submit()).message is not None
    posted = await scene.office.post()
    inbox = scene.hanako.inbox
    said = await scene.hanako.says("and?", channel=inbox, thread=scene.card(inbox))
    await scene.office.discord.gateway.heard()
    await scene.office.outbox.settle(posted)
    await scene.office.heard(said)
