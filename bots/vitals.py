"""Is the desk well? What /readyz checks, and the numbers of the scheduler at /metrics.

Made by `running` for the parts that run in this process. Asks the store and the connection, briefly; for the
rest it reads what the last passes found.
"""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from adapters.web.metrics import Measured
from adapters.web.server import Check
from bots.compose import DiscordRoom, Door, House, SlackRoom
from core.errors import Unavailable
from scheduler.rota import Rota
from scheduler.status import numbers, ready

Listening = Door[SlackRoom] | Door[DiscordRoom]

WITHIN: Final = 2.0
"""Seconds in which the store has to answer."""

HELP: Final = {
    "sweep_late_seconds": "By how many seconds the most overdue alarm is late.",
    "clock_off_seconds": "By how many seconds this machine's clock is off the store's, where that is much.",
    "alarms_total": "Alarms decided and committed.",
    "outbox_places": "Places for which something is queued.",
    "outbox_late_seconds": "By how many seconds the most overdue queue is late.",
    "audit_inquiries": "Inquiries that the last audit looked at.",
    "audit_faults": "Faults that the last audit found.",
}

HEARD: Final = "Whether a platform's events could reach this process when it last looked (1), or not (0)."

# Numbers that come one by one, and are shown as one: how each begins, the name, the label, the help.
_FAMILIES: Final = (
    (
        "deliveries_",
        "deliveries_total",
        "fate",
        "Attempts to deliver a notice or a card, by what came of them.",
    ),
    ("passes_failed_", "passes_failed_total", "duty", "Passes of the scheduler's duties that failed."),
)


class Vitals:
    """The vital signs of one process: of its store, and of the parts that it was given."""

    def __init__(self, home: House, *, listening: Sequence[Listening], rota: Rota | None) -> None:
        self._home = home
        self._listening = listening
        self._rota = rota
        home.metrics.measure(self._measured)

    async def checks(self) -> Sequence[Check]:
        """Everything that has to be well for deadlines to be kept."""
        found = [await self._store()]
        found += [await self._heard(door) for door in self._listening]
        if self._rota is not None:
            checks = ready(self._rota.status, self._home.wall())
            found += [Check(name, check.fine, check.says) for name, check in checks.items()]
        return found

    async def text(self) -> bytes:
        """The metrics."""
        return self._home.metrics.text()

    async def _store(self) -> Check:
        try:
            async with asyncio.timeout(WITHIN):
                await self._home.store.time()
        except (Unavailable, TimeoutError) as error:
            return Check("redis", ok=False, said=str(error) or f"no answer within {WITHIN:g} s")
        return Check("redis", ok=True, said="answers")

    @staticmethod
    async def _heard(door: Listening) -> Check:
        room = door.room
        if room is None:
            return Check(door.name, ok=False, said="not reached yet")
        if room.connection is None:
            return Check(door.name, ok=True, said="calls us over HTTP")
        connected = await room.connected()
        return Check(door.name, ok=connected, said="connected" if connected else "not connected")

    def _measured(self) -> Iterator[Measured]:
        if self._listening:
            heard = {door.name: float(door.heard) for door in self._listening}
            yield Measured("platform_heard", HEARD, "gauge", heard, "platform")
        found = {} if self._rota is None else numbers(self._rota.status)
        for name, text in HELP.items():
            if name in found:
                yield Measured(
                    name, text, "counter" if name.endswith("_total") else "gauge", {"": found[name]}
                )
        for start, name, label, text in _FAMILIES:
            values = _family(found, start)
            if values:
                yield Measured(name, text, "counter", values, label)


def _family(found: Mapping[str, float], start: str) -> dict[str, float]:
    return {
        name.removeprefix(start).removesuffix("_total"): value
        for name, value in found.items()
        if name.startswith(start)
    }
