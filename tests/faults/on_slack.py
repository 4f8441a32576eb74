"""Slack behind the seam of `sides`: a workspace of the emulator, and people at their clients there.

Made by the scene. Slack tells people privately why something was not taken, and delivers again what was not
acknowledged.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from adapters.slack.manifest import manifest
from core.ids import PersonId, PlaceId, dm_with
from tests.emulators.slack import Channel, Kind, Message, Person, SlackEmulator
from tests.emulators.slack.faults import Fault
from tests.emulators.slack.rendering import block_lines
from tests.emulators.slack.transcript import of_person
from tests.faults.sides import Answered, Client, Entered, Name, Post, Submitted, Written
from tests.waiting import until

AHEAD = timedelta(seconds=61)
"""How far Slack's retries are brought forward: the second comes after a minute."""


_SAID = {"", "file_share"}


class SlackSide:
    """The workspace."""

    name: Name = "slack"

    def __init__(self, slack: SlackEmulator) -> None:
        slack.install(json.loads(manifest(socket_mode=True)))
        self.slack = slack
        self.workspace = f"slack:{slack.team}"
        self._channels: dict[PlaceId, Channel] = {}
        self._people: dict[PersonId, Person] = {}
        self._general = slack.channel("general", members=[])
        self.general = self._called(self._general)
        self._by_http = False
        self._texts: dict[tuple[str, str], tuple[object, str]] = {}

    @property
    def calls(self) -> int:
        """How often Henji has called it."""
        return len(self.slack.calls)

    def person(self, name: str, *, takes_dms: bool = True) -> "SlackClient":
        """Somebody new in the workspace; on Slack everybody takes direct messages."""
        assert takes_dms
        person = self.slack.person(name, locale="ja-JP", tz="Asia/Tokyo")
        self._general.members.append(person.id)
        client = SlackClient(self, person)
        self._people[client.person] = person
        self._channels[client.inbox] = person.inbox
        return client

    def channel(self, name: str, members: Sequence[Client]) -> PlaceId:
        """A private channel for these people and Henji."""
        people = [self._people[each.person] for each in members]
        return self._called(self.slack.channel(name, members=people, private=True))

    def posts(self, place: PlaceId) -> Sequence[Post]:
        """What Henji has posted for good in a place, the oldest first."""
        ours = self._channels[place].messages.values()
        found = [each for each in ours if each.user == self.slack.bot.id and each.subtype in _SAID]
        return [_post(place, each) for each in sorted(found, key=lambda each: each.ts)]

    def text(self, post: Post) -> str:
        """A post as people read it, rendered anew only where it was changed."""
        message = self.message(post)
        state = (message.text, message.edited.get("ts"))
        known = self._texts.get((post.place, post.id))
        if known is None or known[0] != state:
            known = self._texts[post.place, post.id] = (state, self.slack.rendered_text(message))
        return known[1]

    def controls(self, post: Post) -> str:
        """The blocks."""
        return str(self.message(post).blocks)

    def offers_list(self, post: Post) -> bool:
        """Whether there is a select in it."""
        return "static_select" in self.controls(post)

    def settings(self, way: str) -> dict[str, str]:
        """By Socket Mode or over HTTP."""
        self._by_http = way == "http"
        way_in = (
            {"SLACK_SIGNING_SECRET": self.slack.signing_secret}
            if self._by_http
            else {"SLACK_APP_TOKEN": self.slack.app_token}
        )
        return way_in | {"SLACK_BOT_TOKEN": self.slack.bot_token, "HENJI_SLACK_API": self.slack.base_url}

    async def begins(self) -> None:
        """Nobody is called by HTTP until somebody listens again, and the last life's socket is gone."""
        self.slack.http.request_url = ""
        await until(lambda: not self.slack.sockets.open)

    def hears(self, logged: Sequence[Mapping[str, object]]) -> bool:
        """Whether a socket is open, or the address is known that Slack is to call."""
        if not self._by_http:
            return bool(self.slack.sockets.open)
        port = next((each["port"] for each in logged if each["event"] == "listening"), None)
        if port is not None:
            self.slack.http.request_url = f"http://127.0.0.1:{port}/slack/events"
        return any(each["event"] == "henji is running" for each in logged)

    async def tells_again(self) -> None:
        """Deliver again what was not acknowledged."""
        await self.slack.delivery.due(ahead=AHEAD)

    def withholds(self) -> Fault:
        """From here on, what Henji posts is posted, and it is not told so."""
        return self.slack.faults.switch_on(Kind.SLOW, "chat.postMessage")

    def recovers(self) -> None:
        """All that went wrong is over."""
        self.slack.faults.end()

    def message(self, post: Post) -> Message:
        """The emulator's record of a post."""
        return self._channels[post.place].messages[post.id]

    def at(self, place: PlaceId) -> Channel:
        """The emulator's record of a place."""
        return self._channels[place]

    def _called(self, channel: Channel) -> PlaceId:
        place = PlaceId(f"{self.workspace}:{channel.id}")
        self._channels[place] = channel
        return place


class SlackSaid:
    """A message of somebody's."""

    def __init__(self, message: Message) -> None:
        self._message = message

    @property
    def nodded(self) -> bool:
        """Whether Henji's sign stands on it by now."""
        return "white_check_mark" in self._message.reactions


class SlackClient:
    """Somebody at Slack's client."""

    takes_dms = True

    def __init__(self, side: SlackSide, at: Person) -> None:
        self.at = at
        self.name = at.name
        self.person = PersonId(f"{side.workspace}:{at.id}")
        self.inbox = dm_with(self.person)
        self._side = side

    async def lists(self, place: PlaceId) -> None:
        """Ask for the list."""
        await self.at.command("/inquiry list", channel=self._side.at(place))

    async def shows(self, number: int, place: PlaceId) -> str:
        """Ask for an inquiry with its log."""
        answer = await self.at.command(f"/inquiry show {number}", channel=self._side.at(place))
        assert answer.message is not None, answer
        return self._side.slack.rendered_text(answer.message)

    async def begins(self, shop: str, place: PlaceId) -> bool:
        """Ask for the form, in which the seller is chosen."""
        await self.at.command("/inquiry new", channel=self._side.at(place))
        if self.has_form:
            await self.enters({"出品者": shop})
        return self.has_form

    async def dm(self, text: str) -> SlackSaid:
        """Write to Henji directly; Slack's acknowledgement is the answer."""
        return SlackSaid(await self.at.dm(text))

    async def says(self, text: str, under: Post, *, file: str, waits: bool) -> Written:
        """Write under a post; it is acknowledged when all has been said about it."""
        del waits
        delivery = self._side.slack.delivery
        before, acked = set(self._alone()), len(delivery.acknowledged)
        channel, card = self._side.at(under.place), self._side.message(under)
        said = await self.at.says(text, channel=channel, thread=card, files=(file,) if file else ())
        told = [
            self._side.slack.rendered_text(each)
            for ts, each in self._alone().items()
            if ts not in before and each.channel == channel.id and each.thread_ts == card.ts
        ]
        taken = any(
            each.payload.get("event", {}).get("ts") == said.ts for each in delivery.acknowledged[acked:]
        )
        return Written(SlackSaid(said), taken, told)

    async def presses(self, label: str, on: Post) -> Answered:
        """Press a button."""
        before = set(self._alone())
        answer = await self.at.presses(label, on=self._side.message(on))
        return Answered(answer.ok, list(self._told_since(before)))

    async def chooses(self, option: str, on: Post) -> Answered:
        """Choose from the select."""
        before = set(self._alone())
        answer = await self.at.chooses(option, on=self._side.message(on))
        return Answered(answer.ok, list(self._told_since(before)))

    async def names(self, shop: str, on: Post) -> None:
        """Answer which seller is meant, from the select."""
        await self.at.chooses(shop, on=self._side.message(on), select="ask:seller")

    @property
    def has_form(self) -> bool:
        """Whether a form is in front of them."""
        return self.at.view is not None

    async def enters(self, entered: Mapping[str, Entered]) -> None:
        """Fill in the form, by its labels."""
        form = self.at.view
        assert form is not None
        await form.fill(dict(entered))

    async def submits(self) -> Submitted:
        """Send the form; what it says in its place is read, and it is closed."""
        form = self.at.view
        assert form is not None
        submission = await form.submit()
        match submission.outcome:
            case "updated":
                blocks: list[dict[str, Any]] = form.view.body["blocks"]
                return Submitted(done=True, told="\n".join(block_lines(blocks, self._reader())))
            case "closed":
                return Submitted(done=True, told="")
            case "errors":
                told = "\n".join(submission.errors.values())
                return Submitted(done=None if submission.by_client else False, told=told)
            case _:
                return Submitted(done=None, told="")

    async def closes(self) -> None:
        """Close all forms."""
        while (form := self.at.view) is not None:
            await form.close()

    def transcript(self) -> str:
        """Everything on their screen."""
        return of_person(self.at)

    def _reader(self) -> Any:
        return self._side.slack.world.reader()

    def _told_since(self, before: set[str]) -> Iterator[str]:
        new = (each for ts, each in self._alone().items() if ts not in before)
        return (self._side.slack.rendered_text(each) for each in new)

    def _alone(self) -> dict[str, Message]:
        """What only they see, by its stamp."""
        hidden = self._side.slack.world.ephemerals
        return {ts: each for ts, each in hidden.items() if each.ephemeral_to == self.at.id}


def _post(place: PlaceId, message: Message) -> Post:
    notice = str(message.metadata.get("event_payload", {}).get("id") or "")
    return Post(place, message.ts, message.thread_ts if message.is_reply else "", notice)
