"""What people did, and what they were told came of it: all that the reckoning may go by.

Written by the crowd while it acts, read by the reckoning at the end. The order of things is that of a count,
moved on at each beginning and each end. Knows nothing of Henji but its words to people.
"""

import enum
import itertools
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from core.ids import PlaceId
from tests.faults.sides import Said

TOKEN = re.compile(r"〔\d+〕")


class Outcome(enum.Enum):
    """What somebody was told, in the end, of what they did."""

    DONE = "it is done"
    REFUSED = "it was not done"
    UNTOLD = "nothing, or that nobody knows"


class Kind(enum.Enum):
    """What somebody did."""

    OPENING = "opened an inquiry"
    MESSAGE = "wrote to the other side"
    NOTE = "noted by a form"
    SLIP = "noted in the staff's thread"
    PRESS = "pressed a button, or closed by a form"


@dataclass(eq=False)
class Act:
    """One thing that somebody did. `tokens` are the words in it that stand nowhere else.

    `to` is where it should be read. `words` are what everybody reads in the inquiry's threads in `places`
    after the press of a button. `said` is the message, where it was one, `file` the name of what it brought.
    """

    kind: Kind
    by: str
    tokens: tuple[str, ...] = ()
    number: int | None = None
    to: PlaceId | None = None
    words: str = ""
    places: tuple[PlaceId, ...] = ()
    said: Said | None = None
    file: str = ""
    began: float = 0
    ended: float = math.inf
    told: str = ""
    result: Outcome = Outcome.UNTOLD

    @property
    def outcome(self) -> Outcome:
        """What they know by now: the sign on a message may have come later, from a desk restarted."""
        later = self.result is Outcome.UNTOLD and self.said is not None and self.said.nodded
        return Outcome.DONE if later else self.result


@dataclass
class Record:
    """All that was done."""

    acts: list[Act] = field(default_factory=list)
    kills: list[str] = field(default_factory=list)
    born: dict[str, int] = field(default_factory=dict)
    _count: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _tokens: Iterator[int] = field(default_factory=lambda: itertools.count(10_001))

    def token(self) -> str:
        """A word that stands nowhere else; it was not said before this instant."""
        token = f"〔{next(self._tokens)}〕"
        self.born[token] = next(self._count)
        return token

    def begins(self, act: Act) -> Act:
        """Somebody begins to do this."""
        act.began = next(self._count)
        self.acts.append(act)
        return act

    def ends(self, act: Act, result: Outcome, told: str = "") -> None:
        """They have been told this."""
        act.result, act.told = result, told
        if result is not Outcome.UNTOLD:
            act.ended = next(self._count)
