"""What every method of the Web API shares: its arguments, its scopes, the table in which it is found.

The `methods_*` modules register themselves here with `@method`; `server` looks them up. Slack ignores
arguments that it does not know; here they are written down as unexpected, being somebody's mistake.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.emulators.slack.records import Channel, Json, SlackError
from tests.emulators.slack.response_urls import ResponseUrls
from tests.emulators.slack.world import World

BOT_SCOPES = (
    "app_mentions:read,channels:history,channels:join,channels:read,chat:write,commands,files:read,files:write,"
    "groups:history,"
    "groups:read,im:history,im:read,im:write,reactions:read,reactions:write,team:read,users:read"
)
_PREFIX = {"channel": "channels", "group": "groups", "im": "im"}


@dataclass
class Api:
    """What the methods act on. `announce` tells the app of events without waiting for it."""

    world: World
    response_urls: ResponseUrls
    announce: Callable[[list[Json]], None]
    new_socket: Callable[[], str]
    scopes: set[str] = field(default_factory=lambda: set(BOT_SCOPES.split(",")))

    def require(self, *any_of: str) -> None:
        """Refuse unless the bot's token has one of these scopes; none named, none needed."""
        if any_of and not self.scopes & set(any_of):
            raise SlackError("missing_scope", needed=",".join(any_of), provided=",".join(sorted(self.scopes)))

    def channel(self, some_id: str, ability: str = "") -> Channel:
        """A channel that the bot may know of; `ability` (read, history) is the scope that is needed."""
        channel = self.world.channels.get(some_id)
        if channel is None or (channel.kind == "group" and self.world.bot.id not in channel.members):
            raise SlackError("channel_not_found")
        if ability:
            self.require(f"{_PREFIX[channel.kind]}:{ability}")
        return channel

    def joined(self, some_id: str, ability: str = "") -> Channel:
        """A channel that the bot is in."""
        channel = self.channel(some_id, ability)
        if self.world.bot.id not in channel.members:
            raise SlackError("not_in_channel")
        return channel


class Args:
    """A call's arguments, in whichever form they came: JSON, a form, or the address."""

    def __init__(self, given: Json) -> None:
        self.given = given

    def text(self, name: str) -> str:
        """An argument that has to be there."""
        value = self.given.get(name)
        if value is None or value == "":
            message = f"[ERROR] missing required field: {name}"
            raise SlackError("invalid_arguments", response_metadata={"messages": [message]})
        return str(value)

    def get(self, name: str, default: str = "") -> str:
        """An argument that may be missing."""
        value = self.given.get(name)
        return default if value is None else str(value)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """True, "true" or "1"."""
        return default if name not in self.given else str(self.given[name]).lower() in ("true", "1")

    def number(self, name: str, default: int) -> int:
        """A whole number."""
        return int(self.given.get(name) or default)

    def structure(self, name: str, error: str) -> object:
        """JSON, also where it came as a string, as it has to in a form; None when it is missing."""
        value = self.given.get(name)
        if not isinstance(value, str):
            return value
        try:
            parsed: object = json.loads(value)
        except ValueError as broken:
            raise SlackError(error) from broken
        return parsed


Handler = Callable[[Api, Args], Json]


@dataclass(frozen=True)
class Method:
    """A method of the Web API: what serves it, which arguments it knows, which scopes and token it needs."""

    serve: Handler
    takes: frozenset[str]
    needs: tuple[str, ...]
    token: str


METHODS: dict[str, Method] = {}


def method(name: str, takes: str = "", needs: str = "", kind: str = "xoxb") -> Callable[[Handler], Handler]:
    """Register the function below: arguments, scopes (any one is enough) and the kind of token it takes."""

    def register(serve: Handler) -> Handler:
        METHODS[name] = Method(serve, frozenset(takes.split()), tuple(needs.split()), kind)
        return serve

    return register


def page(items: list[Json], args: Args, default: int = 100) -> tuple[list[Json], str]:
    """One page of a list, and the cursor of the next or nothing."""
    start = int(args.get("cursor").removeprefix("next:") or 0)
    end = start + min(args.number("limit", default), 1000)
    return items[start:end], f"next:{end}" if end < len(items) else ""
