"""Commands by which people write: an inquiry's opening, its messages, and the dialogue in a DM.

Made by the adapters for what was said and for forms; the history makes the same ones again.
"""

from dataclasses import dataclass
from datetime import datetime

from core.commands.acting import Command
from core.files import File
from core.ids import MessageId, SellerId
from core.records import Asking, Party, Topic, Wish
from core.text import Foreign


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenInquiry(Command):
    """Open an inquiry: the guided form, submitted, or a dialogue, ended."""

    seller: SellerId | None
    order_number: str
    topic: Topic
    wish: Wish
    text: Foreign
    at: datetime
    files: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PostMessage(Command):
    """Someone wrote in a line: under a card, whose message is `root`, or by a form naming the party.

    `message` and `at` are the platform's, so reading the history back makes the same command.
    `read_back` tells that nobody waits for its answer, so that a refusal has to be told.
    """

    text: Foreign
    at: datetime
    root: MessageId | None = None
    message: MessageId | None = None
    number: int | None = None
    to: Party | None = None
    files: tuple[File, ...] = ()
    read_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk(Command):
    """Someone wrote to Henji in their DM, outside any inquiry's thread.

    `threadless` tells that the DM can hold no threads: then somebody's only open inquiry is meant. `message`
    and `read_back` are as `PostMessage` has them.
    """

    text: Foreign
    at: datetime
    files: tuple[File, ...] = ()
    threadless: bool = False
    message: MessageId | None = None
    read_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose(Command):
    """Someone chose in the dialogue: `asking` is the question they answered.

    `value` is an id (a seller's, an inquiry's number, `new`, `none`, `send`, `cancel`), checked like any
    other.
    """

    asking: Asking
    value: str
    at: datetime
