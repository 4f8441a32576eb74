"""What is written under a card at the very instant at which its receipt is noted."""

import pytest
from redis.asyncio import Redis

from tests.clocks import HandClock
from tests.contract.lagging import LaggingStore
from tests.contract.slack.listening.office import listening
from tests.contract.slack.listening.scene import set_up
from tests.contract.slack.listening.test_messages import NOD
from tests.emulators.slack import SlackEmulator


@pytest.mark.parametrize("by", ["buyer", "seller"])
async def test_a_message_that_meets_its_cards_receipt_is_carried(
    slack: SlackEmulator, clock: HandClock, redis_server: str, redis_client: Redis, by: str
) -> None:
    """It is the inquiry's: not the dialogue's, and not people's own affair."""
    del redis_client  # it has emptied the server
    async with listening(slack, redis_server, clock.now, http=True, kept=LaggingStore) as office:
        scene = await set_up(office)
        await scene.form()
        assert (await scene.submit()).outcome == "updated"
        posted = await office.post()
        assert isinstance(office.store, LaggingStore)
        office.store.late = lambda: office.outbox.settle(posted)
        person, channel = (scene.hanako, scene.hanako.inbox) if by == "buyer" else (scene.ada, scene.acme)
        said = await person.says("and?", channel=channel, thread=scene.card(channel))
        assert office.store.lagged
        assert NOD in said.reactions
