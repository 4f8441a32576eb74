"""Everything that can go wrong, as one tree.

    DeskError
    |-- Refused         the person can act on it: shown to them in their language, never logged as a fault
    |-- Stale           someone was quicker: read and decide again
    |-- Unavailable     Redis or the network is away: retried by whoever called
    |-- Misconfigured   stop at start, say which setting, what it has to be, and how to get it
    `-- Delivery
        |-- TryAgain(after)     not now: the platform or the network asks for patience
        |-- Unknown             the request left and no answer came: it may or may not be there
        |-- Undeliverable(why)  it will not go, however often it is tried
        `-- NotCarried(why)     one of its files will not; the rest goes

An SDK's exceptions are translated into these in one table per adapter, chained with `from`.
"""

from core.files import Why
from core.refusal import Refusal


class DeskError(Exception):
    """The root of the tree."""


class Refused(DeskError):
    """The person who acted can do something about it: `refusal` says what."""

    def __init__(self, refusal: Refusal) -> None:
        """Carry the refusal to whoever answers the person."""
        super().__init__(refusal.reason)
        self.refusal = refusal


class Stale(DeskError):
    """A record has moved on since it was read."""


class Unavailable(DeskError):
    """Redis or the network is away for now."""


class Misconfigured(DeskError):
    """The desk can't run as it is set up.

    `setting` names what is wrong, `problem` says how, `mend` what to do about it: three parts of one message
    to whoever hosts the desk.
    """

    def __init__(self, setting: str, problem: str, mend: str) -> None:
        """Carry the three parts to the command line."""
        super().__init__(f"{setting}: {problem} {mend}")
        self.setting = setting
        self.problem = problem
        self.mend = mend


class Delivery(DeskError):
    """A notice did not reach its place."""


class TryAgain(Delivery):
    """The platform asks to be asked again, `after` that many seconds."""

    def __init__(self, after: float) -> None:
        """Carry the pause in seconds."""
        super().__init__(f"again after {after:g} s")
        self.after = after


class Unknown(Delivery):
    """The request left and no answer came: look for the notice before sending it again."""


class Undeliverable(Delivery):
    """It will not go.

    `why` is a phrase id below `undeliverable.`; `place_lost` tells that the place itself can't be spoken
    to any more, so that what waits for it is kept until it can.
    """

    def __init__(self, why: str, *, place_lost: bool) -> None:
        """Carry the reason and whether it is the place's."""
        super().__init__(why)
        self.why = why
        self.place_lost = place_lost


class NotCarried(Delivery):
    """A file will not be carried; its sender is told why."""

    def __init__(self, why: Why) -> None:
        """Carry the reason."""
        super().__init__(why.value)
        self.why = why
