"""The emulated Slack as a story uses it: a workspace on loopback, people to direct, faults to switch on.

`async with SlackEmulator(now=clock.now) as slack:` and point the app at `slack.base_url` with its tokens. At
the end, whatever nobody expected fails the story. It knows Slack only, and nothing of the app.
"""

from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import Self

from tests.emulators.slack import events, transcript
from tests.emulators.slack.api import Api
from tests.emulators.slack.background import Background
from tests.emulators.slack.delivery import Delivery, Transport
from tests.emulators.slack.faults import Faults
from tests.emulators.slack.http_events import HttpEvents
from tests.emulators.slack.installation import Installation
from tests.emulators.slack.people import Person
from tests.emulators.slack.records import Channel, Json, Message, User
from tests.emulators.slack.rendering import message_lines
from tests.emulators.slack.response_urls import ResponseUrls
from tests.emulators.slack.server import Call, Server
from tests.emulators.slack.socket_mode import Sockets
from tests.emulators.slack.world import World


class SlackEmulator:
    """One workspace with one app. `patience`: the real seconds that an app may take to answer."""

    bot_token = "xoxb-emulated"
    app_token = "xapp-emulated"
    signing_secret = "emulated-signing-secret"

    def __init__(self, *, now: Callable[[], datetime], patience: float = 3.0) -> None:
        self.world = World(now)
        self.faults = Faults()
        self.background = Background(self.world.unexpected)
        self.sockets = Sockets(self.world, patience)
        self.http = HttpEvents(self.signing_secret, patience)
        self.delivery = Delivery(self.world, self._transport)
        self.response_urls = ResponseUrls(self.world)
        self.api = Api(self.world, self.response_urls, self._announce, self._new_socket)
        tokens = {self.bot_token: "xoxb", self.app_token: "xapp"}
        self.server = Server(self.api, self.sockets, self.faults, tokens)
        self.installation: Installation | None = None
        self.sockets.opened = lambda: self.background.start(self.delivery.reconnected())

    async def __aenter__(self) -> Self:
        await self.server.start()
        self.response_urls.origin = f"http://127.0.0.1:{self.server.port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.faults.end()
        await self.background.stop()
        await self.server.stop()
        await self.http.close()
        if error is None and self.world.unexpected:
            raise AssertionError("nobody expected: " + "; ".join(self.world.unexpected))

    @property
    def base_url(self) -> str:
        """What the SDK's client takes as its base_url."""
        return f"http://127.0.0.1:{self.server.port}/api/"

    @property
    def team(self) -> str:
        """The workspace's id."""
        return self.world.team_id

    @property
    def bot(self) -> User:
        """The app's bot."""
        return self.world.bot

    @property
    def calls(self) -> list[Call]:
        """Every call of the Web API so far."""
        return self.server.calls

    # setting the scene; the app is told of nothing

    def person(self, name: str, *, locale: str = "en-US", tz: str = "Etc/UTC", admin: bool = False) -> Person:
        """Somebody new in the workspace."""
        return Person(self, self.world.add_user(name, locale=locale, tz=tz, admin=admin))

    def channel(
        self, name: str, *, members: list[Person], private: bool = False, with_bot: bool = True
    ) -> Channel:
        """A new channel with these people in it, and the bot unless it is to be invited later."""
        ids = [each.id for each in members] + ([self.bot.id] if with_bot else [])
        return self.world.add_channel(name, "group" if private else "channel", ids)

    def install(self, manifest: Json) -> None:
        """Install the app as its manifest has it: scopes, events, commands, Messages tab, the bot's name."""
        installed = Installation(manifest)
        self.world.unexpected += installed.problems()
        self.api.scopes = installed.scopes
        self.delivery.subscribed = installed.hears
        self.world.messages_tab = installed.messages_tab
        self.world.bot.name = installed.name
        self.installation = installed

    def usergroup(self, name: str, members: list[Person]) -> str:
        """A new user group; its id."""
        some_id = self.world.new_id("S")
        self.world.usergroups[some_id] = (name, [each.id for each in members])
        return some_id

    # things that happen

    async def other_app_says(
        self, name: str, text: str, *, channel: Channel, thread: Message | None = None
    ) -> Message:
        """Another app's message, as a bot's messages are: with bot_id, and text in Slack's own notation."""
        user = next((each for each in self.world.users.values() if each.name == name and each.bot_id), None)
        user = user or self.world.add_user(name, bot=True)
        message = Message(
            self.world.new_ts(),
            channel.id,
            user.id,
            text,
            bot_id=user.bot_id,
            app_id="A00000099",
            bot_name=name,
        )
        message.thread_ts = (thread.thread_ts or thread.ts) if thread else ""
        self.world.post(message)
        await self.delivery.tell(events.posted(self.world, message))
        return message

    async def clock_moved(self) -> None:
        """Do what Slack would have done by now: call it after moving the clock."""
        await self.delivery.due()

    async def settled(self) -> None:
        """Wait until the app has been told of all that it did itself."""
        await self.background.settled()

    async def goes_away(self) -> None:
        """Refuse all connections and cut those that are open."""
        await self.server.stop()

    async def comes_back(self) -> None:
        """Listen again, at the same address."""
        await self.server.start()

    # looking

    def transcript(self, of: Person | Channel) -> str:
        """What a person saw, everywhere; or what stands in a channel, as nobody in particular reads it."""
        return transcript.of_person(of) if isinstance(of, Person) else transcript.of_channel(self.world, of)

    def rendered_text(self, message: Message) -> str:
        """A message as nobody in particular reads it: in English, with dates in UTC."""
        return "\n".join(message_lines(message, self.world.reader()))

    def _transport(self) -> Transport:
        return self.http if self.http.request_url else self.sockets

    def _announce(self, happened: list[Json]) -> None:
        if happened:
            self.background.start(self.delivery.tell(happened))

    def _new_socket(self) -> str:
        return f"ws://127.0.0.1:{self.server.port}/link/?ticket={self.sockets.new_ticket()}"
