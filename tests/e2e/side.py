"""The seam between a story and a platform: one side of the town, and somebody at their client there.

`people` and `ledger` speak through it in the words of the desk; `slack_side` and `discord_side` know how a
form is opened there, where a thread hangs, what rings. What stands on a screen is named by ids alone, so that
a story never holds a platform's own record.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Literal, NamedTuple, NewType, Protocol

from bots.compose import House
from core.ports import Platform

Place = NewType("Place", str)
"""The platform's id of a channel, of a thread that is one, or of a DM."""

Lang = Literal["ja", "en"]
Entered = str | list[str] | None

Trouble = Literal["RATE_LIMITED", "REFUSED", "FAILED_AFTER", "LOST_REPLY"]
"""What can happen to a call; the emulators' `faults.Kind` say what each is."""

Call = Literal["send", "upload", "download"]
"""What Henji does, that something can happen to: it sends a message, posts files, fetches one."""


class Post(NamedTuple):
    """Something that stands on a screen: in which place, under which id."""

    place: Place
    id: str


@dataclass(frozen=True)
class Setup:
    """What an admin says of a desk, by names: the staff's channel, whom to ping, whom if nobody acts.

    What is empty is left as the form has it.
    """

    desk: str = ""
    support: str = ""
    staff: Sequence[str] = ()
    leads: Sequence[str] = ()
    shown_as: str = ""

    @property
    def basics(self) -> dict[str, Entered]:
        """What is entered first, under the form's labels, which are the same everywhere."""
        said: dict[str, Entered] = {
            "窓口の名前": self.desk,
            "担当のチャンネル": self.support,
            "通知する担当": list(self.staff),
            "通知する責任者": list(self.leads),
        }
        return {label: value for label, value in said.items() if value}

    @property
    def more(self) -> dict[str, Entered]:
        """What may stand in a form of its own."""
        return {"相手への表示": self.shown_as} if self.shown_as else {}


@dataclass(frozen=True)
class Attached:
    """A file that somebody attaches; with nothing inside, it is a small one that is what its name says.

    Where that differs: `size` is what the platform declares, `address` where it says that the file is, and
    `leads_to` where the file's address sends whoever asks there.
    """

    name: str
    content: bytes = b""
    size: int | None = None
    address: str = ""
    leads_to: str = ""


class Fault(Protocol):
    """Something that goes wrong until it is off."""

    @property
    def hits(self) -> int:
        """How often it did."""
        ...

    def off(self) -> None:
        """Let it go wrong no more."""
        ...


class Client(Protocol):
    """Somebody at the client of their platform, and `home`, the place where they usually are there."""

    home: Place

    @property
    def name(self) -> str:
        """Their name."""
        ...

    @property
    def id(self) -> str:
        """Their id on the platform."""
        ...

    @property
    def lang(self) -> Lang:
        """The language their client is in."""
        ...

    # looking

    def sees(self, place: Place) -> list[Post]:
        """All they see in a place and its threads, the oldest first."""
        ...

    def reads(self, post: Post) -> str:
        """A post as they read it: in their language, their zone, with names for ids."""
        ...

    def told_alone(self) -> list[Post]:
        """Where they are told why something they wrote was not taken, the oldest first."""
        ...

    def files(self, post: Post) -> list[tuple[str, bytes]]:
        """The files of a post, by name, as whoever opens them gets them."""
        ...

    def transcript(self) -> str:
        """Everything on their screen."""
        ...

    # doing; what is shown in answer comes back

    async def says(self, text: str, place: Place, under: Post | None, files: Sequence[Attached]) -> Post:
        """Write into a place, or under something that stands there."""
        ...

    async def deletes(self, post: Post) -> None:
        """Take back what they wrote."""
        ...

    async def deletes_files(self, post: Post) -> None:
        """Take back the files of what they wrote."""
        ...

    async def command(self, typed: str, place: Place) -> Post | None:
        """Type a slash command; where a form opens, nothing is shown."""
        ...

    async def presses(self, button: str, on: Post) -> Post | None:
        """Press a button."""
        ...

    async def chooses(self, option: str, on: Post) -> Post | None:
        """Choose from the one select of a post."""
        ...

    # forms

    async def starts_inquiry(self, seller: str, place: Place) -> None:
        """Have the form of a new inquiry to this seller in front of them."""
        ...

    async def starts_again(self, place: Place) -> None:
        """Have a form that was refused in front of them again."""
        ...

    async def enters(self, entered: Mapping[str, Entered]) -> None:
        """Fill in the form that is open, by its labels."""
        ...

    def entered(self, label: str) -> object:
        """What a field of the form holds."""
        ...

    async def submits(self) -> tuple[str, Post | None]:
        """Submit the form; the words that they read next, and the post in which, if it is one."""
        ...

    async def sets_up(self, setup: Setup, place: Place) -> tuple[str, list[Post]]:
        """Set up a desk; the words that they read next, and the posts in which."""
        ...


class Side(Protocol):
    """One platform in town: a workspace of its own, the people in it, and what can go wrong with it."""

    name: str
    general: Place
    shut_out: str
    """Words of what staff are told when Henji is kept out of a channel."""
    ping: float
    """Seconds between two of Henji's looks whether its connection still lives, from its next start on."""
    greeting: str
    """Words of what Henji says in a channel that it is let into; none where it says nothing."""

    # the scene

    def person(self, name: str, lang: Lang, zone: str, *, admin: bool = False) -> Client:
        """Somebody new in the workspace, at home in their DM with Henji."""
        ...

    def channel(self, name: str, members: Sequence[Client]) -> Place:
        """A channel for these people and Henji alone."""
        ...

    # what stands on its screens

    def posted(self, place: Place | None = None) -> list[Post]:
        """What Henji has posted for everybody in a place and its threads, or anywhere; the oldest first."""
        ...

    def alone(self) -> list[Post]:
        """What Henji has shown to one person alone."""
        ...

    def text(self, post: Post) -> str:
        """Where a post stands and what it says, for a report."""
        ...

    def carries(self, post: Post, notice: str) -> bool:
        """Whether a post carries the id of a notice that ends so."""
        ...

    def rung(self, post: Post) -> set[str]:
        """Whom a post pings by name."""
        ...

    def told_anyway(self, post: Post) -> set[str]:
        """Whom the platform tells of a post whether it names them or not."""
        ...

    def rung_by_edits(self) -> list[str]:
        """What was pinged by an edit and should not have been, for a report."""
        ...

    # Henji, and time

    def listening(self, home: House, *, ears: bool) -> AbstractAsyncContextManager[Platform]:
        """Henji on this platform, connected; without ears it can speak and read back, and is told nothing."""
        ...

    async def clock_moved(self) -> None:
        """Let the platform do what it would have done by now."""
        ...

    async def settled(self) -> None:
        """Wait until Henji was told of everything, and has done with it."""
        ...

    # what can happen

    def fails(
        self,
        trouble: Trouble,
        to: Call = "send",
        *,
        place: Place | None = None,
        times: int | None = None,
        retry_after: int = 30,
    ) -> Fault:
        """Let what Henji does suffer: everywhere or in one place, so often or until it is off."""
        ...

    def repeats(self, copies: int) -> None:
        """Tell Henji of everything so many times more from now on."""
        ...

    def loses(self) -> AbstractAsyncContextManager[None]:
        """Tell Henji nothing of what happens in between, ever."""
        ...

    def drops(self) -> None:
        """Cut Henji's connection."""
        ...

    def freezes(self) -> None:
        """Let Henji's connection fall silent without closing."""
        ...

    async def returns(self) -> None:
        """Wait until Henji is connected again, which it sees to by itself."""
        ...

    async def shuts_out(self, someone: Client, place: Place) -> None:
        """Somebody keeps Henji out of a channel."""
        ...

    async def lets_in(self, someone: Client, place: Place) -> None:
        """Somebody lets Henji in again."""
        ...
