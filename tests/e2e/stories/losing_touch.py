"""Stories in which a platform's connection to Henji is lost: cut, silent, or its session forgotten.

They need one that stands open: Slack alone calls Henji over HTTP here.
"""

from tests.e2e.pairing import Pairing, where
from tests.e2e.town import Town


def _connected(on: Pairing) -> bool:
    return on.platforms != ("slack",)


@where(_connected)
async def cut_off(town: Town) -> None:
    """The connection is cut while the seller writes: it arrives once Henji is back, and the clock stops."""
    await town.inquiry()
    town.seller.side.drops()
    await town.seller.says("本日発送しました。", town.seller.card())
    await town.jumps(minutes=1)
    await town.seller.side.returns()
    await town.catches_up()
    town.buyer.reads("本日発送しました。", pings=(town.buyer,))
    await town.passes(days=10)


@where(_connected)
async def fallen_silent(town: Town) -> None:
    """The connection still looks open, and nothing comes: Henji notices, connects anew and reads back."""
    await town.sleeps()
    town.seller.side.ping = 0.3
    await town.wakes()
    await town.inquiry()
    town.seller.side.freezes()
    await town.seller.says("本日発送しました。", town.seller.card())
    await town.jumps(minutes=1)
    await town.seller.side.returns()
    await town.catches_up()
    town.buyer.reads("本日発送しました。", pings=(town.buyer,))
    await town.passes(days=10)


STORIES = (cut_off, fallen_silent)
