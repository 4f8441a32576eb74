"""A desk on both platforms in one process, or apart: is it well, and what if one of them is away."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from redis.asyncio import Redis

from adapters.discord.invite import PERMISSIONS
from bots import clock
from bots.compose import DiscordAccess, SlackAccess
from bots.running import ALL, Part, Plan, Running, running
from core.commands import Actor, MakeLinkCode, SetUpDesk, UnlinkWorkspace, UseLinkCode
from core.errors import Misconfigured
from core.ids import DeskId, Key, LinkCode, PersonId, PlaceId, WorkspaceId
from core.refusal import Refusal
from core.text import Foreign
from tests.e2e.process import henji
from tests.e2e.process import running as child_of
from tests.emulators.discord import DiscordEmulator, Guild, Permission
from tests.emulators.slack import SlackEmulator
from tests.waiting import until

DESK = DeskId("dsk234")


@pytest.fixture
async def slack() -> AsyncIterator[SlackEmulator]:
    """A workspace, at the present time."""
    async with SlackEmulator(now=clock.now) as slack:
        yield slack


@pytest.fixture
async def discord() -> AsyncIterator[DiscordEmulator]:
    """Discord, at the present time."""
    async with DiscordEmulator(now=clock.now) as discord:
        yield discord


@pytest.fixture
def guild(discord: DiscordEmulator) -> Guild:
    """A guild that has invited Henji as it asks to be."""
    invited = Permission.NONE
    for name in PERMISSIONS:
        invited |= Permission[name.upper()]
    return discord.guild("Market", members=[discord.person("Aoi")], bot=invited)


def plan(slack: SlackEmulator | None, discord: DiscordEmulator | None, url: str, *parts: Part) -> Plan:
    """What to run: on these platforms, everything or these parts."""
    on_slack = on_discord = None
    if slack is not None:
        on_slack = SlackAccess(
            bot_token=slack.bot_token, app_token=slack.app_token, api=slack.base_url, pause=0, ping=5.0
        )
    if discord is not None:
        on_discord = DiscordAccess(bot_token=discord.token, api=discord.api, pause=0)
    return Plan(redis_url=url, slack=on_slack, discord=on_discord, parts=frozenset(parts) or ALL)


async def test_it_is_well_on_both(
    slack: SlackEmulator, discord: DiscordEmulator, guild: Guild, redis_server: str, redis_client: Redis
) -> None:
    """Each platform is looked at by itself, and shows in the metrics; each is noted to be heard."""
    assert guild.id
    assert await redis_client.dbsize() == 0
    async with running(plan(slack, discord, redis_server)) as live:
        await until(lambda: _ready(live))
        assert {"slack", "discord"} <= {check.name for check in await live.vitals.checks()}
        await until(lambda: _heard(live))
        text = (await live.vitals.text()).decode()
    assert 'henji_platform_heard{platform="slack"} 1.0' in text
    assert 'henji_platform_heard{platform="discord"} 1.0' in text


async def test_a_platform_that_is_away_holds_up_none_but_itself(
    slack: SlackEmulator, discord: DiscordEmulator, guild: Guild, redis_server: str, redis_client: Redis
) -> None:
    """Started while Discord is away, the desk works on Slack; Discord joins when it is there."""
    assert guild.id
    assert await redis_client.dbsize() == 0
    await discord.goes_away()
    async with running(plan(slack, discord, redis_server)) as live:
        await until(lambda: _is(live, "slack", well=True))
        assert live.discord is None
        assert await _is(live, "discord", well=False)
        before = await live.home.store.gap("discord")
        await discord.comes_back()
        await until(lambda: _ready(live), within=15)
        await until(lambda: _noted_later(live, before))
        assert live.discord is not None


async def test_discord_alone_is_a_desk(
    discord: DiscordEmulator, guild: Guild, redis_server: str, redis_client: Redis
) -> None:
    """Nothing of Slack is needed, nor looked at."""
    assert guild.id
    assert await redis_client.dbsize() == 0
    async with running(plan(None, discord, redis_server)) as live:
        await until(lambda: _ready(live))
        assert live.slack is None
        assert "slack" not in {check.name for check in await live.vitals.checks()}


async def test_a_part_needs_its_platform(slack: SlackEmulator, redis_server: str) -> None:
    """What can't be done is said at once: a part without its token, and no token at all."""
    with pytest.raises(Misconfigured, match="DISCORD_BOT_TOKEN"):
        async with running(plan(slack, None, redis_server, Part.DISCORD)):
            pass
    with pytest.raises(Misconfigured, match="nowhere to speak"):
        async with running(plan(None, None, redis_server)):
            pass


async def test_a_worker_speaks_on_both_and_listens_on_none(
    slack: SlackEmulator, discord: DiscordEmulator, guild: Guild, redis_server: str, redis_client: Redis
) -> None:
    """It has no connection, and is asked about none."""
    assert guild.id
    assert await redis_client.dbsize() == 0
    async with running(plan(slack, discord, redis_server, Part.WORKER)) as live:
        assert live.slack is not None
        assert live.discord is not None
        assert (live.slack.connection, live.discord.connection) == (None, None)
        assert not {"slack", "discord"} & {check.name for check in await live.vitals.checks()}
    assert discord.gateway.open == []


async def test_another_process_notices_that_a_workspace_has_left(
    slack: SlackEmulator, redis_server: str, redis_client: Redis
) -> None:
    """What it remembers of the desk is dropped at the first act from there."""
    assert await redis_client.dbsize() == 0
    guild, code = WorkspaceId("discord:77"), LinkCode("bcdf2345")
    boss = _actor(WorkspaceId(f"slack:{slack.team}"), PersonId(f"slack:{slack.team}:U1"))
    owner = _actor(guild, PersonId("discord:users:1"))
    async with (
        running(plan(slack, None, redis_server, Part.SLACK)) as one,
        running(plan(slack, None, redis_server, Part.SLACK)) as other,
    ):
        await one.home.desk.handle(_setting_up(boss, WorkspaceId(f"slack:{slack.team}")))
        await one.home.desk.handle(MakeLinkCode(key=Key("2"), desk=DESK, actor=boss, code=code))
        joining = UseLinkCode(key=Key("3"), desk=DESK, actor=owner, workspace=guild, typed=Foreign(code))
        await one.home.desk.handle(joining)
        assert await other.home.desk.desk_of(guild) == DESK
        await one.home.desk.handle(UnlinkWorkspace(key=Key("4"), desk=DESK, actor=boss, workspace=guild))
        assert await other.home.desk.list_open(DESK, owner) == Refusal(reason="no_desk")
        assert await other.home.desk.desk_of(guild) is None


async def test_a_process_runs_on_discord_alone(
    tmp_path: Path, discord: DiscordEmulator, guild: Guild
) -> None:
    """Its token is all that is needed; it says who it is there, and ends in order."""
    assert guild.id
    given = {
        "DISCORD_BOT_TOKEN": discord.token,
        "HENJI_DISCORD_API": discord.api,
        "HENJI_BIND": "127.0.0.1:0",
    }
    async with child_of(tmp_path, **given) as child:
        said = await child.logs("henji is running")
        assert said["discord"] == discord.bot.name
        await until(lambda: _open(discord))
        assert await child.ends() == 0
    assert [each for each in child.events if each["level"] in {"warning", "error"}] == []


async def test_check_looks_at_discord(tmp_path: Path, discord: DiscordEmulator, guild: Guild) -> None:
    """The bot and its servers, the intent, and that no desk is there yet; what is missing has its remedy."""
    given = {"DISCORD_BOT_TOKEN": discord.token, "HENJI_DISCORD_API": discord.api}
    done = await henji(tmp_path, "check", **given)
    assert done.code == 0, done.out
    assert guild.name in done.out
    assert "/desk link" in done.out
    discord.world.message_content = "off"
    done = await henji(tmp_path, "check", **given)
    assert done.code == 1
    assert "Message Content Intent" in done.out


async def test_the_invitation_is_printed(tmp_path: Path, discord: DiscordEmulator) -> None:
    """One line, with the application's id and both scopes; without a token it is said what is missing."""
    done = await henji(
        tmp_path, "invite", "discord", DISCORD_BOT_TOKEN=discord.token, HENJI_DISCORD_API=discord.api
    )
    assert done.code == 0, done.err
    assert done.out.startswith("https://discord.com/")
    assert discord.bot.id in done.out
    assert "applications.commands" in done.out
    assert (await henji(tmp_path, "invite", "discord")).code == 2


def _actor(workspace: WorkspaceId, person: PersonId) -> Actor:
    place = PlaceId(f"{workspace}:C1")
    return Actor(person=person, name=Foreign("Boss"), lang="en", place=place, admin=True)


def _setting_up(boss: Actor, workspace: WorkspaceId) -> SetUpDesk:
    return SetUpDesk(
        key=Key("1"),
        desk=DESK,
        actor=boss,
        workspace=workspace,
        name=Foreign("Support"),
        staff_place=boss.place,
        staff=(boss.person,),
        leads=(),
        admins=(),
    )


async def _ready(live: Running) -> bool:
    return all(check.ok for check in await live.vitals.checks())


async def _is(live: Running, name: str, *, well: bool) -> bool:
    return {check.name: check.ok for check in await live.vitals.checks()}[name] is well


async def _heard(live: Running) -> bool:
    store = live.home.store
    return None not in (await store.heard("slack"), await store.heard("discord"))


async def _noted_later(live: Running, before: object) -> bool:
    return await live.home.store.gap("discord") != before


async def _open(discord: DiscordEmulator) -> bool:
    return bool(discord.gateway.open)
