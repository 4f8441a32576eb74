"""`henji check`: looks at each setting and each connection, and says what is wrong and how to mend it.

Called by the command line. Asks Redis, the file store, Slack and Discord; where a desk runs on this folder
already, it asks that desk's server. Changes no record and posts nothing.
"""

from contextlib import AsyncExitStack
from typing import NamedTuple

from pydantic import SecretStr

from adapters.discord import checkup as on_discord
from adapters.discord import client as discord
from adapters.discord.invite import invite
from adapters.files.room import room_on
from adapters.slack import checkup as on_slack
from adapters.slack import client as slack
from bots import clock, compose
from bots.compose import House
from bots.records import records_visited
from bots.report import Report
from bots.settings import Settings, read_all
from core.errors import DeskError, Misconfigured, Unavailable
from core.ids import PersonId, PlaceId, WorkspaceId, is_group, person_of_dm, workspace_of
from scheduler.sweep import CLOCK_MAY_BE_OFF


async def check(report: Report) -> None:
    """Write everything there is to say into the report."""
    settings = read_all()
    if not isinstance(settings, Settings):
        for error in settings:
            report.fails(error.setting, error)
        report.note("connections", "are looked at once the settings are mended")
        return
    _tell_settings(report, settings)
    async with AsyncExitStack() as stack:
        home = await _redis(report, settings, stack)
        await report.asked("Files", room_on(settings.shelf).probe())
        await _platforms(report, settings, home)


def _tell_settings(report: Report, settings: Settings) -> None:
    for name in Settings.model_fields:
        value = getattr(settings, name)
        if value is None or value == "":
            continue
        report.ok(name.upper(), "is set" if isinstance(value, SecretStr) else str(value))


async def _redis(report: Report, settings: Settings, stack: AsyncExitStack) -> House | None:
    """The server: whether it can be trusted with records, and whether its clock and ours agree."""
    try:
        where = await stack.enter_async_context(records_visited(settings))
        home = await stack.enter_async_context(
            compose.house(where.url, accept_loss=settings.henji_accept_loss)
        )
    except DeskError as error:
        report.fails("Redis", error)
        return None
    server = home.health
    report.ok(
        "Redis", f"{server.server} {server.version}" + ("" if server.findings else ", safe for records")
    )
    for finding in server.findings:
        report.note("Redis", finding)
    await report.asked("Redis's clock", _clocks(home))
    return home


async def _clocks(home: House) -> str:
    """The store's clock beside this machine's: a worker whose clock is off does not sweep."""
    before = home.wall()
    there = await home.store.time()
    after = home.wall()
    off = max((before - there).total_seconds(), (there - after).total_seconds())
    if off > CLOCK_MAY_BE_OFF:
        raise Misconfigured(
            "Redis's clock",
            f"and this machine's are {off:.1f} s apart, so that this machine would keep no deadlines.",
            "Set both by NTP (timedatectl set-ntp true).",
        )
    return "agrees with this machine's"


async def _platforms(report: Report, settings: Settings, home: House | None) -> None:
    """Those that there is a token for; one is needed."""
    if settings.slack_bot_token is None and settings.discord_bot_token is None:
        error = Misconfigured(
            "SLACK_BOT_TOKEN",
            "is empty, and so is DISCORD_BOT_TOKEN: there is no app yet to speak through.",
            "`henji run` says how to make one.",
        )
        report.fails("Slack", error)
    if settings.slack_bot_token is not None:
        await _slack(report, settings, settings.slack_bot_token.get_secret_value(), home)
    if settings.discord_bot_token is not None:
        await _discord(report, settings, settings.discord_bot_token.get_secret_value(), home)


async def _slack(report: Report, settings: Settings, token: str, home: House | None) -> None:
    """The tokens, what they may do, and whether the bot is where the desk wants it."""
    client = slack.open_client(token, base_url=settings.henji_slack_api)
    try:
        found = await on_slack.credentials(client, clock.now)
        report.ok("Slack", f"the bot {found.user} of {found.team}")
        report.judged("Slack's scopes", lambda: on_slack.scopes(found))
        report.judged("Slack's clock", lambda: on_slack.clock(found))
        if settings.slack_app_token is not None:
            app_token = settings.slack_app_token.get_secret_value()
            await report.asked("Socket Mode", on_slack.socket(client, app_token, found))
        if home is not None:
            used = await _used(report, home, found.workspace, "in Slack")
            for name, place in used.places:
                await report.asked(name, on_slack.place(client, place, name))
    except DeskError as error:
        report.fails("Slack", error)
    finally:
        await slack.close_client(client)


async def _discord(report: Report, settings: Settings, token: str, home: House | None) -> None:
    """The token, the intent, and in each guild whether the bot may do what the desk wants of it."""
    try:
        client = await discord.open_client(token, api=settings.henji_discord_api)
    except DeskError as error:
        report.fails("Discord", error)
        return
    try:
        found = await on_discord.guilds(client)
        report.ok("Discord", f"the bot {found.bot} in {', '.join(found.names.values())}")
        report.judged("Discord's message content", lambda: on_discord.message_content(client))
        if home is None:
            return
        for guild, name in found.names.items():
            used = await _used(report, home, guild, f"in {name}")
            for what, place in used.places:
                await report.asked(what, on_discord.place(client, place, what))
            for what, people in used.people:
                await report.asked(what, on_discord.mentioned(client, people, what))
    except DeskError as error:
        report.fails("Discord", error)
    finally:
        await discord.close_client(client)


async def invitation(settings: Settings) -> str:
    """The address that adds the bot of the settings to a Discord server. Raises Misconfigured."""
    token = settings.discord_bot_token
    client = await discord.open_client(
        "" if token is None else token.get_secret_value(), api=settings.henji_discord_api
    )
    try:
        return invite(discord.identify(client).application)
    finally:
        await discord.close_client(client)


class _Used(NamedTuple):
    """What a desk uses of one workspace, each with what for: channels, and people to ping."""

    places: list[tuple[str, PlaceId]]
    people: list[tuple[str, tuple[PersonId, ...]]]


async def _used(report: Report, home: House, workspace: WorkspaceId, where: str) -> _Used:
    """What its desk uses of a workspace; what is missing there is worth knowing."""
    try:
        desk_id = await home.store.desk_of(workspace)
        desk = None if desk_id is None else await home.store.desk(desk_id)
        if desk_id is None or desk is None or workspace not in desk.workspaces:
            report.note(
                "desk",
                f"none is set up {where} yet: in the staff's channel, type /desk setup "
                "(or /desk link, and here the code, for the one on the other side)",
            )
            return _Used([], [])
        sellers = await home.store.sellers(desk_id)
    except Unavailable as error:
        report.fails("Redis", error)
        return _Used([], [])
    named = [("staff's channel", desk.staff_place)]
    named += [(f"seller {seller.name.raw}", seller.place) for seller in sellers]
    if workspace == desk.workspaces[0]:
        for name in (name for name, place in named if place is None):
            report.note(name, "has no channel yet: /desk setup, or /seller add")
    places = [
        (name, place)
        for name, place in named
        if place is not None and workspace_of(place) == workspace and person_of_dm(place) is None
    ]
    pinged = [("staff", desk.staff), ("leads", desk.leads)]
    pinged += [(f"whom to ping for {seller.name.raw}", seller.ping) for seller in sellers]
    groups = [
        (name, tuple(one for one in people if is_group(one) and workspace_of(one) == workspace))
        for name, people in pinged
    ]
    return _Used(places, [(name, people) for name, people in groups if people])
