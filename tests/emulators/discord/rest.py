"""What every route of the REST API shares: the call, the reply, the checks, the table in which it is found.

The `routes_*` modules register themselves here with `@route`, under the operation ids of Discord's published
API; `server` looks them up. https://discord.com/developers/docs/reference
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from dataclasses import field as dataclass_field
from typing import TYPE_CHECKING

from tests.emulators.discord.permissions import Permission
from tests.emulators.discord.records import Channel, DiscordError, Guild, Json, Message
from tests.emulators.discord.world import World

if TYPE_CHECKING:
    from tests.emulators.discord.callbacks import Callbacks
    from tests.emulators.discord.commands import Commands


@dataclass(frozen=True)
class Upload:
    """A file of a multipart request; `field` is files[0], files[1], ...

    `says` changes what Discord declares of somebody's file, `redirects` where its address leads.
    """

    field: str
    name: str
    content_type: str
    content: bytes
    says: Json = dataclass_field(default_factory=dict)
    redirects: str = ""


@dataclass(frozen=True)
class Call:
    """A request as a route gets it: what its path names, query, JSON (`items` for a list) and files."""

    path: dict[str, str]
    query: dict[str, str] = field(default_factory=dict)
    body: Json = field(default_factory=dict)
    items: list[Json] = field(default_factory=list)
    files: list[Upload] = field(default_factory=list)


@dataclass(frozen=True)
class Reply:
    """An answer with a status other than 200 for a body and 204 for none."""

    status: int
    body: Json


Answer = Reply | Json | list[Json] | None


@dataclass
class Api:
    """What the routes act on."""

    world: World
    commands: Commands
    callbacks: Callbacks
    origin: str = ""
    gateway_url: str = ""
    shards: Callable[[], int] = lambda: 1

    def channel(self, some_id: str, needs: Permission = Permission.VIEW_CHANNEL) -> Channel:
        """A channel, a thread or a DM in which the bot may do what is needed."""
        channel = self.world.channels.get(some_id)
        if channel is None:
            raise unknown("Channel", 10003)
        allowed = self.world.may(self.world.bot.id, channel)
        if Permission.VIEW_CHANNEL not in allowed:
            raise missing_access()
        if needs not in allowed:
            raise missing_permissions()
        return channel

    def message(self, channel: Channel, some_id: str) -> Message:
        """A message in a channel."""
        message = channel.messages.get(some_id)
        if message is None:
            raise unknown("Message", 10008)
        return message

    def guild(self, some_id: str) -> Guild:
        """A guild that the bot is in."""
        guild = self.world.guilds.get(some_id)
        if guild is None or self.world.bot.id not in guild.members:
            raise unknown("Guild", 10004)
        return guild


def unknown(what: str, code: int) -> DiscordError:
    """There is no such thing, or none that the bot may know of."""
    return DiscordError(404, code, f"Unknown {what}")


def missing_access() -> DiscordError:
    """The bot cannot see it."""
    return DiscordError(403, 50001, "Missing Access")


def missing_permissions() -> DiscordError:
    """The bot sees it, and may not do this there."""
    return DiscordError(403, 50013, "Missing Permissions")


Handler = Callable[[Api, Call], Answer] | Callable[[Api, Call], Awaitable[Answer]]


@dataclass(frozen=True)
class Route:
    """A route of the API: its operation id, how it is called, what serves it, whether it needs the token."""

    name: str
    method: str
    path: str
    serve: Handler
    auth: bool


ROUTES: dict[str, Route] = {}


def route(method: str, path: str, *, name: str, auth: bool = True) -> Callable[[Handler], Handler]:
    """Register the function below; `auth` is false where a token in the path is enough."""

    def register(serve: Handler) -> Handler:
        ROUTES[name] = Route(name, method, path, serve, auth)
        return serve

    return register
