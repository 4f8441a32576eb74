"""How what happens reaches the app, on either transport, with Slack's three seconds and three retries.

Called by the people and, in the background, for the app's own posts. Commands and interactions get one try;
events are tried again at once, after a minute and after five, by the emulator's clock, and then are lost
(https://docs.slack.dev/apis/events-api#retries). It never waits for that clock: `due` is called when the
story has moved it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal, Protocol

from tests.emulators.slack import events
from tests.emulators.slack.records import Json
from tests.emulators.slack.world import World

Kind = Literal["events_api", "slash_commands", "interactive"]

ACK_WITHIN = timedelta(seconds=3)
RETRIES_AFTER = (timedelta(0), timedelta(minutes=1), timedelta(minutes=5))


@dataclass(frozen=True)
class Envelope:
    """Something to deliver; a retry has the same payload and the number of the try."""

    id: str
    kind: Kind
    payload: Json
    retry: int = 0
    retry_reason: str = ""


@dataclass(frozen=True)
class Ack:
    """What came back: the payload, or `why` it failed: timeout, http_error, connection_failed."""

    why: str = ""
    body: Json = field(default_factory=dict)
    status: int = 200
    retry: bool = True

    @property
    def ok(self) -> bool:
        """Whether the app acknowledged in time."""
        return not self.why


class Transport(Protocol):
    """A way to the app: Socket Mode or signed HTTP."""

    async def send(self, envelope: Envelope) -> Ack:
        """Deliver once and wait for the acknowledgement, for a bounded time."""
        ...


@dataclass(frozen=True)
class _Retry:
    envelope: Envelope
    due: datetime


class Delivery:
    """What is on its way to the app, what waits to be tried again, and what was lost."""

    def __init__(self, world: World, transport: Callable[[], Transport]) -> None:
        self.world = world
        self.delivered: list[Envelope] = []
        self.acknowledged: list[Envelope] = []
        self.lost: list[Envelope] = []
        self.subscribed: Callable[[Json], bool] = lambda _event: True
        self._transport = transport
        self._waiting: list[_Retry] = []
        self._held: list[Envelope] | None = None
        self._copies = 0

    async def deliver(self, kind: Kind, payload: Json) -> Ack:
        """Deliver a command or an interaction: once, in time or not at all."""
        return await self._try(Envelope(self.world.new_id("envelope-"), kind, payload))

    async def tell(self, happened: Iterable[Json]) -> None:
        """Deliver events one after another; come back when each was tried."""
        for event in happened:
            if self.subscribed(event):
                payload = events.callback(self.world, event)
                await self._event(Envelope(self.world.new_id("envelope-"), "events_api", payload))

    async def due(self, *, ahead: timedelta = timedelta(0)) -> None:
        """Try again what is due by now, or will be within `ahead`, for stories on the machine's own clock."""
        now = self.world.now() + ahead
        due = [each for each in self._waiting if each.due <= now]
        self._waiting = [each for each in self._waiting if each.due > now]
        for each in due:
            await self._event(each.envelope)

    async def reconnected(self) -> None:
        """Try again what was sent on a connection that is gone and was not acknowledged there."""
        unacknowledged = [each for each in self._waiting if each.envelope.retry_reason == "timeout"]
        self._waiting = [each for each in self._waiting if each not in unacknowledged]
        for each in unacknowledged:
            await self._event(each.envelope)

    # faults

    def duplicate(self, *, copies: int) -> None:
        """Deliver each event so many times more from now on, as after a lost ack; 0 ends it."""
        self._copies = copies

    def hold(self) -> None:
        """Keep events back from now on."""
        self._held = []

    async def release(self, order: Callable[[list[Envelope]], Iterable[Envelope]] = reversed) -> None:
        """Deliver what was kept back: the last first, unless another order is given."""
        held, self._held = self._held or [], None
        for envelope in order(held):
            await self._event(envelope)

    async def _event(self, envelope: Envelope) -> None:
        if self._held is not None:
            self._held.append(envelope)
            return
        ack = await self._try(envelope)
        for copy in range(1, self._copies + 1):
            await self._try(replace(envelope, retry=copy, retry_reason="timeout"))
        if ack.ok:
            return
        if envelope.retry >= len(RETRIES_AFTER) or not ack.retry:
            self.lost.append(envelope)
            return
        again = replace(envelope, retry=envelope.retry + 1, retry_reason=envelope.retry_reason or ack.why)
        after = RETRIES_AFTER[envelope.retry]
        if after:
            self._waiting.append(_Retry(again, self.world.now() + after))
        else:
            await self._event(again)

    async def _try(self, envelope: Envelope) -> Ack:
        self.delivered.append(envelope)
        sent_at = self.world.now()
        ack = await self._transport().send(envelope)
        if ack.ok and self.world.now() - sent_at > ACK_WITHIN:
            return Ack("timeout")
        if ack.ok:
            self.acknowledged.append(envelope)
        return ack
