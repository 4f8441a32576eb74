"""Faults that a story switches on and off, and which of them a call runs into.

What the emulated platforms' own `faults` have in common; how a platform refuses, and what happens to the
call, is theirs.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Generic, TypeVar


class LostConnectionError(Exception):
    """The connection is cut without an answer."""


@dataclass(eq=False, kw_only=True)
class Switched:
    """One fault that is switched on; `left` is how often it still strikes, None while it is on.

    It strikes calls of one name, in one channel; of all where that is empty.
    """

    call: str
    channel: str
    left: int | None
    hits: int = 0
    _over: asyncio.Event = field(default_factory=asyncio.Event)

    def off(self) -> None:
        """Switch it off; answers that were kept back go out."""
        self.left = 0
        self._over.set()

    async def over(self) -> None:
        """Wait until it is off."""
        await self._over.wait()


Fault = TypeVar("Fault", bound=Switched)


class Switches(Generic[Fault]):
    """The faults that are on."""

    def __init__(self) -> None:
        self._on: list[Fault] = []

    def on(self, fault: Fault) -> Fault:
        """Switch it on."""
        self._on.append(fault)
        return fault

    def end(self) -> None:
        """Switch everything off."""
        for fault in self._on:
            fault.off()

    def meets(self, call: str, channel: str) -> Fault | None:
        """The fault that this call runs into, if any."""
        for fault in self._on:
            fits = fault.call in ("", call) and fault.channel in ("", channel)
            if fits and fault.left != 0:
                fault.left = None if fault.left is None else fault.left - 1
                fault.hits += 1
                return fault
        return None
