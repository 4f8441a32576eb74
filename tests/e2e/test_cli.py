"""The command line as people run it: a process of its own, a real server, Slack's emulator."""

import json
import signal
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession
from redis.asyncio import Redis

from adapters.slack.manifest import SCOPES
from bots import clock
from tests.e2e import small_desk
from tests.e2e.process import henji, running
from tests.emulators.slack import SlackEmulator
from tests.servers import binaries, serving
from tests.waiting import until


@pytest.fixture
async def slack() -> AsyncIterator[SlackEmulator]:
    """An empty workspace, at the present time."""
    async with SlackEmulator(now=clock.now) as slack:
        yield slack


def tokens(slack: SlackEmulator) -> dict[str, str]:
    """What a desk in Socket Mode is set up with."""
    return {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "HENJI_SLACK_API": slack.base_url,
        "HENJI_BIND": "127.0.0.1:0",
    }


async def test_without_any_setting_run_says_what_to_do(tmp_path: Path) -> None:
    """It says step by step where the app comes from, where its values go and what to type then."""
    done = await henji(tmp_path, "run")
    assert done.code == 2
    for step in ("henji manifest slack", ".env.example", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "/desk setup"):
        assert step in done.err
    assert "Traceback" not in done.err
    assert not (tmp_path / ".henji").exists()


async def test_without_any_setting_check_finds_what_is_missing(tmp_path: Path) -> None:
    """The private server is looked at all the same, and started for that only."""
    done = await henji(tmp_path, "check")
    assert done.code == 1
    assert "safe for records" in done.out
    assert "WRONG  SLACK_BOT_TOKEN" in done.out
    assert not (tmp_path / ".henji" / "server.sock").exists()


async def test_wrong_kinds_of_tokens_stop_a_run_in_three_lines(tmp_path: Path) -> None:
    """The setting, the reason, the remedy: no traceback, and no token."""
    done = await henji(tmp_path, "run", SLACK_BOT_TOKEN="xapp-1-q7", SLACK_APP_TOKEN="xoxb-1-q7")
    assert done.code == 2
    lines = done.err.splitlines()
    assert len(lines) == 3
    assert lines[0].split() == ["Wrong:", "SLACK_BOT_TOKEN"]
    assert "belongs into SLACK_APP_TOKEN" in lines[1]
    assert lines[2].startswith("To mend:")
    assert "q7" not in done.err


async def test_check_names_all_wrong_settings(tmp_path: Path) -> None:
    """Both tokens are named, each with its remedy."""
    done = await henji(tmp_path, "check", SLACK_BOT_TOKEN="xapp-1-q7", SLACK_APP_TOKEN="xoxb-1-q7")
    assert done.code == 1
    assert "WRONG  SLACK_BOT_TOKEN" in done.out
    assert "WRONG  SLACK_APP_TOKEN" in done.out
    assert done.out.count("->") >= 2
    assert "q7" not in done.out


async def test_check_is_content_with_a_desk_that_is_set_up(
    tmp_path: Path, slack: SlackEmulator, redis_server: str, redis_client: Redis
) -> None:
    """Everything is looked at, and all is well."""
    assert await redis_client.dbsize() == 0
    staff, seller = (slack.channel(name, members=[]).id for name in ("staff", "acme"))
    await small_desk.set_up(redis_server, slack.team, staff=staff, seller=seller)
    done = await henji(tmp_path, "check", REDIS_URL=redis_server, **tokens(slack))
    assert done.code == 0, done.out
    for said in ("henji of", f"all {len(SCOPES)} scopes", "agrees with Slack's", "opens a connection"):
        assert said in done.out
    assert "#staff" in done.out
    assert "#acme" in done.out
    assert "\x1b" not in done.out


async def test_check_names_a_missing_scope(tmp_path: Path, slack: SlackEmulator) -> None:
    """The scope, what it is for, and where to add it."""
    slack.api.scopes.discard("groups:history")
    done = await henji(tmp_path, "check", **tokens(slack))
    assert done.code == 1
    assert "groups:history (to hear replies in private channels" in done.out
    assert "paste what `henji manifest slack` prints" in done.out


async def test_check_names_tokens_that_slack_does_not_know(tmp_path: Path, slack: SlackEmulator) -> None:
    """Each token is tried by itself."""
    done = await henji(tmp_path, "check", **tokens(slack) | {"SLACK_APP_TOKEN": "xapp-unknown"})
    assert done.code == 1
    assert "WRONG  SLACK_APP_TOKEN" in done.out
    done = await henji(tmp_path, "check", **tokens(slack) | {"SLACK_BOT_TOKEN": "xoxb-unknown"})
    assert done.code == 1
    assert "WRONG  SLACK_BOT_TOKEN" in done.out


async def test_check_names_channels_the_bot_is_not_in(
    tmp_path: Path, slack: SlackEmulator, redis_server: str, redis_client: Redis
) -> None:
    """One that it can see and one that it can't, each with what to type where."""
    assert await redis_client.dbsize() == 0
    staff = slack.channel("staff", members=[], with_bot=False)
    seller = slack.channel("acme", members=[], private=True, with_bot=False)
    await small_desk.set_up(redis_server, slack.team, staff=staff.id, seller=seller.id)
    done = await henji(tmp_path, "check", REDIS_URL=redis_server, **tokens(slack))
    assert done.code == 1
    assert "is #staff, and Henji is not in it" in done.out
    assert f"is the channel {seller.id}, which is gone, or private and without Henji" in done.out
    assert done.out.count("/invite @Henji") == 2


async def test_check_says_that_slack_is_away(tmp_path: Path, slack: SlackEmulator) -> None:
    """The rest is looked at nevertheless."""
    await slack.goes_away()
    done = await henji(tmp_path, "check", **tokens(slack))
    assert done.code == 1
    assert "can't be reached" in done.out
    assert "safe for records" in done.out


async def test_a_server_that_forgets_is_refused(tmp_path: Path, slack: SlackEmulator) -> None:
    """A server that drops keys when it is full stops the desk, with the command that mends it."""
    async with serving(binaries()[0], tmp_path, maxmemory_policy="allkeys-lru") as url:
        ran = await henji(tmp_path, "run", REDIS_URL=url, **tokens(slack))
        checked = await henji(tmp_path, "check", REDIS_URL=url, **tokens(slack))
    assert (ran.code, checked.code) == (2, 1)
    wrong = next(line for line in ran.err.splitlines() if line.startswith("Wrong:"))
    assert wrong.split() == ["Wrong:", "REDIS_URL"]
    for said in (ran.err, checked.out):
        assert "maxmemory-policy is allkeys-lru and has to be noeviction" in said
        assert "CONFIG SET maxmemory-policy noeviction" in said
        assert "Traceback" not in said


async def test_parts_need_a_shared_server(tmp_path: Path, slack: SlackEmulator) -> None:
    """A server of its own can't be shared with the other parts."""
    done = await henji(tmp_path, "run", "--only", "worker", **tokens(slack))
    assert done.code == 2
    assert done.err.splitlines()[0].split() == ["Wrong:", "REDIS_URL"]


async def test_unknown_parts_are_refused(tmp_path: Path) -> None:
    """The parts that there are stand in the message."""
    done = await henji(tmp_path, "run", "--only", "wroker")
    assert done.code == 2
    assert "slack, discord, web, worker" in done.err


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_all_parts_in_order(
    tmp_path: Path, slack: SlackEmulator, by: signal.Signals
) -> None:
    """It is well while it runs, ends with 0, and leaves neither a process nor a port behind."""
    async with running(tmp_path, **tokens(slack)) as child:
        port = (await child.logs("listening"))["port"]
        await child.logs("henji is running")
        async with ClientSession(f"http://127.0.0.1:{port}") as client:
            await until(lambda: _is_well(client))
        assert (tmp_path / ".henji" / "server.sock").is_socket()
        assert await child.ends(by) == 0
    said = [event["event"] for event in child.events]
    assert said.index("stopping") < said.index("henji has stopped")
    assert [event for event in child.events if event["level"] in {"warning", "error"}] == []
    assert not (tmp_path / ".henji" / "server.sock").exists()
    assert slack.sockets.open == []
    with socket.create_server(("127.0.0.1", port)):
        pass


async def test_it_can_be_stopped_while_it_waits_for_slack(tmp_path: Path, slack: SlackEmulator) -> None:
    """Who starts first is left to chance, and whoever waits can be ended."""
    await slack.goes_away()
    async with running(tmp_path, **tokens(slack)) as child:
        await child.logs("waiting for what is away")
        assert await child.ends() == 0
    assert not (tmp_path / ".henji" / "server.sock").exists()


async def test_it_begins_once_slack_is_there(tmp_path: Path, slack: SlackEmulator) -> None:
    """A desk that was started too early needs nobody to start it again."""
    await slack.goes_away()
    async with running(tmp_path, **tokens(slack)) as child:
        await child.logs("waiting for what is away")
        await slack.comes_back()
        await child.logs("henji is running")
        assert await child.ends() == 0


async def test_a_running_desk_can_be_checked_and_audited(tmp_path: Path, slack: SlackEmulator) -> None:
    """Both commands look into the server that the desk runs, and leave it running."""
    async with running(tmp_path, **tokens(slack)) as child:
        await child.logs("henji is running")
        checked = await henji(tmp_path, "check", **tokens(slack))
        audited = await henji(tmp_path, "audit")
        assert checked.code == 0, checked.out
        assert (audited.code, audited.out) == (0, "0 inquiries, 0 faults\n")
        second = await henji(tmp_path, "run", **tokens(slack))
        assert second.code == 2
        assert "in use by another desk" in second.err
        assert await child.ends() == 0


async def test_audit_finds_an_alarm_that_is_gone(
    tmp_path: Path, redis_server: str, redis_client: Redis
) -> None:
    """It is content first; with the alarm taken away it names the inquiry and ends with 1."""
    await small_desk.set_up(redis_server, "T1", staff="C1", seller="C2")
    done = await henji(tmp_path, "audit", REDIS_URL=redis_server)
    assert (done.code, done.out) == (0, "1 inquiries, 0 faults\n")
    [alarms] = await redis_client.keys("*:alarms")
    await redis_client.delete(alarms)
    done = await henji(tmp_path, "audit", REDIS_URL=redis_server)
    assert done.code == 1
    assert done.out.splitlines()[0].startswith(f"{small_desk.DESK}  #1  no_alarm")
    assert done.out.splitlines()[-1] == "1 inquiries, 1 faults"


async def test_the_manifest_is_json_for_either_way_in(tmp_path: Path) -> None:
    """Socket Mode without an address, HTTP with one; the messages tab is open for writing in both."""
    socket_mode = json.loads((await henji(tmp_path, "manifest", "slack")).out)
    http = json.loads((await henji(tmp_path, "manifest", "slack", "--url", "https://desk.example")).out)
    assert socket_mode["settings"]["socket_mode_enabled"] is True
    assert http["settings"]["socket_mode_enabled"] is False
    assert http["settings"]["event_subscriptions"]["request_url"] == "https://desk.example/slack/events"
    for manifest in (socket_mode, http):
        assert manifest["features"]["app_home"]["messages_tab_read_only_enabled"] is False


async def test_an_address_without_https_is_refused(tmp_path: Path) -> None:
    """Slack calls nothing else."""
    done = await henji(tmp_path, "manifest", "slack", "--url", "http://desk.example")
    assert done.code == 2
    assert "https://" in done.err


async def _is_well(client: ClientSession) -> bool:
    async with client.get("/readyz") as answer:
        return answer.status == 200
