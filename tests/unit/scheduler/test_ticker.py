"""The ticker: it nudges, on the loop's own thread, until it is stopped."""

import asyncio
import threading

from scheduler.ticker import Ticker


async def test_ticks() -> None:
    """Each nudge comes at its interval, in the thread of the loop, where an asyncio.Event may be set."""
    nudged = {"often": asyncio.Event(), "never": asyncio.Event()}
    threads: set[int] = set()

    def nudge(name: str) -> None:
        threads.add(threading.get_ident())
        nudged[name].set()

    ticker = Ticker({"often": (0.01, lambda: nudge("often")), "never": (3600.0, lambda: nudge("never"))})
    ticker.start()
    async with asyncio.timeout(10):
        for _ in range(3):
            await nudged["often"].wait()
            nudged["often"].clear()
    ticker.stop()
    assert threads == {threading.get_ident()}
    assert not nudged["never"].is_set()
