"""The state of the emulated workspace: who and what there is, what was said, who was told of it.

The API's methods and the people act on it; it answers at once and never waits. Whatever is posted here is
also read for mentions, so `pings` and each person's notifications are what Slack would have done with the
text, not what an app meant.
"""

import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from tests.emulators.slack import mrkdwn, rendering
from tests.emulators.slack.records import (
    Channel,
    ChannelKind,
    Json,
    Message,
    Notification,
    Ping,
    SlackError,
    User,
    View,
)

if TYPE_CHECKING:
    from tests.emulators.slack.attachments import Stored

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TRIGGER_LIFETIME = timedelta(seconds=3)
SLACKBOT = "USLACKBOT"


class World:
    """One workspace with one installed app. `now` is whatever clock the story moves, in UTC."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self.team_id, self.team_name, self.team_domain = "T00000001", "Emulated", "emulated"
        self.app_id, self.enterprise_id = "A00000001", None
        self.users: dict[str, User] = {SLACKBOT: User(SLACKBOT, "slackbot")}
        self.usergroups: dict[str, tuple[str, list[str]]] = {}
        self.channels: dict[str, Channel] = {}
        self.ephemerals: dict[str, Message] = {}
        self.views: dict[str, View] = {}
        self.files: dict[str, Stored] = {}
        self.origin = ""
        self.stacks: defaultdict[str, list[View]] = defaultdict(list)
        self.homes: dict[str, View] = {}
        self.notifications: defaultdict[str, list[Notification]] = defaultdict(list)
        self.pings: list[Ping] = []
        self.unexpected: list[str] = []
        self.messages_tab: Literal["writable", "read_only", "off"] = "writable"
        self._triggers: dict[str, tuple[str, datetime]] = {}
        self._followers: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._counts: Counter[str] = Counter()
        self._last_ts = 0
        self.bot = self.add_user("henji", bot=True)

    # ids and times

    def new_id(self, prefix: str) -> str:
        """A fresh id of the given kind, in the form Slack's have: C00000001."""
        self._counts[prefix] += 1
        return f"{prefix}{self._counts[prefix]:08d}"

    def new_ts(self) -> str:
        """A message's timestamp: the clock's time, moved on where needed to be unique and increasing."""
        micros = (self.now() - _EPOCH) // timedelta(microseconds=1)
        self._last_ts = max(micros, self._last_ts + 1)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def seconds(self) -> int:
        """The clock's time in whole seconds."""
        return (self.now() - _EPOCH) // timedelta(seconds=1)

    def new_trigger(self, user: str) -> str:
        """A trigger id: good once, for three seconds, for one person."""
        trigger = f"{self.new_id('1337.')}.{self.team_id.lower()}"
        self._triggers[trigger] = (user, self.now() + TRIGGER_LIFETIME)
        return trigger

    def use_trigger(self, trigger: str) -> str:
        """The person whose trigger it is; it is used up."""
        if trigger not in self._triggers:
            raise SlackError("invalid_trigger_id" if "." not in trigger else "exchanged_trigger_id")
        user, until = self._triggers.pop(trigger)
        if self.now() > until:
            raise SlackError("expired_trigger_id")
        return user

    # people and channels

    def add_user(
        self, name: str, *, locale: str = "en-US", tz: str = "Etc/UTC", admin: bool = False, bot: bool = False
    ) -> User:
        """Somebody new in the workspace."""
        user = User(self.new_id("U"), name, locale, tz, admin, self.new_id("B") if bot else "")
        self.users[user.id] = user
        return user

    def add_channel(self, name: str, kind: ChannelKind, members: list[str]) -> Channel:
        """A new channel; a DM's name is the person's id."""
        channel = Channel(self.new_id("D" if kind == "im" else "C"), name, kind, self.seconds(), members)
        self.channels[channel.id] = channel
        return channel

    def dm(self, user: str) -> Channel:
        """The DM between the bot and a person, made when there is none yet."""
        for channel in self.channels.values():
            if channel.kind == "im" and channel.name == user:
                return channel
        return self.add_channel(user, "im", [user, self.bot.id])

    def name_of(self, some_id: str) -> str:
        """How a user, a user group or a channel reads; the id itself where there is no such thing."""
        if some_id in self.users:
            return self.users[some_id].name
        if some_id in self.usergroups:
            return self.usergroups[some_id][0]
        return self.channels[some_id].name if some_id in self.channels else some_id

    def reader(self, user: str = "") -> mrkdwn.Reader:
        """The eyes of a person, or of nobody in particular: English, UTC."""
        known = self.users.get(user)
        return mrkdwn.Reader(self.name_of, known.tz, known.locale) if known else mrkdwn.Reader(self.name_of)

    # messages

    def post(self, message: Message) -> None:
        """Put a message into its channel and tell whom Slack would tell."""
        channel = self.channels[message.channel]
        channel.messages[message.ts] = message
        followers = self._followers[channel.id, message.thread_ts or message.ts]
        found = {ping.target for ping in self._record_pings(message, by_edit=False) if ping.shown}
        mentioned = set(self._reached(found, channel))
        for member in channel.members:
            reason = self._reason(member, message, channel, mentioned, followers)
            if reason and member != message.user:
                self.notifications[member].append(Notification(message, reason))
        followers |= {message.user} | (mentioned if message.is_reply else set())

    def edited(self, message: Message) -> None:
        """Read an edited message for mentions; Slack shows them, and tells nobody."""
        self._record_pings(message, by_edit=True)

    def find(self, channel: str, ts: str) -> Message:
        """A message that everyone in the channel can see."""
        message = self.channels[channel].messages.get(ts)
        if message is None:
            raise SlackError("message_not_found")
        return message

    def _record_pings(self, message: Message, *, by_edit: bool) -> list[Ping]:
        in_text = list(mrkdwn.mentions(message.text))
        in_blocks = [
            each for text in rendering.mention_texts(message.blocks) for each in mrkdwn.mentions(text)
        ]
        shown = in_blocks if message.blocks else in_text
        targets = dict.fromkeys([*shown, *in_text, *in_blocks])
        pings = [Ping(each, message, each in shown, by_edit) for each in targets]
        self.pings.extend(pings)
        return pings

    def _reached(self, targets: set[str], channel: Channel) -> Iterator[str]:
        for target in targets:
            if target in ("here", "channel", "everyone"):
                yield from channel.members
            elif target in self.usergroups:
                yield from self.usergroups[target][1]
            else:
                yield target

    def _reason(
        self, member: str, message: Message, channel: Channel, mentioned: set[str], followers: set[str]
    ) -> Literal["dm", "mention", "thread", ""]:
        if channel.kind == "im" and not message.is_reply:
            return "dm"
        if member in mentioned:
            return "mention"
        return "thread" if message.is_reply and member in followers else ""

    # what the API and the people both ask

    def ids_as_typed(self) -> dict[str, str]:
        """What can be written after @ or #, and the id it stands for."""
        people = {f"@{user.name}": user.id for user in self.users.values()}
        return people | {f"#{each.name}": each.id for each in self.channels.values() if each.kind != "im"}

    def fill_in_ids(self, blocks: list[Json]) -> list[Json]:
        """Give blocks and elements the ids that Slack gives them where the app gave none."""
        fresh = itertools.count(1)
        for block in blocks:
            block.setdefault("block_id", f"b{next(fresh)}")
            parts = [block.get("accessory"), block.get("element")]
            parts += block.get("elements", []) if block["type"] == "actions" else []
            for part in parts:
                if part and part["type"] != "image":
                    part.setdefault("action_id", f"a{next(fresh)}")
        return blocks
