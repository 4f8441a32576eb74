"""What the command line says to whoever hosts the desk: aligned, plain, each problem with its remedy.

Used by the commands. Colour only where a terminal shows it; nothing that came from outside is taken for
markup.
"""

import enum
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table
from rich.text import Text

from core.errors import DeskError, Misconfigured, TryAgain, Unavailable


class Mark(enum.StrEnum):
    """How something is: well, worth knowing, or wrong."""

    OK = "ok"
    NOTE = "note"
    WRONG = "WRONG"


_COLOURS = {Mark.OK: "green", Mark.NOTE: "yellow", Mark.WRONG: "bold red"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a report: what it is about, how it is, and what to do about it."""

    mark: Mark
    name: str
    said: str
    mend: str = ""


class Report:
    """A report in the making."""

    def __init__(self) -> None:
        self.lines: list[Line] = []

    @property
    def wrong(self) -> int:
        """How many lines tell of something that has to be mended."""
        return sum(line.mark is Mark.WRONG for line in self.lines)

    def ok(self, name: str, said: str) -> None:
        """This is well."""
        self.lines.append(Line(Mark.OK, name, said))

    def note(self, name: str, said: str) -> None:
        """This is worth knowing."""
        self.lines.append(Line(Mark.NOTE, name, said))

    def fails(self, name: str, error: DeskError) -> None:
        """This went wrong."""
        match error:
            case Misconfigured():
                self.lines.append(Line(Mark.WRONG, error.setting, error.problem, error.mend))
            case Unavailable() | TryAgain():
                self.lines.append(
                    Line(
                        Mark.WRONG,
                        name,
                        f"can't be reached: {error}.",
                        "See that it runs, and that this machine may call it.",
                    )
                )
            case _:
                self.lines.append(Line(Mark.WRONG, name, f"refused: {error}."))

    async def asked(self, name: str, question: Awaitable[str]) -> None:
        """Await an answer that says what is well, or raises what is not."""
        try:
            self.ok(name, await question)
        except DeskError as error:
            self.fails(name, error)

    def judged(self, name: str, question: Callable[[], str]) -> None:
        """The same for an answer that is there at once."""
        try:
            self.ok(name, question())
        except DeskError as error:
            self.fails(name, error)

    def show(self, console: Console) -> None:
        """Print it."""
        table = Table.grid(padding=(0, 2))
        table.add_column()
        table.add_column(no_wrap=True)
        table.add_column()
        for line in self.lines:
            said = Text(_plain(line.said))
            if line.mend:
                said.append(f"\n-> {_plain(line.mend)}", style="bold")
            table.add_row(Text(line.mark.value, style=_COLOURS[line.mark]), Text(_plain(line.name)), said)
        console.print(table)


def _plain(said: str) -> str:
    """Without what would move a terminal's cursor: names of channels and sellers come from outside."""
    return "".join(each if each.isprintable() else " " for each in said)


def three_lines(error: Misconfigured) -> str:
    """What is wrong, why, and what to do."""
    return f"Wrong:    {error.setting}\nBecause:  {error.problem}\nTo mend:  {error.mend}"


def steps() -> str:
    """What to do on a machine where nothing has been set yet."""
    return """\
Henji speaks on Slack, on Discord, or on both, through an app of yours, and has been given none yet. Making
one takes five minutes, once. Copy .env.example to .env first.

For Slack:

  1. Open https://api.slack.com/apps?new_app=1, choose "From a manifest" and your workspace, and paste what
     this prints:

         .venv/bin/henji manifest slack

  2. On the app's page, under Install App, install it to the workspace.

  3. In .env, fill in

         SLACK_BOT_TOKEN       OAuth & Permissions -> Bot User OAuth Token (xoxb-...)
         SLACK_APP_TOKEN       Basic Information -> App-Level Tokens -> Generate, with the scope
                               connections:write (xapp-...)

     If Slack is to call this machine over HTTPS, make the app from `henji manifest slack --url https://...`,
     and instead of SLACK_APP_TOKEN fill in

         SLACK_SIGNING_SECRET  Basic Information -> App Credentials -> Signing Secret

For Discord:

  1. Open https://discord.com/developers/applications, choose New Application, and give it a name.

  2. On its page, under Bot, switch on Message Content Intent, so that sellers and staff answer in threads.
     (Without it they answer by a button.)

  3. In .env, fill in

         DISCORD_BOT_TOKEN     Bot -> Reset Token (three parts, parted by dots)

  4. Open the address that this prints, and choose your server:

         .venv/bin/henji invite discord

Then, for either:

  1. Start again:

         make run

     If something is still wrong, .venv/bin/henji check says what, and how to mend it.

  2. In the channel where your staff is to be told, type /desk setup (on Slack, /invite @Henji before that).

  3. To have the desk on the other one too, type /desk link there, and the code on the other side.
"""
