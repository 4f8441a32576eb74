"""The crowd: buyers who open inquiries and write, sellers who answer, staff who note, write, close.

Each does one thing after another for as long as Henji lives. What there is to do follows from what stands in
front of them, as it does for people.
"""

import re

from core.ids import PlaceId
from tests.faults.member import Button, Deed, Member, number_opened
from tests.faults.record import TOKEN, Act, Kind, Outcome, Record
from tests.faults.scene import Scene
from tests.faults.sides import Post, Side

MOST_OPENINGS = 12
"""How many inquiries one buyer begins at most; the desk allows 20 open ones."""

NO_REPLY = Button("返信は不要", "返信不要としました", "購入者から返信は不要との連絡がありました")
WITHDRAW = Button("取り下げる", "取り下げました", "購入者が終了しました")
NOT_SOLVED = Button(
    "まだ解決していない", "まだ解決していないことを出品者に伝えます", "まだ解決していないとの連絡がありました"
)
REOPEN = Button("再開する", "再開しました", "購入者が再開しました")
HOLD = Button("確認中と伝える", "確認中であることを購入者に伝えます", "出品者が確認しています")
SOLVED = Button("解決済みにする", "購入者に確認します", "から、解決したとの連絡がありました")
ASSIGN = Button("自分が担当する", "担当")
CLOSE = Button("終了する", "終了しました", "担当が終了しました")


class Buyer(Member):
    """Opens by the form and by a dialogue, writes in the threads, presses what stands on the cards."""

    _begun = 0
    _talking = False

    def deeds(self) -> list[tuple[Deed, float]]:
        """What a buyer might do now."""
        if self.has_unsent:
            return [(self.sends_again, 1)]
        deeds: list[tuple[Deed, float]] = [(self.looks, 0.5)]
        if self._talking:
            deeds.append((self._answers, 6))
        elif self._begun < MOST_OPENINGS:
            deeds += [(self._opens, 2)]
            deeds += [(self._talks, 1.5)] if self.client.takes_dms else []
        if self.cards():
            deeds += [(self._writes, 7), (self._presses, 2)]
        return deeds

    async def _opens(self) -> None:
        shop = self.luck.choice(list(self.scene.sellers))
        if not await self.client.begins(shop, self._street):
            return
        self._begun += 1
        token = self.record.token()
        act = Act(Kind.OPENING, self.client.name, (token,), to=self.scene.shops[shop])
        await self.sends(act, {"内容": "質問", "ご希望": "回答のみ", "本文": f"届きますか {token}"})

    async def _talks(self) -> None:
        self._begun += 1
        said = await self.client.dm(f"届きません {self.record.token()}")
        self._talking = not said.nodded  # else it went to their one inquiry, where a DM has no threads

    async def _answers(self) -> None:
        """Answer the question that stands last in the DM; without one, write again now and then."""
        cards = {card.id for _, _, card in self.scene.cards(self.home)}
        asked = [each for each in self.scene.posts(self.home) if not each.root and each.id not in cards]
        if not asked or not self._asking(asked[-1]):
            if self.luck.random() < 0.1:
                said = await self.client.dm(f"もしもし {self.record.token()}")
                self._talking = not said.nodded
            return
        await self._answer(asked[-1])

    async def _answer(self, asked: Post) -> None:
        match self._asking(asked):
            case "message":
                await self._sends_off(asked)
            case "seller":
                shop = self.luck.choice(list(self.scene.sellers))
                await self.client.names(shop, asked)
            case "order":
                await self.client.presses("注文番号なし", asked)
            case _ if self._side.offers_list(asked):
                await self.client.chooses("新しい問い合わせ", asked)
            case _:
                await self.client.presses("新しい問い合わせ", asked)

    async def _sends_off(self, asked: Post) -> None:
        """Have what the question shows sent: that is the act, and its tokens are those shown."""
        shown = self.scene.text(asked)
        shop = self.scene.shops[next(name for name in self.scene.sellers if name in shown)]
        act = Act(Kind.OPENING, self.client.name, tuple(TOKEN.findall(shown)), to=shop)
        self.record.begins(act)
        await self.client.presses("送信する", asked)
        self._talking = False
        act.number = number_opened(self.scene.text(asked))
        if act.number is not None:
            self.record.ends(act, Outcome.DONE, self.scene.text(asked))

    async def _writes(self) -> None:
        number, shop, card = self.luck.choice(self.cards())
        await self.says(Kind.MESSAGE, number, card, self.scene.shops[shop])

    async def _presses(self) -> None:
        number, shop, card = self.luck.choice(self.cards())
        button = self.luck.choices([NO_REPLY, WITHDRAW, NOT_SOLVED, REOPEN], [3, 0.3, 3, 3])[0]
        await self.presses(button, number, card, (self.scene.shops[shop],))

    @property
    def _side(self) -> Side:
        return self.scene.side_of(self.home)

    @property
    def _street(self) -> PlaceId:
        """Where they type commands."""
        return self._side.general

    def _asking(self, post: Post) -> str:
        """What a post of the dialogue asks; nothing where it asks nothing any more."""
        found = re.search(r"'ask:(\w+)", self._side.controls(post))
        return "" if post.root or found is None else found[1]


class Seller(Member):
    """Answers in the threads, says that they are looking into it, or that it is solved."""

    def deeds(self) -> list[tuple[Deed, float]]:
        """What a seller might do now."""
        if not self.cards():
            return [(self.looks, 1)]
        return [(self._writes, 6), (self._presses, 3), (self.looks, 0.5)]

    async def _writes(self) -> None:
        number, buyer, card = self.luck.choice(self.cards())
        await self.says(Kind.MESSAGE, number, card, self._inbox(buyer))

    async def _presses(self) -> None:
        number, buyer, card = self.luck.choice(self.cards())
        await self.presses(self.luck.choice([HOLD, SOLVED]), number, card, (self._inbox(buyer),))

    def _inbox(self, title: str) -> PlaceId:
        return self.scene.inboxes[title.removesuffix("さんより")]


class Staff(Member):
    """Notes by the form and in the thread, writes to either side, takes inquiries, closes some."""

    def deeds(self) -> list[tuple[Deed, float]]:
        """What staff might do now."""
        if self.has_unsent:
            return [(self.sends_again, 1)]
        if not self.cards():
            return [(self.looks, 1)]
        return [
            (self._notes, 2),
            (self._slips, 2),
            (self._writes, 3),
            (self._closes, 0.2),
            (self._assigns, 1),
            (self.looks, 0.5),
        ]

    def _some_card(self) -> tuple[int, PlaceId, PlaceId, Post]:
        """A card with the places of its buyer and its seller."""
        number, title, card = self.luck.choice(self.cards())
        buyer, _, shop = title.partition("さんから")
        return number, self.scene.inboxes[buyer], self.scene.shops[shop.removesuffix("へ")], card

    async def _slips(self) -> None:
        number, _, _, card = self._some_card()
        await self.says(Kind.SLIP, number, card, None)

    async def _notes(self) -> None:
        number, _, _, card = self._some_card()
        await self._by_form("メモ", card, Act(Kind.NOTE, self.client.name, number=number), "メモ")

    async def _writes(self) -> None:
        number, inbox, shop, card = self._some_card()
        label, to = self.luck.choice([("購入者に書く", inbox), ("出品者に書く", shop)])
        await self._by_form(label, card, Act(Kind.MESSAGE, self.client.name, number=number, to=to), "本文")

    async def _by_form(self, label: str, card: Post, act: Act, field: str) -> None:
        await self.client.presses(label, card)
        act.tokens = (self.record.token(),)
        await self.sends(act, {field: f"{act.kind.value} {act.tokens[0]}"})

    async def _closes(self) -> None:
        number, inbox, shop, card = self._some_card()
        await self.client.presses(CLOSE.label, card)
        act = Act(Kind.PRESS, self.client.name, number=number, words=CLOSE.words, places=(inbox, shop))
        await self.sends(act, {"結果": "その他"})

    async def _assigns(self) -> None:
        number, _, _, card = self._some_card()
        await self.presses(ASSIGN, number, card, ())


class Waiter(Member):
    """Waits for a seller who never answers, and writes once more."""

    def deeds(self) -> list[tuple[Deed, float]]:
        """What there is to do."""
        return [(self._writes, 1)]

    async def _writes(self) -> None:
        number, shop, card = self.luck.choice(list(self.scene.cards(self.home)))
        await self.says(Kind.MESSAGE, number, card, self.scene.shops[shop])


def waiters(scene: Scene, record: Record, seed: str) -> list[Member]:
    """Those whose inquiries only wait: they act while Henji is down, so that it has to read back."""
    quiet = scene.quiet_buyers.items()
    return [Waiter(scene, record, client, client.inbox, f"{seed}{name}") for name, client in quiet]


def crowd(scene: Scene, record: Record, seed: str) -> list[Member]:
    """Everybody who acts."""
    buyers = [
        Buyer(scene, record, client, client.inbox, f"{seed}{name}") for name, client in scene.buyers.items()
    ]
    sellers = [
        Seller(scene, record, client, scene.shops[shop], f"{seed}{shop}")
        for shop, client in scene.sellers.items()
    ]
    staff = [
        Staff(scene, record, client, scene.support, f"{seed}{client.name}")
        for client in (scene.staff, scene.clerk)
    ]
    return [*buyers, *sellers, *staff]
