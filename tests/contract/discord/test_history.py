"""What people said on Discord while Henji was away, read back."""

from dataclasses import replace

import msgspec
import pytest
from discord import AutoShardedClient

from adapters.discord.history import DiscordHistory
from adapters.discord.messenger import DiscordMessenger
from adapters.discord.parse import heard, post_of
from adapters.discord.people import People
from core.commands import Actor, AnyCommand, PostMessage, Talk
from core.errors import TryAgain, Undeliverable
from core.ids import DeskId, Lang, MessageId, NoticeId, PersonId, PlaceId
from core.inquiry import card_notice
from core.notices import Card
from core.records import Inquiry, Line, Party
from core.text import Foreign
from tests.clocks import HandClock
from tests.contract.store.things import DESK, a_desk, an_inquiry
from tests.emulators.discord import Channel, DiscordEmulator, Message, Permission, Person, deeds, deeds_guilds
from tests.emulators.discord.faults import Kind
from tests.emulators.discord.records import ChannelKind, Overwrite
from tests.unit.wording.samples import BOOK


class Lines:
    """Inquiry 7: Hanako's in her DM, with Taro's shop in a channel."""

    def __init__(self, discord: DiscordEmulator, client: AutoShardedClient, clock: HandClock) -> None:
        """Set the scene."""
        self.discord = discord
        self.client = client
        self.hanako: Person = discord.person("Hanako")
        self.taro: Person = discord.person("Taro")
        self.guild = discord.guild("market", members=[self.hanako, self.taro])
        self.channel: Channel = discord.channel(self.guild, "acme")
        self.place = PlaceId(f"discord:{self.guild.id}:{self.channel.id}")
        self.direct = PlaceId(f"discord:users:@{self.hanako.id}")
        self.desks: tuple[DeskId, ...] = (DESK,)
        self.roots: dict[Party, MessageId] = {}
        self.heard: dict[Party, MessageId] = {}
        self.messenger = DiscordMessenger(client, BOOK)
        self.history = DiscordHistory(
            client, People(client, self._lang_of, clock.now), self._desks_of, clock.now
        )

    @property
    def inquiry(self) -> Inquiry:
        """The inquiry as it is known."""
        places = {Party.SELLER: self.place, Party.BUYER: self.direct}
        lines = {
            party: Line(place=place, lang="en", heard=self.heard.get(party, MessageId("")))
            for party, place in places.items()
        }
        return msgspec.structs.replace(an_inquiry(7), lines=lines)

    async def opens(self, party: Party) -> Message:
        """A line's card, posted."""
        inquiry = self.inquiry
        card = Card(desk=DESK, place=inquiry.lines[party].place, number=7, party=party)
        self.roots[party] = await self.messenger.open_line(card, inquiry, card_notice(inquiry, party))
        return self.message(self.roots[party])

    def message(self, message: str) -> Message:
        """A message by its id."""
        found = self.discord.world.find(message)
        assert found is not None
        return found

    async def since(self) -> list[AnyCommand]:
        """What was said since."""
        return list(await self.history.since(a_desk(), self.inquiry, self.roots))

    async def _lang_of(self, _: PersonId) -> Lang | None:
        return None

    async def _desks_of(self, _: PersonId) -> tuple[DeskId, ...]:
        return self.desks


@pytest.fixture
def lines(discord: DiscordEmulator, client: AutoShardedClient, clock: HandClock) -> Lines:
    """An inquiry's lines, not opened yet."""
    return Lines(discord, client, clock)


async def test_what_was_said_in_the_thread_is_read_back(lines: Lines, clock: HandClock) -> None:
    """Messages of the thread come oldest first, as they were written, from who wrote them and when."""
    card = await lines.opens(Party.SELLER)
    clock.advance(minutes=5)
    first = await lines.taro.says("We <3 to help", channel=lines.channel, thread=card)
    clock.advance(minutes=5)
    second = await lines.taro.says("", channel=lines.channel, thread=card, files=("a.png", "b.png"))
    said = await lines.since()
    assert all(isinstance(each, PostMessage) for each in said)
    posts = [each for each in said if isinstance(each, PostMessage)]
    assert [each.message for each in posts] == [first.id, second.id]
    assert [each.root for each in posts] == [card.id, card.id]
    assert [len(each.files) for each in posts] == [0, 2]
    assert posts[0].text == Foreign("We <3 to help")
    assert posts[0].actor is not None
    assert posts[0].actor.name == Foreign("Taro")
    assert (posts[1].at - posts[0].at).total_seconds() == pytest.approx(300)


async def test_it_is_the_same_command_that_the_event_would_have_made(lines: Lines) -> None:
    """Heard live or read back it is one command, so the second changes nothing; it says which it was."""
    card = await lines.opens(Party.SELLER)
    role = lines.discord.role(lines.guild, "shop", members=[lines.taro])
    message = await lines.taro.says("Sent today.", channel=lines.channel, thread=card)
    [read] = await lines.since()
    there = lines.client.get_partial_messageable(int(card.id))
    live = heard(await there.fetch_message(int(message.id)), lines.place, MessageId(card.id))
    assert live is not None
    actor = Actor(
        person=PersonId(f"discord:users:{lines.taro.id}"),
        name=Foreign("Taro"),
        lang="en",
        place=lines.place,
        groups=(PersonId(f"discord:{lines.guild.id}:&{role.id}"),),
    )
    assert read == replace(post_of(live, DESK, actor), read_back=True)


async def test_what_was_heard_long_before_is_not_read_again(lines: Lines, clock: HandClock) -> None:
    """Reading goes on after the last message known; recent messages come again."""
    card = await lines.opens(Party.SELLER)
    first = await lines.taro.says("One", channel=lines.channel, thread=card)
    clock.advance(hours=1)
    second = await lines.taro.says("Two", channel=lines.channel, thread=card)
    lines.heard[Party.SELLER] = MessageId(second.id)
    assert [each.key.rpartition(":")[2] for each in await lines.since()] == [first.id, second.id]
    clock.advance(days=30)
    lines.heard[Party.SELLER] = MessageId(first.id)
    assert [each.key.rpartition(":")[2] for each in await lines.since()] == [second.id]
    lines.heard[Party.SELLER] = MessageId(second.id)
    assert await lines.since() == []


async def test_only_people_in_the_thread_are_heard(lines: Lines) -> None:
    """Henji's own posts, and what is said beside the thread, are nobody's."""
    card = await lines.opens(Party.SELLER)
    await lines.client.get_partial_messageable(int(card.id)).send("A reminder")
    await lines.taro.says("beside it", channel=lines.channel)
    assert await lines.since() == []


async def test_a_long_thread_is_read_to_its_end(lines: Lines) -> None:
    """More messages than Discord gives in one page are all there, in order."""
    card = await lines.opens(Party.SELLER)
    sent = [await lines.taro.says(str(n), channel=lines.channel, thread=card) for n in range(250)]
    assert [each.key.rpartition(":")[2] for each in await lines.since()] == [each.id for each in sent]


async def test_a_card_without_a_thread_has_nothing_said_under_it(lines: Lines) -> None:
    """A thread that could not be started is no fault."""
    lines.discord.faults.switch_on(Kind.REFUSED, "create_thread_from_message")
    await lines.opens(Party.SELLER)
    assert await lines.since() == []


async def test_what_may_not_be_read_is_not_taken_for_silence(lines: Lines) -> None:
    """Without the permission Discord answers that nothing was said: that is said instead."""
    card = await lines.opens(Party.SELLER)
    await lines.taro.says("Sent today.", channel=lines.channel, thread=card)
    for denied, why in (
        (Permission.READ_MESSAGE_HISTORY, "lacks_read_message_history"),
        (Permission.VIEW_CHANNEL, "not_in_channel"),
    ):
        entry = Overwrite(lines.discord.bot.id, "member", deny=int(denied))
        deeds_guilds.overwrite(lines.discord.world, lines.channel, entry)
        with pytest.raises(Undeliverable) as caught:
            await lines.since()
        assert caught.value.why == why


async def test_discord_being_away_is_told_from_silence(lines: Lines) -> None:
    """The history is read later."""
    await lines.opens(Party.SELLER)
    lines.discord.faults.switch_on(Kind.REFUSED, "list_messages", times=1)
    with pytest.raises(TryAgain):
        await lines.since()


async def test_in_a_dm_replies_are_for_the_inquiry_and_the_rest_for_the_dialogue(lines: Lines) -> None:
    """A reply names the message it answers; what replies to nothing is talk, in a place without threads."""
    card = await lines.opens(Party.BUYER)
    reply = await lines.hanako.dm("Any news?", thread=card)
    talk = await lines.hanako.dm("Hello?")
    first, second = await lines.since()
    assert isinstance(first, PostMessage)
    assert isinstance(second, Talk)
    assert (first.root, first.message, first.read_back) == (card.id, reply.id, True)
    assert (second.message, second.threadless, second.read_back) == (talk.id, True, True)
    assert first.actor is not None
    assert (first.actor.place, first.actor.groups) == (lines.direct, ())


async def test_in_a_dm_nothing_is_taken_that_may_be_another_desks(lines: Lines) -> None:
    """Of somebody with several desks only replies to this desk's messages are read back."""
    lines.desks = (DESK, DeskId("kitsune"))
    card = await lines.opens(Party.BUYER)
    elsewhere = Card(desk=DeskId("kitsune"), place=lines.direct, number=7, party=Party.BUYER)
    other = await lines.messenger.open_line(
        elsewhere, msgspec.structs.replace(lines.inquiry, desk=DeskId("kitsune")), NoticeId("kitsune.7.cb")
    )
    await lines.hanako.dm("Hello?")
    await lines.hanako.dm("To the other desk", thread=lines.message(other))
    mine = await lines.hanako.dm("Any news?", thread=card)
    assert [each.key.rpartition(":")[2] for each in await lines.since()] == [mine.id]


async def test_a_private_thread_is_read_like_the_dm_it_stands_for(lines: Lines) -> None:
    """Its messages are the buyer's, in their DM, under the thread."""
    thread = deeds.open_thread(
        lines.discord.world, lines.discord.bot.id, lines.channel, "#7", ChannelKind.PRIVATE_THREAD
    )
    deeds.join_thread(lines.discord.world, thread, lines.hanako.id)
    lines.roots[Party.BUYER] = MessageId(f"thread/{thread.id}")
    await lines.hanako.says("Any news?", channel=lines.channel, thread=thread)
    [said] = await lines.since()
    assert isinstance(said, PostMessage)
    assert said.root == f"thread/{thread.id}"
    assert said.actor is not None
    assert said.actor.place == lines.direct


async def test_a_line_that_is_lost_hides_nothing_in_another(lines: Lines) -> None:
    """What the buyer wrote is heard although the seller's channel is gone."""
    await lines.opens(Party.SELLER)
    card = await lines.opens(Party.BUYER)
    await lines.hanako.dm("Any news?", thread=card)
    deeds_guilds.delete_channel(lines.discord.world, lines.channel)
    assert len(await lines.since()) == 1


async def test_lines_on_other_platforms_are_left_alone(lines: Lines) -> None:
    """A line that is not on Discord, or whose card was never posted, is not asked for."""
    there = {
        Party.SELLER: Line(place=PlaceId("slack:T01:C01"), lang="en"),
        Party.STAFF: Line(place=lines.place, lang="en"),
    }
    inquiry = msgspec.structs.replace(an_inquiry(7), lines=there)
    before = len(lines.discord.calls)
    assert await lines.history.since(a_desk(), inquiry, {Party.SELLER: MessageId("1.2")}) == []
    assert len(lines.discord.calls) == before


async def test_rights_are_asked_for_only_where_nothing_is_to_be_read(lines: Lines) -> None:
    """Reading a thread costs one request; a silent one is asked about once in a while."""
    card = await lines.opens(Party.SELLER)
    message = await lines.taro.says("One", channel=lines.channel, thread=card)
    lines.heard[Party.SELLER] = MessageId(message.id)
    before = len(lines.discord.calls)
    for _ in range(2):
        assert len(await lines.since()) == 1
    assert [each.route for each in lines.discord.calls[before:]].count("get_guild") == 0
    deeds_guilds.delete_channel(lines.discord.world, lines.discord.world.channels[card.id])
    for _ in range(2):
        assert await lines.since() == []
    assert [each.route for each in lines.discord.calls[before:]].count("get_guild") == 1
