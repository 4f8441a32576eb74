"""The scene: a workspace with buyers, sellers and staff, and two quiet sellers whose inquiries only wait.

Made once for each test on the emulator; holds who is where, and what stands on the screens there. Does
nothing by itself.
"""

import re
from collections.abc import Iterator

from core.ids import PersonId, PlaceId
from tests.emulators.slack import Channel, Message, Person, SlackEmulator

BUYERS = ("花子", "太郎", "美咲", "健太", "結衣", "大輔", "彩", "翔", "楓", "陸")
SHOPS = {"青空商店": "葵", "海辺堂": "渚", "山里屋": "岳", "星見舎": "昴"}
QUIET_BUYERS = ("静", "穏")
QUIET_SHOPS = {"静寂堂": "寂", "無音屋": "黙"}

_CARD = re.compile(r"問い合わせ #(\d+)：(.*)")


class Scene:
    """Everybody and every place."""

    def __init__(self, slack: SlackEmulator) -> None:
        self.slack = slack
        self.buyers = {name: self._person(name) for name in BUYERS}
        self.sellers = {shop: self._person(name) for shop, name in SHOPS.items()}
        self.quiet_buyers = {name: self._person(name) for name in QUIET_BUYERS}
        self.quiet_sellers = {shop: self._person(name) for shop, name in QUIET_SHOPS.items()}
        self.staff = self._person("佐藤")
        self.clerk = self._person("高橋")
        self.lead = self._person("鈴木")
        self.general = slack.channel("general", members=list(self.buyers.values()))
        room = [self.staff, self.clerk, self.lead]
        self.support = slack.channel("support", members=room, private=True)
        self.shops = {
            shop: slack.channel(f"shop-{n}", members=[person], private=True)
            for n, (shop, person) in enumerate((self.sellers | self.quiet_sellers).items())
        }
        self.inboxes = {name: one.inbox for name, one in (self.buyers | self.quiet_buyers).items()}
        self.quiet: set[int] = set()
        self._texts: dict[tuple[str, str], tuple[object, str]] = {}

    def _person(self, name: str) -> Person:
        return self.slack.person(name, locale="ja-JP", tz="Asia/Tokyo")

    def id_of(self, person: Person) -> PersonId:
        """How Henji calls somebody."""
        return PersonId(f"slack:{self.slack.team}:{person.id}")

    def place_of(self, channel: Channel) -> PlaceId:
        """How Henji calls a channel."""
        return PlaceId(f"slack:{self.slack.team}:{channel.id}")

    # what stands on the screens

    def posts(self, channel: Channel) -> Iterator[Message]:
        """What Henji has posted in a place, the oldest first."""
        ours = (message for message in channel.messages.values() if message.user == self.slack.bot.id)
        yield from sorted((each for each in ours if not each.subtype), key=lambda each: each.ts)

    def text(self, message: Message) -> str:
        """A message as people read it, rendered anew only where it was changed."""
        name, state = (message.channel, message.ts), (message.text, message.edited.get("ts"))
        known = self._texts.get(name)
        if known is None or known[0] != state:
            known = self._texts[name] = (state, self.slack.rendered_text(message))
        return known[1]

    def cards(self, channel: Channel) -> Iterator[tuple[int, str, Message]]:
        """The cards in a place: each with its number, and what its title says besides."""
        for message in self.posts(channel):
            title = None if message.is_reply else _CARD.match(self.text(message))
            if title is not None:
                yield int(title[1]), title[2], message

    def replies(self, channel: Channel, card: Message) -> Iterator[Message]:
        """What Henji has posted under a card."""
        return (each for each in self.posts(channel) if each.is_reply and each.thread_ts == card.ts)

    def everywhere(self) -> list[Channel]:
        """Every place Henji speaks in."""
        return [self.support, *self.shops.values(), *self.inboxes.values()]
