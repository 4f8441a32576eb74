"""The store is away for a while: everybody is told, and nothing that was written is lost."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.redis.embedded import Embedded
from tests.clocks import HandClock
from tests.contract.slack.listening.office import listening
from tests.contract.slack.listening.scene import Scene, answered, set_up
from tests.emulators.slack import SlackEmulator

NOD = "white_check_mark"


class Store:
    """A server of this test's own, that can be stopped and started."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server = Embedded(folder)

    async def start(self) -> str:
        """Be there (again), with all that was stored."""
        self._server = Embedded(self._folder)
        return await self._server.start()

    async def stop(self) -> None:
        """Be gone."""
        await self._server.stop()


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A store's server."""
    store = Store(tmp_path)
    yield store
    await store.stop()


@pytest.fixture(params=["socket mode", "http"])
async def scene(
    request: pytest.FixtureRequest, slack: SlackEmulator, clock: HandClock, store: Store
) -> AsyncIterator[Scene]:
    """A desk on that store."""
    url = await store.start()
    async with listening(slack, url, clock.now, http=request.param == "http") as office:
        yield await set_up(office)


async def test_a_form_stays_open_with_what_was_typed(scene: Scene, store: Store) -> None:
    """It says that it could not be stored; sent again later, it is."""
    form = await scene.form("大事な話")
    await store.stop()
    assert (await scene.submit()).outcome == "errors"
    assert form.value("form:text") == "大事な話"
    await store.start()
    assert (await scene.submit()).outcome == "updated"


async def test_commands_and_buttons_say_so(scene: Scene, store: Store) -> None:
    """A sentence, not Slack's own words for a failure."""
    card = await scene.opened()
    await store.stop()
    for typed in ("/inquiry new", "/inquiry list", "/inquiry show 1", "/desk setup", "/seller add"):
        assert answered(scene.tanaka, await scene.tanaka.command(typed, channel=scene.support))
        assert scene.tanaka.view is None
    assert answered(scene.ada, await scene.ada.presses("act:hold", on=card))
    await store.start()
    assert answered(scene.ada, await scene.ada.presses("act:hold", on=card))


async def test_a_message_is_taken_when_slack_delivers_it_again(
    scene: Scene, store: Store, clock: HandClock
) -> None:
    """Its writer is told once that it has to wait, and sees when it went."""
    card = await scene.opened()
    await store.stop()
    reply = await scene.ada.says("on its way", channel=scene.acme, thread=card)
    alone = [each for each in scene.ada.sees(scene.acme) if each.ephemeral_to]
    assert len(alone) == 1
    assert NOD not in reply.reactions
    await store.start()
    clock.advance(minutes=1)
    await scene.office.slack.clock_moved()
    assert NOD in reply.reactions
    await scene.office.deliver()
    inbox = scene.hanako.inbox
    assert any("on its way" in each for each in scene.thread(inbox, scene.card(inbox)))
