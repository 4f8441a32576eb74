"""The counter: forms that people sent, put before the front desk with the records that a form can't hold.

Called by every adapter's `submissions`, in whose time limits it runs. Holds nothing, words nothing. Raises
Unavailable where the store is away.
"""

from collections.abc import Callable

from core.answers import AnyAnswer
from core.desk import FrontDesk
from core.entering import Sender, command_in, seller_in, settings_in, waiting_in
from core.entries import Basics, Hours, SellerEntry, Settings, Simple, Waiting
from core.ids import DeskId, SellerId
from core.refusal import Refusal

_MOVED_ON = Refusal(reason="moved_on")


async def set_up(
    desk: FrontDesk,
    entered: Settings | Basics | Hours,
    sender: Sender,
    desk_id: DeskId | None,
    fresh: Callable[[], DeskId],
) -> AnyAnswer:
    """Set up the workspace's desk; where it has none, a first one is made under a fresh id."""
    known = await desk.settings(desk_id, sender.actor)
    if isinstance(known, Refusal):
        return known
    command = settings_in(entered, sender, desk_id or fresh(), known)
    return _MOVED_ON if command is None else await desk.handle(command)


async def submit(
    desk: FrontDesk,
    entered: Simple | Waiting | SellerEntry,
    sender: Sender,
    desk_id: DeskId,
    fresh: Callable[[], SellerId],
) -> AnyAnswer:
    """Put what somebody entered before their desk; `fresh` gives a new seller's id."""
    match entered:
        case SellerEntry():
            sellers = await desk.sellers(desk_id, sender.actor)
            if isinstance(sellers, Refusal):
                return sellers
            known = next((one for one in sellers if one.id == entered.seller), None)
            return await desk.handle(seller_in(entered, sender, desk_id, known, fresh()))
        case Waiting():
            command = waiting_in(entered, sender, desk_id)
            return _MOVED_ON if command is None else await desk.handle(command)
        case _:
            return await desk.handle(command_in(entered, sender, desk_id))
