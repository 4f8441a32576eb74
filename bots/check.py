"""`henji check`: looks at each setting and each connection, and says what is wrong and how to mend it.

Called by the command line. Asks Redis and Slack; where a desk runs on this folder already, it asks that
desk's server. Changes no record and posts nothing.
"""

from contextlib import AsyncExitStack

from pydantic import SecretStr

from adapters.slack import checkup
from adapters.slack.checkup import Credentials
from adapters.slack.client import close_client, open_client
from bots import clock, compose
from bots.compose import House
from bots.records import records_visited
from bots.report import Report
from bots.settings import Settings, read_all
from core.errors import DeskError, Misconfigured, Unavailable
from core.ids import PlaceId, person_of_dm, workspace_of
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
        await _slack(report, settings, home)


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


async def _slack(report: Report, settings: Settings, home: House | None) -> None:
    """The tokens, what they may do, and whether the bot is where the desk wants it."""
    if settings.slack_bot_token is None:
        error = Misconfigured(
            "SLACK_BOT_TOKEN", "is empty: there is no Slack app yet.", "`henji run` says how to make one."
        )
        report.fails("Slack", error)
        return
    client = open_client(settings.slack_bot_token.get_secret_value(), base_url=settings.henji_slack_api)
    try:
        found = await checkup.credentials(client, clock.now)
        report.ok("Slack", f"the bot {found.user} of {found.team}")
        report.judged("Slack's scopes", lambda: checkup.scopes(found))
        report.judged("Slack's clock", lambda: checkup.clock(found))
        if settings.slack_app_token is not None:
            token = settings.slack_app_token.get_secret_value()
            await report.asked("Socket Mode", checkup.socket(client, token, found))
        if home is not None:
            for name, place in await _places(report, home, found):
                await report.asked(name, checkup.place(client, place, name))
    except DeskError as error:
        report.fails("Slack", error)
    finally:
        await close_client(client)


async def _places(report: Report, home: House, found: Credentials) -> list[tuple[str, PlaceId]]:
    """The channels of this workspace that its desk uses, with what for."""
    try:
        desk_id = await home.store.desk_of(found.workspace)
        desk = None if desk_id is None else await home.store.desk(desk_id)
        if desk_id is None or desk is None:
            report.note("desk", "none is set up yet: in Slack, in the staff's channel, type /desk setup")
            return []
        sellers = await home.store.sellers(desk_id)
    except Unavailable as error:
        report.fails("Redis", error)
        return []
    used = [("staff's channel", desk.staff_place)]
    used += [(f"seller {seller.name.raw}", seller.place) for seller in sellers]
    for name, place in used:
        if place is None:
            report.note(name, "has no channel yet: /desk setup, or /seller add")
    return [
        (name, place)
        for name, place in used
        if place is not None and workspace_of(place) == found.workspace and person_of_dm(place) is None
    ]
