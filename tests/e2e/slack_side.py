"""Slack's side of the town: a workspace of the emulator behind the seam of `side`, and Henji's room there.

Made by the town, for a pairing in which somebody is on Slack. In Socket Mode or over signed HTTP; what
differs between the two is known here and nowhere in a story.
"""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final, Literal

from adapters.slack.manifest import manifest
from adapters.web.server import Check, WebServer
from bots import compose
from bots.compose import House, Room
from core.ports import Platform
from tests.e2e.side import Call, Client, Fault, Lang, Place, Post, Trouble
from tests.e2e.slack_client import SlackClient, post_of
from tests.emulators.slack import Channel, Kind, Message, SlackEmulator
from tests.emulators.slack.socket_mode import Connection
from tests.waiting import until

Transport = Literal["socket", "http"]

REQUEST_URL: Final = "https://henji.example/slack/events"
CALLS: Final[dict[Call, str]] = {
    "send": "chat.postMessage",
    "upload": "files.completeUploadExternal",
    "download": "GET /files-pri",
}


class SlackSide:
    """A workspace with Henji's app in it."""

    name = "slack"
    shut_out = "/invite @Henji"
    greeting = "/inquiry"
    ping = 5.0

    def __init__(self, slack: SlackEmulator, transport: Transport) -> None:
        self.slack = slack
        self.transport: Transport = transport
        slack.install(json.loads(manifest(socket_mode=transport == "socket", request_url=REQUEST_URL)))
        self._general: Channel = slack.channel("general", members=[])
        self.general = Place(self._general.id)
        self._people: dict[str, SlackClient] = {}
        self._room: Room | None = None

    # the scene

    def person(self, name: str, lang: Lang, zone: str, *, admin: bool = False) -> SlackClient:
        """Somebody new in the workspace, at home in their DM with Henji."""
        locale = {"ja": "ja-JP", "en": "en-US"}[lang]
        person = self.slack.person(name, locale=locale, tz=zone, admin=admin)
        self._general.members.append(person.id)
        client = SlackClient(person, lang, Place(person.inbox.id))
        self._people[person.id] = client
        return client

    def channel(self, name: str, members: Sequence[Client], *, with_henji: bool = True) -> Place:
        """A private channel for these people and Henji."""
        people = [self._people[each.id].person for each in members]
        return Place(self.slack.channel(name, members=people, private=True, with_bot=with_henji).id)

    # what stands on its screens

    def posted(self, place: Place | None = None) -> list[Post]:
        """What Henji has posted for everybody in a place, or anywhere; the oldest first."""
        channels = self.slack.world.channels
        where = channels.values() if place is None else [channels[place]]
        messages = [message for channel in where for message in channel.messages.values()]
        return [post_of(each) for each in sorted(messages, key=lambda each: each.ts) if self._said(each)]

    def alone(self) -> list[Post]:
        """What Henji has shown to one person alone."""
        return [post_of(each) for each in self.slack.world.ephemerals.values()]

    def text(self, post: Post) -> str:
        """Where a post stands and what it says."""
        message = self._message(post)
        channel = self.slack.world.channels[post.place]
        to = f"to {message.ephemeral_to} alone" if message.ephemeral_to else channel.name or channel.id
        return f"{to}: {self.slack.rendered_text(message)}"

    def carries(self, post: Post, notice: str) -> bool:
        """Whether the post's metadata holds the id of a notice that ends so."""
        return notice in str(self._message(post).metadata)

    def rung(self, post: Post) -> set[str]:
        """Whom a post mentions."""
        return {ping.target for ping in self.slack.world.pings if ping.message.ts == post.id}

    def told_anyway(self, post: Post) -> set[str]:  # noqa: ARG002 -- of a reply in a DM's thread, nobody is
        """Nobody: without a mention, people aren't told of what is said in threads."""
        return set()

    def rung_by_edits(self) -> list[str]:
        """Slack tells nobody of an edit, but a channel's ping has no business there."""
        world = self.slack.world
        pings = [ping for ping in world.pings if ping.by_edit and ping.target not in world.users]
        return [f"pinged by an edit: {ping.target}" for ping in pings]

    # Henji, and time

    @asynccontextmanager
    async def listening(self, home: House, *, ears: bool) -> AsyncIterator[Platform]:
        """Henji on this platform, connected by the town's transport."""
        access = compose.SlackAccess(
            bot_token=self.slack.bot_token,
            app_token=self.slack.app_token if ears and self.transport == "socket" else None,
            signing_secret=self.slack.signing_secret if ears and self.transport == "http" else None,
            api=self.slack.base_url,
            pause=0.0,
            ping=self.ping,
        )
        async with compose.slack(home, access) as room, AsyncExitStack() as stack:
            self._room = room if ears else self._room
            if room.connection is not None:
                await room.connection.start()
                stack.push_async_callback(room.connection.stop)
                await until(room.connection.connected, within=5)
            if room.handler is not None:
                routes = {"/slack/events": room.handler}
                server = WebServer(("127.0.0.1", 0), ready=_nothing, metrics=_no_numbers, routes=routes)
                self.slack.http.request_url = f"http://127.0.0.1:{await server.start()}/slack/events"
                stack.push_async_callback(server.stop)
            yield room.platform

    async def clock_moved(self) -> None:
        """Let Slack try again what is due."""
        await self.slack.clock_moved()

    async def settled(self) -> None:
        """Wait until Henji was told of everything; it acknowledges when it has done with it."""
        await self.slack.settled()

    # what can happen

    def fails(
        self,
        trouble: Trouble,
        to: Call = "send",
        *,
        place: Place | None = None,
        times: int | None = None,
        retry_after: int = 30,
    ) -> Fault:
        """Let what Henji does suffer."""
        return self.slack.faults.switch_on(
            Kind[trouble], CALLS[to], channel=place or "", times=times, retry_after=retry_after
        )

    def repeats(self, copies: int) -> None:
        """Deliver each event so many times more."""
        self.slack.delivery.duplicate(copies=copies)

    @asynccontextmanager
    async def loses(self) -> AsyncIterator[None]:
        """Deliver nothing of what happens in between, ever."""
        self.slack.delivery.hold()
        yield
        await self.slack.delivery.release(lambda _: ())

    def drops(self) -> None:
        """Cut the socket."""
        self.slack.sockets.drop()

    def freezes(self) -> None:
        """Let the socket fall silent."""
        self.slack.sockets.freeze()

    async def returns(self) -> None:
        """Wait until Henji is connected anew, and has noted since when."""
        assert self._room is not None, "Henji does not listen"
        await until(lambda: bool(self._live()), within=30)
        await until(self._room.connected, within=30)
        await self._room.ears.hearing.look()

    async def shuts_out(self, someone: Client, place: Place) -> None:
        """Somebody removes Henji from a channel."""
        await self._people[someone.id].person.removes_bot(self.slack.world.channels[place])

    async def lets_in(self, someone: Client, place: Place) -> None:
        """Somebody invites Henji, which says hello."""
        await self._people[someone.id].person.invites_bot(self.slack.world.channels[place])

    def _live(self) -> list[Connection]:
        return [each for each in self.slack.sockets.open if not each.frozen]

    def _said(self, message: Message) -> bool:
        return message.user == self.slack.bot.id and message.subtype != "channel_join"

    def _message(self, post: Post) -> Message:
        world = self.slack.world
        return world.ephemerals.get(post.id) or world.channels[post.place].messages[post.id]


async def _nothing() -> list[Check]:
    return []


async def _no_numbers() -> bytes:
    return b""
