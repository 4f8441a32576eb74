"""What a delivery does with the outbox, in one step each."""

from core.ids import MessageId
from core.notices import Card, Notice
from core.ports import Lease, Settled
from tests.contract.store.conftest import Kept


async def taken(kept: Kept, limit: int = 10) -> list[Notice | Card]:
    """What is leased now."""
    return [lease.item for lease in await kept.outbox.take(limit)]


async def delivered(kept: Kept, *, pause: float = 0, receipt: MessageId | None = None) -> Lease:
    """Take the one item that is due, and deliver it."""
    [lease] = await kept.outbox.take(10)
    await kept.outbox.settle([Settled(lease=lease, done=True, pause=pause, receipt=receipt)])
    return lease


async def drained(kept: Kept) -> list[Notice | Card]:
    """Deliver everything that is due; gives the items in the order of their delivery."""
    found: list[Notice | Card] = []
    while leases := await kept.outbox.take(10):
        found.extend(lease.item for lease in leases)
        await kept.outbox.settle([Settled(lease=lease, done=True, pause=0) for lease in leases])
    return found
