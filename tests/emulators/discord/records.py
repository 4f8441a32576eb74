"""What the emulated Discord keeps: users, guilds, roles, channels, threads, messages, and how it refuses.

Made and changed by `world` and `deeds`, read by everything else in this package. Ids are strings throughout,
as in Discord's JSON. Nothing here speaks HTTP, and nothing here knows which app is being tested.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, IntFlag
from typing import Any, Literal

Json = dict[str, Any]
Reason = Literal["dm", "mention", "thread"]


class ChannelKind(IntEnum):
    """The numbers of https://discord.com/developers/docs/resources/channel#channel-object-channel-types."""

    TEXT = 0
    DM = 1
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12


class MessageKind(IntEnum):
    """The numbers of https://discord.com/developers/docs/resources/message#message-object-message-types."""

    DEFAULT = 0
    THREAD_CREATED = 18
    REPLY = 19
    CHAT_INPUT_COMMAND = 20
    THREAD_STARTER_MESSAGE = 21
    CONTEXT_MENU_COMMAND = 23


class Flag(IntFlag):
    """Flags of a message: https://discord.com/developers/docs/resources/message#message-object-message-flags."""

    NONE = 0
    SUPPRESS_EMBEDS = 1 << 2
    HAS_THREAD = 1 << 5
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12
    IS_COMPONENTS_V2 = 1 << 15


class DiscordError(Exception):
    """A refusal: an HTTP status, Discord's code for it and, for 50035, which field is wrong."""

    def __init__(self, status: int, code: int, message: str, errors: Json | None = None) -> None:
        super().__init__(f"{code} {message}")
        self.status, self.code, self.message, self.errors = status, code, message, errors

    @property
    def body(self) -> Json:
        """The answer as it is sent."""
        about: Json = {"message": self.message, "code": self.code}
        return about if self.errors is None else about | {"errors": self.errors}


@dataclass(eq=False)
class User:
    """A person or a bot; `dms_closed` is their setting "allow direct messages from server members"."""

    id: str
    name: str
    locale: str = "en-US"
    tz: str = "Etc/UTC"
    bot: bool = False
    dms_closed: bool = False


@dataclass(eq=False)
class Role:
    """A role of a guild; the one with the guild's own id is @everyone."""

    id: str
    guild: str
    name: str
    permissions: int = 0
    mentionable: bool = False
    managed_by: str = ""
    position: int = 1


@dataclass(eq=False)
class Member:
    """A user in a guild, with the roles they were given (never @everyone, which all have)."""

    user: str
    guild: str
    joined_at: datetime
    roles: list[str] = field(default_factory=list)
    nick: str = ""


@dataclass(eq=False)
class Guild:
    """A guild ("server"); its members by user id. `system_channel` is where news may be said, if anywhere."""

    id: str
    name: str
    owner: str
    locale: str = "en-US"
    system_channel: str = ""
    roles: dict[str, Role] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)


@dataclass(eq=False)
class Overwrite:
    """What a channel allows and denies a role or a member beside what their roles give them."""

    target: str
    kind: Literal["role", "member"]
    allow: int = 0
    deny: int = 0


@dataclass(frozen=True)
class Reference:
    """The message that a reply answers, or that a thread was started from; a thread alone has no message."""

    channel: str
    message: str = ""


@dataclass(eq=False)
class Message:
    """One message as stored. `ephemeral_to` holds the only person who sees it, or nothing.

    `mentions`, `mention_roles` and `mention_everyone` are what Discord made of the content: only what pings.
    `interaction` holds the fields that the answer to an interaction has beside the others.
    """

    id: str
    channel: str
    author: str
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    kind: MessageKind = MessageKind.DEFAULT
    reference: Reference | None = None
    nonce: str | int | None = None
    flags: Flag = Flag.NONE
    reactions: dict[str, list[str]] = field(default_factory=dict)
    edited_at: datetime | None = None
    mentions: list[str] = field(default_factory=list)
    mention_roles: list[str] = field(default_factory=list)
    mention_everyone: bool = False
    thread: str = ""
    ephemeral_to: str = ""
    interaction: Json = field(default_factory=dict)


@dataclass(eq=False)
class Channel:
    """A text channel, a DM (its `people` are the two in it) or a thread (its `people` joined it).

    A thread started from a message has that message's id, and stands in the channel `parent`.
    """

    id: str
    guild: str
    name: str
    kind: ChannelKind
    parent: str = ""
    owner: str = ""
    people: dict[str, datetime] = field(default_factory=dict)
    overwrites: dict[str, Overwrite] = field(default_factory=dict)
    messages: dict[str, Message] = field(default_factory=dict)
    archived: bool = False
    locked: bool = False
    invitable: bool = True
    auto_archive_minutes: int = 4320
    archive_changed_at: datetime | None = None
    sent: int = 0

    @property
    def is_thread(self) -> bool:
        """Whether it is a thread, public or private."""
        return self.kind in (ChannelKind.PUBLIC_THREAD, ChannelKind.PRIVATE_THREAD)

    @property
    def is_dm(self) -> bool:
        """Whether it is a DM."""
        return self.kind is ChannelKind.DM


@dataclass(frozen=True)
class Ping:
    """A mention that Discord acts on; `target` is a user's id, a role's id, or everyone, here.

    Mentions in embeds are none. One that came by an edit is shown and tells nobody.
    """

    target: str
    message: Message
    by_edit: bool


@dataclass(frozen=True)
class Notification:
    """What a person was told about, and why: a DM, a mention of them, or a thread they are in."""

    message: Message
    reason: Reason


@dataclass(frozen=True)
class Event:
    """Something that the bot may be told of; `guild` is empty for what happens in DMs."""

    name: str
    data: Json
    guild: str = ""
