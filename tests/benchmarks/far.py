"""The platforms in a process of their own: a Discord and a Slack that say yes to everything at once.

Run by `both` as `python -m tests.benchmarks.far`; what it is to send, and what it saw, goes over its standard
input and output as lines of JSON. In another process, so that what people and platforms do costs Henji no
time, and on one clock, so that a message can be timed from one platform to the other.
"""

import asyncio
import re
import sys
from typing import Final

import msgspec

from bots.run import in_loop
from tests.benchmarks.far_discord import FarDiscord
from tests.benchmarks.platform import Platform, platform
from tests.waiting import until

_WORD: Final = re.compile(r"word-\d{5}")


class Order(msgspec.Struct):
    """What to do: have so many people submit forms at once, or one after the other, or write messages."""

    do: str
    count: int = 0
    rate: float = 0.0
    people: list[int] = []


async def main() -> None:
    """Serve until the standard input ends."""
    async with platform() as slack:
        discord = FarDiscord()
        await discord.start()
        _say({"slack": slack.url, "discord": discord.url})
        orders = asyncio.StreamReader()
        protocol = asyncio.StreamReaderProtocol(orders)
        await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, sys.stdin)
        while line := await orders.readline():
            _say(await _done(msgspec.json.decode(line, type=Order), discord, slack))
        await discord.stop()


async def _done(order: Order, discord: FarDiscord, slack: Platform) -> object:
    match order.do:
        case "roots":
            return discord.cards()
        case "one by one":
            return [await discord.submits(n) for n in range(order.count)]
        case "at once":
            return await asyncio.gather(*(discord.submits(n) for n in range(order.count)))
        case "write":
            return await _relayed(order, discord, slack)
        case _:
            raise ValueError(order.do)


async def _relayed(order: Order, discord: FarDiscord, slack: Platform) -> list[float]:
    """Seconds from each message on Discord to the request that carries it to Slack."""
    slack.calls.clear()
    sent = await discord.write(order.people, order.count, order.rate)
    arrived: dict[str, float] = {}

    async def all_there() -> bool:
        posts = [each for each in slack.calls if each.method == "chat.postMessage"]
        arrived.update({word: each.at for each in posts for word in _WORD.findall(each.text)})
        return arrived.keys() >= sent.keys()

    await until(all_there, within=60)
    return [arrived[word] - at for word, at in sent.items()]


def _say(what: object) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(what) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    in_loop(main())
