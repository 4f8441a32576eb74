"""What is said aside on Discord: the first answer to an interaction, a reaction, a refusal in somebody's DM.

Used by the listeners, once what somebody did is on disk. It never fails: what can't be told is logged. First
answers go out in the order in which they are ready, so many at a time, and whoever comes behind a crowd is
told at once that theirs will come: in a burst too large for Discord's 3 s some wait, and none in vain.
https://docs.discord.com/developers/interactions/receiving-and-responding#responding-to-an-interaction
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import discord
import structlog
from discord.app_commands import Choice

from adapters.aio import spawn
from adapters.discord.blocks import Drawn, Row, editing, sending, view
from adapters.discord.errors import translating
from adapters.once import Once
from core.errors import DeskError
from core.ids import Key

_PATIENCE = 1.5  # of the 3 s within which Discord wants an answer; then it is told that one will come
_MOMENT = 3.0
_LONGEST = 6.0  # for what need not be quick: what is written next waits behind it; rate limits take up to 5
_AT_A_TIME = 64
_CROWD = 400  # before whoever comes later is told at once to wait: a commit takes 1 to 2 ms of our time
_DONE, _NOT_DONE = "\N{WHITE HEAVY CHECK MARK}", "\N{WARNING SIGN}\N{VARIATION SELECTOR-16}"

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Instead:
    """An answer that takes the place of the message that was acted on."""

    drawn: Drawn


@dataclass(frozen=True, slots=True)
class Below:
    """Other controls below the message that was acted on, which stays as it is."""

    components: tuple[Row, ...]


Reply = Drawn | Instead | Below | discord.ui.Modal | None
"""What whoever acted is answered; None and an empty drawing where there is nothing to say."""

Later = Literal["new", "same", "never"]
"""What an answer that takes long will be: a message of its own, the one acted on, or a form, which can't."""


class Asides:
    """One bot's asides."""

    def __init__(self) -> None:
        self._gate = asyncio.Semaphore(_AT_A_TIME)  # which lets in whoever came first
        self._waiting = 0
        self._answering = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._told = Once()

    def first_time(self, key: Key) -> bool:
        """Whether this process has told nobody yet what became of a message; a resumed session repeats it."""
        return self._told.first_time(key)

    async def answer(
        self, interaction: discord.Interaction, work: Awaitable[Reply], *, later: Later = "new"
    ) -> None:
        """Do what somebody asked for, and answer them, alone; where it takes long, say first that it does."""
        self._answering += 1
        self._idle.clear()
        try:
            await self._answer(interaction, work, later)
        finally:
            self._answering -= 1
            if not self._answering:
                self._idle.set()

    async def settled(self) -> None:
        """Wait a moment for the answers that are on their way, before the way is closed."""
        try:
            async with asyncio.timeout(_MOMENT):
                await self._idle.wait()
        except TimeoutError:
            _log.warning("discord.unanswered", people=self._answering)

    async def offer(self, interaction: discord.Interaction, choices: Sequence[Choice[str]]) -> None:
        """Say what can be chosen while somebody types; nothing waits in line for it."""
        await self._tell("offer", interaction.response.autocomplete(choices))

    async def nod(self, message: discord.Message) -> None:
        """Show on a message that it is on its way."""
        await self._tell("nod", message.add_reaction(_DONE))

    async def refuse(self, message: discord.Message, drawn: Drawn) -> None:
        """Tell whoever wrote a message about it: below it in a DM, from a shared place in their DM.

        Where they take none, a sign on the message says at least that it was not carried.
        """
        if not drawn:
            return
        if message.guild is None:
            await self._tell("refuse", message.reply(mention_author=False, **sending(drawn)))
        elif not await self._tell("refuse", message.author.send(**sending(drawn))):
            await self._tell("sign", message.add_reaction(_NOT_DONE))

    async def whisper(self, user: discord.abc.Messageable, drawn: Drawn) -> None:
        """Tell somebody something in their DM."""
        await self._tell("whisper", user.send(**sending(drawn)))

    async def greet(self, channel: discord.abc.Messageable, drawn: Drawn) -> None:
        """Say in a channel what we are for."""
        await self._tell("greet", channel.send(**sending(drawn)))

    async def _answer(self, interaction: discord.Interaction, work: Awaitable[Reply], later: Later) -> None:
        patience = _PATIENCE if self._waiting < _CROWD else 0.0
        pending = None if later == "never" else _Pending(lambda: self._deferred(interaction, later), patience)
        self._waiting += 1
        try:
            reply = await work
        finally:
            self._waiting -= 1
            if pending is not None:
                await pending.settled()
        if interaction.response.is_done():
            await self._tell("answer", _followed(interaction, reply, later))
        else:
            async with self._gate:
                await self._tell("answer", _answered(interaction, reply), within=_MOMENT)

    async def _deferred(self, interaction: discord.Interaction, later: Later) -> None:
        told = interaction.response.defer(ephemeral=_alone(interaction), thinking=later == "new")
        async with self._gate:
            await self._tell("defer", told, within=_MOMENT)

    async def _tell(self, what: str, call: Awaitable[object], *, within: float = _LONGEST) -> bool:
        try:
            with translating(sending=False):
                async with asyncio.timeout(within):
                    await call
        except (DeskError, discord.InteractionResponded, RuntimeError) as error:  # the last: it was closed
            _log.warning("discord.untold", what=what, why=f"{type(error).__name__}: {error}")
            return False
        return True


class _Pending:
    """Something begun after a while, unless it has been called off by then."""

    def __init__(self, begin: Callable[[], Coroutine[Any, Any, None]], patience: float) -> None:
        self._begin = begin
        self._task: asyncio.Task[None] | None = None
        self._timer = asyncio.get_running_loop().call_later(patience, self._start)

    async def settled(self) -> None:
        """Call it off; where it has begun already, let it end."""
        self._timer.cancel()
        if self._task is not None:
            await asyncio.wait({self._task})

    def _start(self) -> None:
        self._task = spawn(self._begin(), "discord.defer")


async def _answered(interaction: discord.Interaction, reply: Reply) -> None:
    response = interaction.response
    match reply:
        case discord.ui.Modal():
            await response.send_modal(reply)
        case Instead(drawn=drawn):
            await response.edit_message(**editing(drawn))
        case Below(components=components):
            await response.edit_message(view=view(components))
        case Drawn() if reply:
            await response.send_message(**sending(reply), ephemeral=_alone(interaction))
        case _:
            await response.defer()


async def _followed(interaction: discord.Interaction, reply: Reply, later: Later) -> None:
    """What comes after the promise of an answer, within the 15 minutes that Discord gives."""
    match reply:
        case Instead(drawn=drawn):
            await interaction.edit_original_response(**editing(drawn))
        case Below(components=components):
            await interaction.edit_original_response(view=view(components))
        case Drawn() if reply:
            await interaction.followup.send(**sending(reply), ephemeral=_alone(interaction))
        case _ if later == "new":
            await interaction.delete_original_response()
        case _:
            pass


def _alone(interaction: discord.Interaction) -> bool:
    """Whether others could read it."""
    return interaction.guild_id is not None
