"""What the emulated Slack keeps: people, channels, messages, views, and the errors it answers with.

Made and changed by `world`, read by everything else in this package. Nothing here speaks HTTP, and nothing
here knows which app is being tested.
"""

from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
ChannelKind = Literal["channel", "group", "im"]

# The word that events and slash commands use for each kind of channel.
CHANNEL_NAME_IN_COMMANDS = {"group": "privategroup", "im": "directmessage"}


class SlackError(Exception):
    """An answer with `ok: false`; `extra` is what Slack puts beside the code (needed, provided...)."""

    def __init__(self, code: str, **extra: object) -> None:
        super().__init__(code)
        self.code = code
        self.extra = extra


@dataclass(eq=False)
class User:
    """A person, a bot's user, or Slackbot."""

    id: str
    name: str
    locale: str = "en-US"
    tz: str = "Etc/UTC"
    is_admin: bool = False
    bot_id: str = ""


@dataclass(eq=False)
class Message:
    """One message as stored. `ephemeral_to` holds the only person who sees it, or nothing."""

    ts: str
    channel: str
    user: str
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str = ""
    subtype: str = ""
    bot_id: str = ""
    app_id: str = ""
    bot_name: str = ""
    metadata: Json = field(default_factory=dict)
    files: list[Json] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    edited: Json = field(default_factory=dict)
    ephemeral_to: str = ""
    broadcast: bool = False
    unfurl_links: bool | None = None
    unfurl_media: bool | None = None
    mrkdwn: bool = True

    @property
    def is_reply(self) -> bool:
        """Whether it stands in a thread below another message."""
        return bool(self.thread_ts) and self.thread_ts != self.ts


@dataclass(eq=False)
class Channel:
    """A channel, a private channel ("group") or a DM between the bot and one person ("im")."""

    id: str
    name: str
    kind: ChannelKind
    created: int
    members: list[str] = field(default_factory=list)
    archived: bool = False
    messages: dict[str, Message] = field(default_factory=dict)

    def replies(self, root: Message) -> list[Message]:
        """What stands in the thread of `root`, oldest first, without what only one person sees."""
        return [
            each
            for each in self.messages.values()
            if each.is_reply and each.thread_ts == root.ts and not each.ephemeral_to
        ]

    def top_level(self) -> list[Message]:
        """What stands in the channel itself, oldest first, without what only one person sees."""
        return [
            each
            for each in self.messages.values()
            if (not each.is_reply or each.broadcast) and not each.ephemeral_to
        ]


@dataclass(eq=False)
class View:
    """A modal or a Home tab as one person has it open; `state` is what they entered, by block and action."""

    id: str
    user: str
    body: Json
    hash: str
    root_id: str
    previous_id: str = ""
    state: dict[str, dict[str, Json]] = field(default_factory=dict)


@dataclass(frozen=True)
class Ping:
    """A mention that Slack would act on: a user's id, a user group's id, or here, channel, everyone.

    `shown` is false when only the fallback text of a message with blocks has it.
    """

    target: str
    message: Message
    shown: bool
    by_edit: bool


@dataclass(frozen=True)
class Notification:
    """What a person was told about, and why: dm, mention or thread."""

    message: Message
    reason: Literal["dm", "mention", "thread"]
