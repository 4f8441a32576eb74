"""A buyer and a seller's person, writing to each other about one inquiry through the front desk.

Used by the benchmarks that need conversations rather than records.
"""

from datetime import datetime
from typing import Final

from bots.compose import House
from core.answers import Opened, Sent
from core.commands import Actor, OpenInquiry, PostMessage
from core.ids import Key, Lang, MessageId, PersonId, PlaceId, dm_with
from core.records import Party, Topic, Wish
from core.text import Foreign
from tests.benchmarks.population import SELLERS, desk, seller

LONG: Final = 300
"""Characters of each message."""

WORDS: Final[dict[Lang, str]] = {
    "en": "The lamp arrived yesterday with a crack along its base, and the shade does not fit. ",
    "ja": "昨日届いたランプの台座にひびが入っていて、かさも合いません。交換をお願いできますでしょうか。",
}
NAMES: Final[dict[Lang, str]] = {"en": "Hanako Yamada", "ja": "山田 花子"}


class Conversation:
    """The nth inquiry of the first desk, with a buyer of its own."""

    def __init__(self, home: House, lang: Lang, n: int) -> None:
        self._home = home
        self._seller = seller(n % SELLERS, 0)
        person = PersonId(f"{desk(0).workspaces[0]}:U{100_000 + n:010d}")
        self.place = self._seller.place or PlaceId("")
        """Where the seller is reached."""
        self._actors = {
            Party.BUYER: Actor(person=person, name=Foreign(NAMES[lang]), lang=lang, place=dm_with(person)),
            Party.SELLER: Actor(
                person=self._seller.ping[0], name=Foreign(NAMES[lang]), lang=lang, place=self.place
            ),
        }
        self._text = Foreign((WORDS[lang] * LONG)[:LONG])
        self._n = n
        self._number = 0

    async def opens(self, at: datetime) -> None:
        """The form, submitted."""
        answer = await self._home.desk.handle(
            OpenInquiry(
                key=Key(f"view:V{self._n:010d}"),
                desk=desk(0).id,
                actor=self._actors[Party.BUYER],
                seller=self._seller.id,
                order_number="503-1234567-1234567",
                topic=Topic.DAMAGED,
                wish=Wish.REPLACE,
                text=self._text,
                at=at,
            )
        )
        if not isinstance(answer, Opened):
            raise TypeError(answer)
        self._number = answer.number

    async def says(self, party: Party, at: datetime) -> None:
        """A message under their card, which has to be there."""
        [roots] = await self._home.store.roots([(desk(0).id, self._number)])
        root = roots[party]
        actor, message = self._actors[party], MessageId(f"{at.timestamp():.0f}.{self._n:06d}")
        answer = await self._home.desk.handle(
            PostMessage(
                key=Key(f"m:{actor.place}:{message}"),
                desk=desk(0).id,
                actor=actor,
                text=self._text,
                at=at,
                root=root,
                message=message,
            )
        )
        if not isinstance(answer, Sent):
            raise TypeError(answer)
