"""Someone in a story: what they do on their platform, and what they read there, in the words of the desk.

A voice over the `Client` of `side`. Every private answer is read where it is given, so that one nobody
expected shows at the story's end.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from tests.e2e.side import Attached, Client, Entered, Lang, Place, Post, Setup, Side

if TYPE_CHECKING:
    from tests.e2e.town import Town

ORDER: Final = "503-1234567-1234567"

# The form of a new inquiry: what is above each field, and what is chosen where a story does not care.
_FORM: Final[dict[Lang, dict[str, tuple[str, str]]]] = {
    "ja": {
        "topic": ("内容", "商品が届かない"),
        "wish": ("ご希望", "回答のみ"),
        "order": ("注文番号", ORDER),
        "message": ("本文", ""),
    },
    "en": {
        "topic": ("What happened", "It hasn't arrived"),
        "wish": ("What you would like", "Just an answer"),
        "order": ("Order number", ORDER),
        "message": ("Message", ""),
    },
}


class Someone:
    """A person of the town, on one side of it."""

    def __init__(self, town: "Town", side: Side, client: Client) -> None:
        self.town = town
        self.side = side
        self.client = client
        self._inbox = client.home

    @property
    def home(self) -> Place:
        """Where they read and write: a channel of theirs, or their DM with Henji."""
        return self.client.home

    @property
    def around(self) -> Place:
        """Where they type commands: at home, or in everybody's channel if that is a DM."""
        return self.side.general if self.home == self._inbox else self.home

    # doing

    async def opens(self, message: str, *, seller: str = "青空商店", **fields: str) -> str:
        """Open an inquiry by the form; `order`, `topic` and `wish` if they matter. What they read on it."""
        await self.client.starts_inquiry(seller, self.around)
        known = _FORM[self.client.lang]
        assert fields.keys() <= known.keys(), fields
        entered = dict(known.values())
        entered |= {known[name][0]: value for name, value in (fields | {"message": message}).items()}
        await self.client.enters(entered)
        return await self.submits()

    async def tries_again(self, *, unchanged: dict[str, str], **fields: str) -> str:
        """Have the refused form of an inquiry before them again, as it was, change it and submit it."""
        await self.client.starts_again(self.around)
        known = _FORM[self.client.lang]
        for name, value in unchanged.items():
            assert self.client.entered(known[name][0]) == value, name
        await self.client.enters({known[name][0]: value for name, value in fields.items()})
        return await self.submits()

    async def sets_up(self, setup: Setup) -> str:
        """Set up a desk; what they read on it."""
        said, posts = await self.client.sets_up(setup, self.around)
        for post in posts:
            self.town.ledger.mark(post)
        await self.town.turn()
        return said

    async def types(self, command: str, *, where: Place | None = None) -> str:
        """Type a slash command; the private answer, empty where a form opened instead."""
        return await self._after(await self.client.command(command, where or self.around))

    async def submits(self, fields: Mapping[str, Entered] | None = None, /, **more: Entered) -> str:
        """Fill in the form that is open, submit it, and let what follows happen; what they read on it."""
        await self.client.enters({**(fields or {}), **more})
        said, post = await self.client.submits()
        await self._after(post)
        return said

    async def fills(self, button: str, on: Post, **fields: str) -> str:
        """Press a button that opens a form, fill it in, send it; what they read on it."""
        assert await self.presses(button, on) == ""
        return await self.submits(**fields)

    async def presses(self, button: str, on: Post) -> str:
        """Press a button; the private answer."""
        return await self._after(await self.client.presses(button, on))

    async def presses_twice(self, button: str, on: Post) -> str:
        """Press a button again before anything has come of the first press; the second private answer."""
        first = await self.client.presses(button, on)
        if first is not None:
            self.town.ledger.mark(first)
        return await self.presses(button, on)

    async def chooses(self, option: str, on: Post) -> str:
        """Choose from a select in a post; the private answer."""
        return await self._after(await self.client.chooses(option, on))

    async def writes(
        self,
        text: str,
        under: Post | None = None,
        *,
        files: Sequence[Attached] = (),
        where: Place | None = None,
    ) -> Post:
        """Write where they are, under a card or outside any thread."""
        said = await self.says(text, under, files=files, where=where)
        await self.town.turn()
        return said

    async def says(
        self,
        text: str,
        under: Post | None = None,
        *,
        files: Sequence[Attached] = (),
        where: Place | None = None,
    ) -> Post:
        """Write, and nothing has come of it yet."""
        return await self.client.says(text, where or self.home, under, files)

    async def deletes(self, post: Post) -> None:
        """Take back what they wrote."""
        await self.client.deletes(post)
        await self.town.turn()

    async def deletes_files(self, post: Post) -> None:
        """Take back the files of what they wrote."""
        await self.client.deletes_files(post)
        await self.town.turn()

    async def shuts_henji_out(self) -> None:
        """Keep Henji out of where they are."""
        await self.side.shuts_out(self.client, self.home)
        await self.town.turn()

    async def lets_henji_in(self) -> None:
        """Let Henji in again, and be greeted where that is its way."""
        await self.side.lets_in(self.client, self.home)
        await self.town.turn()
        if self.side.greeting:
            self.reads(self.side.greeting)

    # looking

    def reads(self, *words: str, pings: "Sequence[Someone]" = ()) -> Post:
        """The next thing posted where they are says these words, and pings exactly these people."""
        post = self.town.ledger.next_in(self.side, self.home, self.client)
        self.town.ledger.check(self.side, post, self.client, words, [each.client for each in pings])
        return post

    def reads_alone(self, *words: str) -> str:
        """Something only they can see says these words."""
        for post in reversed(self.town.ledger.unread(self.client.told_alone())):
            text = self.client.reads(post)
            if all(word in text for word in words):
                self.town.ledger.mark(post)
                return text
        msg = f"{self.client.name} is told nothing with {words}"
        raise AssertionError(msg)

    def rereads(self, post: Post, *words: str) -> str:
        """Something they have read before now says these words."""
        text = self.client.reads(post)
        missing = [word for word in words if word not in text]
        assert not missing, f"{missing} not in what {self.client.name} read again:\n{text}"
        return text

    def card(self, number: int = 1) -> Post:
        """The card of an inquiry where they are."""
        for post in self.client.sees(self.home):
            if self.side.carries(post, f".{number}.c"):
                return post
        msg = f"{self.client.name} sees no card of #{number}"
        raise AssertionError(msg)

    def card_text(self, number: int = 1) -> str:
        """The card as it stands now."""
        return self.client.reads(self.card(number))

    def sees_on_card(self, *words: str, number: int = 1) -> None:
        """The card, as it stands now, says these words."""
        self.rereads(self.card(number), *words)

    def opens_files(self, post: Post) -> list[tuple[str, bytes]]:
        """The files of a post, by name."""
        return self.client.files(post)

    async def _after(self, post: Post | None) -> str:
        if post is not None:
            self.town.ledger.mark(post)
        text = "" if post is None else self.client.reads(post)
        await self.town.turn()
        return text
