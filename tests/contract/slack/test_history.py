"""What people said on Slack while Henji was away, read back."""

from dataclasses import replace

import msgspec
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.history import SlackHistory
from adapters.slack.parse import heard, post_of
from adapters.slack.people import People
from core.commands import Actor, PostMessage
from core.errors import Undeliverable
from core.ids import MessageId, PersonId, PlaceId, WorkspaceId
from core.records import Inquiry, Line, Party
from core.text import Foreign
from tests.clocks import HandClock
from tests.contract.store.things import DESK, a_desk, an_inquiry
from tests.emulators.slack import Channel, Message, Person, SlackEmulator


class Line7:
    """Inquiry 7's line to a seller, in a channel with one of the seller's people."""

    def __init__(
        self, slack: SlackEmulator, client: AsyncWebClient, people: People, clock: HandClock
    ) -> None:
        """Set the scene."""
        self.slack = slack
        self.client = client
        self.workspace = WorkspaceId(f"slack:{slack.team}")
        self.taro: Person = slack.person("Taro", locale="en-US")
        self.channel: Channel = slack.channel("acme", members=[self.taro])
        self.history = SlackHistory(client, people, clock.now)
        self.place = PlaceId(f"{self.workspace}:{self.channel.id}")

    async def card(self) -> Message:
        """The card, posted."""
        answer = await self.client.chat_postMessage(channel=self.channel.id, text="#7")
        return self.channel.messages[str(answer["ts"])]

    def inquiry(self, heard: str = "") -> Inquiry:
        """The inquiry, whose seller was last heard in that message."""
        lines = {Party.SELLER: Line(place=self.place, lang="en", heard=MessageId(heard))}
        return msgspec.structs.replace(an_inquiry(7), lines=lines)

    async def since(self, card: Message, heard: str = "") -> list[PostMessage]:
        """What was said since."""
        roots = {Party.SELLER: MessageId(card.ts)}
        said = await self.history.since(a_desk(), self.inquiry(heard), roots)
        return [each for each in said if isinstance(each, PostMessage)]


@pytest.fixture
def line(slack: SlackEmulator, client: AsyncWebClient, people: People, clock: HandClock) -> Line7:
    """A line to a seller."""
    return Line7(slack, client, people, clock)


async def test_what_was_said_in_the_thread_is_read_back(line: Line7, clock: HandClock) -> None:
    """Messages of the thread come oldest first, as they were written, from who wrote them and when."""
    card = await line.card()
    clock.advance(minutes=5)
    first = await line.taro.says("We <3 to help @henji", channel=line.channel, thread=card)
    clock.advance(minutes=5)
    second = await line.taro.says("", channel=line.channel, thread=card, files=("a.png", "b.png"))
    said = await line.since(card)
    assert [each.message for each in said] == [first.ts, second.ts]
    assert [each.root for each in said] == [card.ts, card.ts]
    assert [[file.name.raw for file in each.files] for each in said] == [[], ["a.png", "b.png"]]
    assert said[0].text.raw.startswith("We <3 to help @")
    assert said[0].actor is not None
    assert said[0].actor.name == Foreign("Taro")
    assert (said[1].at - said[0].at).total_seconds() == pytest.approx(300)


async def test_it_is_the_same_command_that_the_event_would_have_made(line: Line7) -> None:
    """Heard live or read back it is one command, so the second changes nothing; it says which it was."""
    card = await line.card()
    message = await line.taro.says("Sent today.", channel=line.channel, thread=card)
    [read] = await line.since(card)
    event = {
        "type": "message",
        "channel": line.channel.id,
        "user": line.taro.id,
        "text": "Sent today.",
        "ts": message.ts,
        "thread_ts": card.ts,
    }
    live = heard(event, line.workspace)
    assert live is not None
    actor = Actor(
        person=PersonId(f"{line.workspace}:{line.taro.id}"), name=Foreign("Taro"), lang="en", place=line.place
    )
    assert read == replace(post_of(live, DESK, actor, lambda _: None), read_back=True)


async def test_what_was_heard_long_before_is_not_read_again(line: Line7, clock: HandClock) -> None:
    """Reading goes on after the last message known, however long ago that was."""
    card = await line.card()
    first = await line.taro.says("One", channel=line.channel, thread=card)
    clock.advance(hours=1)
    second = await line.taro.says("Two", channel=line.channel, thread=card)
    clock.advance(days=30)
    assert [each.message for each in await line.since(card, first.ts)] == [second.ts]
    assert await line.since(card, second.ts) == []


async def test_a_message_heard_live_hides_none_before_it(line: Line7, clock: HandClock) -> None:
    """What was said in the gap is read back although something said after it has been heard by then.

    Recent messages are read again for that; their keys keep them from being said twice.
    """
    card = await line.card()
    clock.advance(days=1)
    unheard = await line.taro.says("Sent today.", channel=line.channel, thread=card)
    clock.advance(hours=1)
    heard_live = await line.taro.says("Did you get it?", channel=line.channel, thread=card)
    clock.advance(days=5)
    assert [each.message for each in await line.since(card, heard_live.ts)] == [unheard.ts, heard_live.ts]
    clock.advance(days=2)
    assert await line.since(card, heard_live.ts) == []


async def test_only_people_in_the_thread_are_heard(line: Line7) -> None:
    """Henji's own posts, other apps, and what is said beside the thread are nobody's."""
    card = await line.card()
    await line.client.chat_postMessage(channel=line.channel.id, text="A reminder", thread_ts=card.ts)
    await line.slack.other_app_says("CRM", "ticket", channel=line.channel, thread=card)
    await line.taro.says("beside it", channel=line.channel)
    assert await line.since(card) == []


async def test_a_long_thread_is_read_to_its_end(line: Line7) -> None:
    """More messages than Slack gives in one page are all there, in order."""
    card = await line.card()
    sent = [await line.taro.says(str(n), channel=line.channel, thread=card) for n in range(450)]
    assert [each.message for each in await line.since(card)] == [each.ts for each in sent]


async def test_a_thread_whose_card_was_deleted_is_empty(line: Line7) -> None:
    """A card that is gone has no thread to read, which is no fault."""
    card = await line.card()
    await line.client.chat_delete(channel=line.channel.id, ts=card.ts)
    assert await line.since(card) == []


async def test_a_channel_we_were_put_out_of_cannot_be_read(line: Line7) -> None:
    """What can't be read says so: the alarm is then told as unread."""
    card = await line.card()
    await line.taro.removes_bot(line.channel)
    with pytest.raises(Undeliverable):
        await line.since(card)


async def test_a_line_that_is_lost_hides_nothing_in_another(line: Line7) -> None:
    """The seller is heard although staff's channel is gone."""
    card = await line.card()
    await line.taro.says("Sent today", channel=line.channel, thread=card)
    gone = Line(place=PlaceId(f"{line.workspace}:C0GONE"), lang="en")
    inquiry = msgspec.structs.replace(line.inquiry(), lines={Party.STAFF: gone, **line.inquiry().lines})
    roots = {Party.STAFF: MessageId(card.ts), Party.SELLER: MessageId(card.ts)}
    assert len(await line.history.since(a_desk(), inquiry, roots)) == 1


async def test_lines_on_other_platforms_are_left_alone(line: Line7) -> None:
    """A line that is not on Slack, or whose card was never posted, is not asked for."""
    lines = {
        Party.SELLER: Line(place=PlaceId("discord:9:8"), lang="en"),
        Party.STAFF: Line(place=line.place, lang="en"),
    }
    inquiry = msgspec.structs.replace(an_inquiry(7), lines=lines)
    assert await line.history.since(a_desk(), inquiry, {Party.SELLER: MessageId("1")}) == []
    assert line.slack.calls == []
