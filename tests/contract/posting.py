"""What is queued, posted when a test says so.

Used by the offices of both platforms' suites, in place of the scheduler's rounds. What goes wrong with a
message goes wrong with the test.
"""

from core.inquiry import card_notice
from core.notices import Notice
from core.ports import Lease, Messenger, Outbox, Settled


async def deliver(outbox: Outbox, messenger: Messenger) -> None:
    """Post what is queued, until nothing is due."""
    while posted := await post(outbox, messenger):
        await outbox.settle(posted)


async def post(outbox: Outbox, messenger: Messenger) -> list[Settled]:
    """Post what is due, without telling the outbox: what became of each."""
    return [await _settled(lease, messenger) for lease in await outbox.take(20)]


async def _settled(lease: Lease, messenger: Messenger) -> Settled:
    item = lease.item
    if isinstance(item, Notice):
        receipt = await messenger.send(item, lease.root, lease.inquiry)
        return Settled(lease=lease, done=True, pause=0.0, receipt=receipt)
    assert lease.inquiry is not None
    if lease.root is not None:
        await messenger.update(item, lease.inquiry, lease.root)
        return Settled(lease=lease, done=True, pause=0.0)
    root = await messenger.open_line(item, lease.inquiry, card_notice(lease.inquiry, item.party))
    return Settled(lease=lease, done=True, pause=0.0, receipt=root)
