"""The day after: everything happens that is still due, and staff look at every inquiry.

Called by the ordeal once Henji was killed for the last time, with a Henji in this process. What the audit
finds and what staff are shown is for the reckoning.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from adapters.files.shelf import Shelf
from bots import clock
from bots.compose import DiscordAccess, SlackAccess
from bots.running import Part, Plan, Running, running
from tests.faults.member import Member
from tests.faults.records import A_MINUTE
from tests.faults.scene import Scene
from tests.waiting import until


async def day_after(
    url: str, scene: Scene, members: Sequence[Member], files: Path, *, last: datetime
) -> tuple[list[str], dict[int, str]]:
    """What the audit found, and each inquiry's log; the last alarm is due at `last`."""
    plan = plan_of(url, scene, files, frozenset({Part.SLACK, Part.DISCORD}))
    for side in scene.sides:
        await side.begins()
    async with running(plan) as live:
        await until(lambda: _connected(live))
        for _ in range(3):  # as often as Slack tries again
            await scene.slack.tells_again()
        for each in members:
            await each.sends_again()
        await until(lambda: clock.now() > last, within=60 + A_MINUTE)
        await until(lambda: _all_done(live), within=60 + sum(side.calls for side in scene.sides) / 20)
        audited = await live.rota.audit.run_once()
        numbers = {number for place in scene.everywhere() for number, _, _ in scene.cards(place)}
        return (
            [f"audit: {fault}" for fault in audited.faults],
            {number: await _shown(scene, number) for number in sorted(numbers)},
        )


def plan_of(url: str, scene: Scene, files: Path, parts: frozenset[Part]) -> Plan:
    """A Henji in this process, which need not spare the platforms; `files` is where files are."""
    slack, discord = scene.slack.slack, scene.discord.discord
    return Plan(
        redis_url=url,
        slack=SlackAccess(bot_token=slack.bot_token, app_token=slack.app_token, api=slack.base_url, pause=0),
        discord=DiscordAccess(bot_token=discord.token, api=discord.api, pause=0),
        parts=parts,
        files=Shelf(where=str(files)),
    )


async def _connected(live: Running) -> bool:
    rooms = (live.slack, live.discord)
    return all([room is not None and await room.connected() for room in rooms])


async def _all_done(live: Running) -> bool:
    """One pass of everything; whether there is nothing left to do."""
    swept = await live.rota.sweep.run_once()
    caught_up = await live.rota.catch_up.run_once()
    delivered = await live.rota.delivery.run_once()
    busy = swept.rang or swept.stale or swept.deferred or caught_up.left or caught_up.heard
    return not (busy or delivered.attempts or (await live.home.outbox.waiting()).places)


async def _shown(scene: Scene, number: int) -> str:
    """The log of an inquiry, as staff are shown it."""
    _, _, log = (await scene.clerk.shows(number, scene.support)).partition("規則：")
    return log
