"""The command line: run, check, manifest, invite, audit.

Entered through `henji` and `python -m bots`. Ends with 0 when all is well, 1 when something was found, 2 when
Henji can't run as it is set up.
"""

import logging
from typing import Annotated, Final
from urllib.parse import urlsplit

import structlog
import typer
from rich.console import Console

from adapters.slack.manifest import manifest as slack_manifest
from bots import clock, compose, logs
from bots.check import check as look_at_everything
from bots.check import invitation
from bots.compose import SLACK_PATH
from bots.records import records_visited
from bots.report import Report, steps, three_lines
from bots.run import in_loop, serve
from bots.running import ALL, Part
from bots.settings import Settings, read
from core.errors import Misconfigured, Unavailable
from scheduler.audit import Audit
from scheduler.passes import Audited

FOUND: Final = 1
"""Something was found that has to be mended."""

SET_UP_WRONGLY: Final = 2

app = typer.Typer(
    help="Henji, a support desk in Slack and Discord that keeps the 48-hour reply window.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # it would print every local variable, and with them tokens
)
manifests = typer.Typer(help="Print the app to create on a platform.", no_args_is_help=True)
app.add_typer(manifests, name="manifest")
invites = typer.Typer(help="Print the address that adds Henji somewhere.", no_args_is_help=True)
app.add_typer(invites, name="invite")

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)
log = structlog.get_logger()


def main() -> None:
    """Run the command line; what is set up wrongly is said in three lines, without a traceback."""
    try:
        app()
    except Misconfigured as error:
        err.print(three_lines(error), markup=False, soft_wrap=True)
        raise SystemExit(SET_UP_WRONGLY) from None


@app.command()
def run(
    only: Annotated[
        str,
        typer.Option(help="Run some parts only, with commas: slack, discord, web, worker. Needs REDIS_URL."),
    ] = "",
) -> None:
    """Run the desk, until it is told to stop."""
    parts = _parts(only)
    settings = read()
    logs.set_up(settings.henji_log)
    if settings.slack_bot_token is None and settings.discord_bot_token is None:
        err.print(steps(), markup=False, soft_wrap=True)
        raise typer.Exit(SET_UP_WRONGLY)
    in_loop(serve(settings, parts))


@app.command()
def check() -> None:
    """Say for each setting and each connection what is wrong, and how to mend it."""
    logs.set_up("console", level=logging.ERROR)
    report = Report()
    in_loop(look_at_everything(report))
    report.show(out)
    if report.wrong:
        out.print(f"\n{report.wrong} to mend.")
        raise typer.Exit(FOUND)
    out.print("\nAll is well.")


@app.command()
def audit() -> None:
    """Hold every inquiry against its alarm, indexes and queues, and say where they disagree."""
    logs.set_up("console", level=logging.CRITICAL)  # the faults are said below
    try:
        found = in_loop(_audited(read()))
    except Unavailable as error:
        err.print(f"The store can't be reached: {error}", markup=False)
        raise typer.Exit(FOUND) from None
    for fault in found.faults:
        number = "-" if fault.number is None else f"#{fault.number}"
        out.print(
            f"{fault.desk}  {number}  {fault.wrong.value}  {fault.detail}", markup=False, soft_wrap=True
        )
    out.print(f"{found.inquiries} inquiries, {len(found.faults)} faults")
    if found.faults:
        raise typer.Exit(FOUND)


@manifests.command()
def slack(
    url: Annotated[
        str, typer.Option(help="The public https:// address of this desk, for HTTP instead of Socket Mode.")
    ] = "",
) -> None:
    """Print the manifest to paste at https://api.slack.com/apps (Create New App, From a manifest)."""
    address = _request_url(url) if url else None
    typer.echo(slack_manifest(socket_mode=address is None, request_url=address))


@invites.command("discord")
def invite_discord() -> None:
    """Print the address at which somebody who manages a Discord server adds Henji to it."""
    settings = read()
    if settings.discord_bot_token is None:
        raise Misconfigured("DISCORD_BOT_TOKEN", "is empty.", "`henji run` says where to get it.")
    typer.echo(in_loop(invitation(settings)))


async def _audited(settings: Settings) -> Audited:
    async with (
        records_visited(settings) as where,
        compose.house(where.url, accept_loss=settings.henji_accept_loss) as home,
    ):
        return await Audit(home.store, clock.now).run_once()


def _parts(only: str) -> frozenset[Part]:
    if not only:
        return ALL
    names = [name.strip() for name in only.split(",") if name.strip()]
    unknown = [name for name in names if name not in set(Part)]
    if unknown or not names:
        raise typer.BadParameter(
            f"{', '.join(unknown) or only!r} is none of {', '.join(Part)}", param_hint="--only"
        )
    return frozenset(map(Part, names))


def _request_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        raise typer.BadParameter(
            "has to begin with https://, since Slack calls nothing else", param_hint="--url"
        )
    return url if parts.path.strip("/") else f"{url.rstrip('/')}{SLACK_PATH}"
