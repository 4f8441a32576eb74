"""The store is away for a while: everybody is told, and nothing that was written is lost."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.clocks import HandClock
from tests.contract.discord.listening.office import listening
from tests.contract.discord.listening.scene import Scene, answered, set_up
from tests.contract.slack.listening.test_away import Store
from tests.emulators.discord import DiscordEmulator


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A store's server."""
    store = Store(tmp_path)
    yield store
    await store.stop()


@pytest.fixture
async def scene(discord: DiscordEmulator, clock: HandClock, store: Store) -> AsyncIterator[Scene]:
    """A desk on that store."""
    url = await store.start()
    async with listening(discord, url, clock.now) as office:
        yield await set_up(office)


async def test_a_form_can_be_sent_again_with_what_was_typed(scene: Scene, store: Store) -> None:
    """It says that it could not be stored; opened again later, it holds all of it."""
    await scene.form("大事な話")
    await store.stop()
    refused = await scene.submit()
    assert refused.message is not None
    await scene.hanako.presses("修正", on=refused.message)
    assert scene.hanako.view is not None
    assert scene.hanako.view.value("text") == "大事な話"
    await store.start()
    sent = await scene.submit()
    assert sent.message is not None
    assert "#1" in scene.hanako.reads(sent.message)


async def test_commands_and_buttons_say_so(scene: Scene, store: Store) -> None:
    """A sentence, not Discord's own words for a failure."""
    card = await scene.opened()
    await store.stop()
    for typed, options in (
        ("inquiry new", {"seller": "Acme"}),
        ("inquiry list", {}),
        ("inquiry show", {"number": "1"}),
        ("desk setup", {}),
        ("seller add", {}),
    ):
        answer = await scene.tanaka.command(f"/{typed}", options, channel=scene.support)
        assert answered(scene.tanaka, answer)
        assert scene.tanaka.view is None
    assert answered(scene.ada, await scene.ada.presses("act:hold:1", on=card))
    assert answered(scene.hanako, await scene.hanako.command("/inquiry list"))
    await store.start()
    assert "#1" in answered(scene.ada, await scene.ada.presses("act:hold:1", on=card))


async def test_a_message_is_taken_when_the_store_is_back(scene: Scene, store: Store) -> None:
    """Its writer sees when it went, and those after it, in their order."""
    card = await scene.opened()
    await store.stop()
    said = [await scene.ada.says(text, channel=scene.acme, thread=card) for text in ("first", "second")]
    direct = await scene.hanako.dm("急いでいます", thread=scene.card(scene.hanako.inbox))
    assert not any(each.reactions for each in (*said, direct))
    await store.start()
    for each in (*said, direct):
        await scene.office.heard(each)
    read = "\n".join(scene.hanako.reads(each) for each in scene.hanako.sees())
    assert read.index("first") < read.index("second")
    assert any("急いでいます" in each for each in scene.thread(card))
