"""The scene: a Slack workspace and a Discord guild, with buyers and sellers on both and staff on one.

Made once for each test on the emulators; holds who is where, and what stands on the screens there. Does
nothing by itself. The inquiries of quiet sellers only wait.
"""

import re
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from itertools import cycle

from bots import clock
from core.ids import PlaceId, platform_of
from tests.emulators.discord import DiscordEmulator
from tests.emulators.slack import SlackEmulator
from tests.faults.on_discord import DiscordSide
from tests.faults.on_slack import SlackSide
from tests.faults.sides import Client, Name, Post, Side

BUYERS = ("花子", "太郎", "美咲", "健太", "結衣", "大輔", "彩", "翔", "楓", "陸")
SHOPS = {"青空商店": "葵", "海辺堂": "渚", "山里屋": "岳", "星見舎": "昴"}
QUIET_BUYERS = ("静", "穏")
QUIET_SHOPS = {"静寂堂": "寂", "無音屋": "黙"}
SHY = ("健太", "大輔", "陸")
"""Buyers who take no direct messages, where they are on Discord."""

_CARD = re.compile(r"^(?:@\S+ )?問い合わせ #(\d+)：(.*)", re.MULTILINE)


class Scene:
    """Everybody and every place. Buyers and sellers are on either side in turn, staff on one of them."""

    def __init__(self, slack: SlackSide, discord: DiscordSide, staff: Name) -> None:
        self.slack = slack
        self.discord = discord
        self.sides: tuple[Side, ...] = (slack, discord)
        self.office: Side = next(side for side in self.sides if side.name == staff)
        turns: cycle[Side] = cycle(self.sides)
        self.buyers = {name: _buyer(next(turns), name) for name in BUYERS}
        self.quiet_buyers = {name: next(turns).person(name) for name in QUIET_BUYERS}
        self.sellers: dict[str, Client] = {}
        self.quiet_sellers: dict[str, Client] = {}
        self.shops: dict[str, PlaceId] = {}
        for shop, name in (SHOPS | QUIET_SHOPS).items():
            side = next(turns)
            seller = side.person(name)
            (self.sellers if shop in SHOPS else self.quiet_sellers)[shop] = seller
            self.shops[shop] = side.channel(f"shop-{len(self.shops)}", [seller])
        self.staff, self.clerk, self.lead = (self.office.person(name) for name in ("佐藤", "高橋", "鈴木"))
        self.support = self.office.channel("support", [self.staff, self.clerk, self.lead])
        self.inboxes = {name: one.inbox for name, one in (self.buyers | self.quiet_buyers).items()}
        self.quiet: set[int] = set()

    def side_of(self, place: PlaceId) -> Side:
        """The platform that a place is on."""
        return next(side for side in self.sides if side.name == platform_of(place))

    # what stands on the screens

    def posts(self, place: PlaceId) -> Sequence[Post]:
        """What Henji has posted for good in a place, the oldest first."""
        return self.side_of(place).posts(place)

    def text(self, post: Post) -> str:
        """A post as people read it."""
        return self.side_of(post.place).text(post)

    def cards(self, place: PlaceId) -> Iterator[tuple[int, str, Post]]:
        """The cards in a place: each with its number, and what its title says besides."""
        for post in self.posts(place):
            title = None if post.root else _CARD.search(self.text(post))
            if title is not None:
                yield int(title[1]), title[2], post

    def everywhere(self) -> list[PlaceId]:
        """Every place Henji speaks in."""
        return [self.support, *self.shops.values(), *self.inboxes.values()]


@asynccontextmanager
async def made(staff: Name) -> AsyncIterator[Scene]:
    """The scene, on emulators of its own."""
    async with SlackEmulator(now=clock.now) as slack, DiscordEmulator(now=clock.now) as discord:
        yield Scene(SlackSide(slack), DiscordSide(discord), staff)


def _buyer(side: Side, name: str) -> Client:
    return side.person(name, takes_dms=side.name == "slack" or name not in SHY)
