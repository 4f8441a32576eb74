"""The reckoning finds what it is there to find: on screens written by hand, without any Henji."""

from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import count

import pytest

from bots import clock
from core.ids import PlaceId
from tests.emulators.slack import Message
from tests.faults.on_slack import SlackSaid
from tests.faults.reckoning import Reckoning
from tests.faults.record import Act, Kind, Outcome, Record
from tests.faults.scene import Scene, made
from tests.faults.waiting_inquiries import Waiting


class Screens:
    """Inquiry 7 of 花子 to 青空商店, opened and answered once, and what stands of it everywhere."""

    def __init__(self, scene: Scene) -> None:
        self.slack = scene.slack.slack
        self.scene = scene
        self.record = Record()
        self.shop, self.inbox = self.scene.shops["青空商店"], self.scene.inboxes["花子"]
        self.waiting: list[Waiting] = []
        self.log = ""
        self._ids = count(1)
        self.cards = {
            self.shop: self.posts(self.shop, "問い合わせ #7：花子さんより"),
            self.inbox: self.posts(self.inbox, "問い合わせ #7：青空商店"),
            self.scene.support: self.posts(self.scene.support, "問い合わせ #7：花子さんから青空商店へ"),
        }
        opening = self.acts(Kind.OPENING, "花子", self.shop)
        self.relays(opening, self.shop, self.inbox)
        self.answer = self.acts(Kind.MESSAGE, "葵", self.inbox)

    def posts(self, place: PlaceId, text: str, root: Message | None = None) -> Message:
        """Henji posts something."""
        world = self.slack.world
        message = Message(world.new_ts(), self.scene.slack.at(place).id, self.slack.bot.id, text)
        message.metadata = {"event_payload": {"id": f"d.7.{next(self._ids)}"}}
        message.thread_ts = "" if root is None else root.ts
        world.post(message)
        return message

    def acts(self, kind: Kind, by: str, to: PlaceId, result: Outcome = Outcome.DONE) -> Act:
        """Somebody does something, and is told this of it."""
        act = self.record.begins(Act(kind, by, (self.record.token(),), number=7, to=to))
        self.record.ends(act, result)
        return act

    def relays(self, act: Act, *places: PlaceId) -> None:
        """It is read in these places, and stands in the log."""
        self.log += f"\n{act.tokens[0]}"
        for place in places:
            self.posts(place, f"> {act.tokens[0]}", self.cards[place])

    def problems(self) -> list[str]:
        """What the reckoning says."""
        return Reckoning(self.scene, self.record, self.waiting, {7: self.log}).problems()


@pytest.fixture
async def screens() -> AsyncIterator[Screens]:
    """The screens, on which the seller's answer is still to be read."""
    async with made("slack") as scene:
        yield Screens(scene)


async def test_all_is_well(screens: Screens) -> None:
    """Everything that was told is there, once, in order."""
    screens.relays(screens.answer, screens.inbox)
    second = screens.acts(Kind.MESSAGE, "葵", screens.inbox)
    screens.relays(second, screens.inbox)
    screens.acts(Kind.MESSAGE, "葵", screens.inbox, Outcome.REFUSED)
    screens.acts(Kind.MESSAGE, "葵", screens.inbox, Outcome.UNTOLD)
    assert screens.problems() == []


async def test_a_message_is_missing(screens: Screens) -> None:
    """Its writer was told that it is on its way."""
    assert any("read 0 times" in each for each in screens.problems())


async def test_a_message_is_read_twice(screens: Screens) -> None:
    """Also where it stands in the log once."""
    screens.relays(screens.answer, screens.inbox)
    screens.posts(screens.inbox, f"> {screens.answer.tokens[0]}", screens.cards[screens.inbox])
    assert any("read 2 times" in each for each in screens.problems())


async def test_a_message_was_never_taken(screens: Screens) -> None:
    """Nobody was told anything of it, and nobody read it."""
    screens.relays(screens.answer, screens.inbox)
    untold = screens.acts(Kind.MESSAGE, "葵", screens.inbox, Outcome.UNTOLD)
    untold.said = SlackSaid(screens.cards[screens.inbox])
    assert any("it was never taken" in each for each in screens.problems())


async def test_a_file_is_missing(screens: Screens) -> None:
    """Its message was read, and the file is not there."""
    screens.relays(screens.answer, screens.inbox)
    screens.answer.file = "10002.png"
    assert any("its file is found 0 times" in each for each in screens.problems())


async def test_what_was_refused_took_effect(screens: Screens) -> None:
    """Its writer was told that it did not."""
    screens.relays(screens.answer, screens.inbox)
    refused = screens.acts(Kind.MESSAGE, "葵", screens.inbox, Outcome.REFUSED)
    screens.relays(refused, screens.inbox)
    assert any("it was not done" in each for each in screens.problems())


async def test_two_messages_change_places(screens: Screens) -> None:
    """The second was written after the first had been accepted."""
    second = screens.acts(Kind.MESSAGE, "葵", screens.inbox)
    screens.relays(second, screens.inbox)
    screens.relays(screens.answer, screens.inbox)
    assert any("stands too early" in each for each in screens.problems())


async def test_a_card_is_posted_twice(screens: Screens) -> None:
    """Under a second name or the same."""
    screens.relays(screens.answer, screens.inbox)
    again = screens.posts(screens.shop, "問い合わせ #7：花子さんより")
    again.metadata = screens.cards[screens.shop].metadata
    problems = screens.problems()
    assert any("(2, 1, 1) cards" in each for each in problems)
    assert any("was posted 2 times" in each for each in problems)


async def test_a_button_did_more_than_was_told(screens: Screens) -> None:
    """Pressed once and told so, it is read twice."""
    screens.relays(screens.answer, screens.inbox)
    press = Act(Kind.PRESS, "葵", number=7, words="確認しています", places=(screens.inbox,))
    screens.record.ends(screens.record.begins(press), Outcome.DONE)
    for _ in range(2):
        screens.posts(screens.inbox, "#7：出品者が確認しています。", screens.cards[screens.inbox])
    assert any("is told 2 times" in each for each in screens.problems())


async def test_a_reminder_is_missing(screens: Screens) -> None:
    """The last call came, the first reminder never."""
    screens.relays(screens.answer, screens.inbox)
    due = clock.now() + timedelta(seconds=1)
    screens.waiting = [Waiting(7, "花子", "青空商店", 42, due)]
    screens.posts(screens.shop, "#7：まもなく返信期限です。", screens.cards[screens.shop])
    screens.posts(screens.scene.support, "まだ返信がありません", screens.cards[screens.scene.support])
    assert screens.problems() == ["#7, waiting for 42 h: '購入者が返信を待っています' is told 0 times"]
