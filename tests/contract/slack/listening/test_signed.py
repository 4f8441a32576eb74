"""HTTP requests: only Slack's own are looked at, and nothing of others' is kept."""

import hashlib
import hmac
from collections.abc import AsyncIterator, Mapping

import pytest
from redis.asyncio import Redis

from tests.clocks import HandClock
from tests.contract.slack.listening.office import Office, listening
from tests.emulators.slack import SlackEmulator
from tests.emulators.slack.delivery import Envelope
from tests.emulators.slack.http_events import encoded

SECRET_WORDS = "hunter2-in-the-body"


@pytest.fixture
async def office(
    slack: SlackEmulator, clock: HandClock, redis_server: str, redis_client: Redis
) -> AsyncIterator[Office]:
    """Listening over HTTP."""
    del redis_client  # it has emptied the server
    async with listening(slack, redis_server, clock.now, http=True) as office:
        yield office


def command(office: Office) -> bytes:
    """A slash command's body."""
    taro = office.slack.person("Taro")
    payload = {"command": "/inquiry", "text": SECRET_WORDS, "user_id": taro.id, "trigger_id": "1.2.3"}
    body, _ = encoded(Envelope("e", "slash_commands", payload | {"team_id": office.slack.team}))
    return body


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Slack-Signature": ""},
        {"X-Slack-Signature": "v0=00", "X-Slack-Request-Timestamp": "now"},
        {"X-Slack-Signature": "v0=00", "X-Slack-Request-Timestamp": "1700000000"},
        {"X-Slack-Signature": "v0=ü", "X-Slack-Request-Timestamp": str(2**40)},
    ],
)
async def test_an_unsigned_request_is_turned_away(
    office: Office,
    headers: Mapping[str, str],
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """401, no word about why, and no word of the body in any log."""
    caplog.set_level("DEBUG")
    status, _, body = await office.handle("POST", headers, command(office))
    assert (status, body) == (401, b"")
    assert "hunter2" not in caplog.text + "".join(capsys.readouterr())


async def test_a_forged_body_is_turned_away(office: Office) -> None:
    """A signature is good for one body."""
    body = command(office)
    signed = office.slack.http.signature(body)
    assert (await office.handle("POST", signed, body))[0] == 200
    assert (await office.handle("POST", signed, body + b"&text=x"))[0] == 401
    assert (await office.handle("POST", signed, b"\xff\xfe"))[0] == 401


async def test_an_old_request_is_turned_away(office: Office) -> None:
    """A request that was recorded and sent again after five minutes is no longer Slack's."""
    body = command(office)
    stamp = str(int(office.slack.http.signature(body)["X-Slack-Request-Timestamp"]) - 301)
    signed = hmac.new(office.slack.signing_secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256)
    headers = {"x-slack-request-timestamp": stamp, "x-slack-signature": f"v0={signed.hexdigest()}"}
    assert (await office.handle("POST", headers, body))[0] == 401


@pytest.mark.parametrize("body", [b"{", b"payload=%7B", b"payload=[]", b"[1]", b"", b"{}", b"a=b"])
async def test_a_signed_request_that_says_nothing_breaks_nothing(office: Office, body: bytes) -> None:
    """It is never answered as a mistake of ours."""
    status, _, _ = await office.handle("POST", office.slack.http.signature(body), body)
    assert status < 500


async def test_only_posts_are_taken(office: Office) -> None:
    """Whoever looks at the address with a browser is told so."""
    status, headers, _ = await office.handle("GET", {}, b"")
    assert (status, headers["Allow"]) == (405, "POST")


async def test_the_request_url_can_be_verified(office: Office) -> None:
    """Slack's handshake is answered."""
    assert await office.slack.http.verify_url()


async def test_another_workspace_is_told_that_it_is_not_served(office: Office) -> None:
    """The app may be installed elsewhere too, where nobody may act on our desk."""
    body = command(office).replace(office.slack.team.encode(), b"T99")
    status, _, answer = await office.handle("POST", office.slack.http.signature(body), body)
    assert status == 200
    assert b"/inquiry new" not in answer
    assert answer


async def test_a_store_that_hangs_is_given_up_in_time(office: Office, redis_client: Redis) -> None:
    """Whoever waits reads a sentence of ours, before Slack gives up on us and shows its own."""
    body = command(office).replace(SECRET_WORDS.encode(), b"list")
    await redis_client.client_pause(2_500, all=True)
    status, _, answer = await office.handle("POST", office.slack.http.signature(body), body)
    assert status == 200
    assert answer
