"""A walk through all desks' open inquiries, most pressing first, a page of each desk in turn.

Used by the catch-up in the background. Those whose clock runs come first, then all. Inquiries move while it
goes on: one may be met twice, and one that nobody waits for may be passed by.
"""

from collections import deque
from typing import Final

from core.ids import DeskId
from core.ports import Store
from core.records import Desk, Inquiry

PAGE: Final = 50


class Walk:
    """From the first page to the last, once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._rounds: deque[bool] = deque([True, False])
        self._coming: deque[tuple[DeskId, int]] = deque()
        self._only_running = True

    @property
    def ended(self) -> bool:
        """Whether there is no page left."""
        return not (self._coming or self._rounds)

    async def page(self) -> list[tuple[Desk, Inquiry]] | None:
        """The next inquiries with their desk, maybe none; None at the end."""
        if not self._coming:
            if not self._rounds:
                return None
            self._only_running = self._rounds.popleft()
            self._coming.extend((desk_id, 0) for desk_id in await self._store.desks())
            return []
        desk_id, skip = self._coming.popleft()
        desk = await self._store.desk(desk_id)
        found = await self._store.listing(desk_id, "open", PAGE, skip)
        if found.total > skip + PAGE:
            self._coming.append((desk_id, skip + PAGE))
        if desk is None:
            return []
        return [(desk, one) for one in found.inquiries if one.anchor is not None or not self._only_running]
