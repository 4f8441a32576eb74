"""The seam between these tests and a platform: what stands on its screens, and somebody at their client.

`scene`, `member` and `reckoning` speak through it; `on_slack` and `on_discord` know how a platform does it.
Unlike a story's client, this one tells what somebody was told, and whether they were told anything at all:
Henji may die at any instant. Places are called as Henji calls them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from core.ids import PersonId, PlaceId

Name = Literal["slack", "discord"]

Entered = str | list[str] | None


class Post(NamedTuple):
    """Something that Henji has posted for good: in which place, under which id.

    `root` is the id of the post it hangs under, none for what stands in the place itself; `notice` is the id
    it carries.
    """

    place: PlaceId
    id: str
    root: str
    notice: str


class Said(Protocol):
    """A message that somebody wrote, as they see it."""

    @property
    def nodded(self) -> bool:
        """Whether Henji's sign that it is on its way stands on it by now."""
        ...


@dataclass(frozen=True)
class Written:
    """What somebody knows of a message when they have waited for a while.

    `taken` is whether the platform knows that Henji has taken it, which says nothing of what came of it.
    """

    said: Said
    taken: bool
    told: Sequence[str]


@dataclass(frozen=True)
class Answered:
    """What somebody was told by an answer, and whether there was one."""

    ok: bool
    told: Sequence[str]


@dataclass(frozen=True)
class Submitted:
    """What came of a form: it was done, refused, or nobody knows; the words; whether it is still open."""

    done: bool | None
    told: str


class Client(Protocol):
    """Somebody at the client of their platform."""

    name: str
    person: PersonId
    inbox: PlaceId

    @property
    def takes_dms(self) -> bool:
        """Whether Henji can write to them directly."""
        ...

    async def lists(self, place: PlaceId) -> None:
        """Ask for the list, which changes nothing."""
        ...

    async def shows(self, number: int, place: PlaceId) -> str:
        """Ask for an inquiry with its log; what is shown."""
        ...

    async def begins(self, shop: str, place: PlaceId) -> bool:
        """Ask for the form of a new inquiry to this seller; whether it is in front of them."""
        ...

    async def dm(self, text: str) -> Said:
        """Write to Henji directly, and wait a while for an answer."""
        ...

    async def says(self, text: str, under: Post, *, file: str, waits: bool) -> Written:
        """Write under a post, with a file if one is named; what comes of it is waited for if anything can."""
        ...

    async def presses(self, label: str, on: Post) -> Answered:
        """Press a button."""
        ...

    async def chooses(self, option: str, on: Post) -> Answered:
        """Choose from the select."""
        ...

    async def names(self, shop: str, on: Post) -> None:
        """Answer which seller is meant, as one does there."""
        ...

    @property
    def has_form(self) -> bool:
        """Whether a form is in front of them."""
        ...

    async def enters(self, entered: Mapping[str, Entered]) -> None:
        """Fill in the form, by its labels."""
        ...

    async def submits(self) -> Submitted:
        """Send the form; one that nobody answered stays open."""
        ...

    async def closes(self) -> None:
        """Close the form, if one is open."""
        ...

    def transcript(self) -> str:
        """Everything on their screen."""
        ...


class Withheld(Protocol):
    """A time in which a platform's answers to what Henji posts did not arrive; how many."""

    hits: int


class Side(Protocol):
    """One platform, with one workspace that Henji is in."""

    name: Name
    workspace: str
    general: PlaceId

    @property
    def calls(self) -> int:
        """How often Henji has called it."""
        ...

    def person(self, name: str, *, takes_dms: bool = True) -> Client:
        """Somebody new in the workspace."""
        ...

    def channel(self, name: str, members: Sequence[Client]) -> PlaceId:
        """A channel for these people and Henji alone."""
        ...

    def posts(self, place: PlaceId) -> Sequence[Post]:
        """What Henji has posted for good in a place and its threads, the oldest first."""
        ...

    def text(self, post: Post) -> str:
        """A post as people read it."""
        ...

    def controls(self, post: Post) -> str:
        """What can be pressed and chosen there, as the platform was told."""
        ...

    def offers_list(self, post: Post) -> bool:
        """Whether there is a select in it."""
        ...

    # Henji

    def settings(self, way: str) -> dict[str, str]:
        """How Henji is told of the workspace, for this way in."""
        ...

    async def begins(self) -> None:
        """A new life begins: whether it hears people is asked of that one from now on."""
        ...

    def hears(self, logged: Sequence[Mapping[str, object]]) -> bool:
        """Whether what people do reaches Henji, by what it has logged."""
        ...

    async def tells_again(self) -> None:
        """Tell Henji again of what it has not acknowledged, as the platform would within a minute."""
        ...

    def withholds(self) -> Withheld:
        """From here on, what Henji posts is posted, and it is not told so."""
        ...

    def recovers(self) -> None:
        """All that went wrong is over."""
        ...
