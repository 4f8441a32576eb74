"""What Discord's errors mean to the desk."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import aiohttp
import discord
import pytest

from adapters.discord.errors import PATIENCE, translated, translating
from core.errors import Misconfigured, TryAgain, Undeliverable, Unknown


@dataclass
class Response:
    """What the library reads of a response when it makes an error of it."""

    status: int
    reason: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


def answered(
    code: int, status: int = 403, headers: Mapping[str, str] | None = None, kind: type = discord.HTTPException
) -> discord.HTTPException:
    """What the library raises for an answer of Discord's."""
    error = kind(Response(status, headers=headers or {}), {"code": code, "message": "No"})
    assert isinstance(error, discord.HTTPException)
    return error


@pytest.mark.parametrize(
    ("code", "why"),
    [
        (50_001, "not_in_channel"),
        (10_003, "channel_gone"),
        (10_013, "person_gone"),
        (10_007, "person_gone"),
        (50_007, "dm_closed"),
        (50_278, "person_gone"),
        (50_013, "not_permitted"),
        (50_009, "platform_refused"),
    ],
)
def test_a_place_that_cannot_be_spoken_to_is_lost(code: int, why: str) -> None:
    """What waits for such a place is kept, and staff are told why."""
    error = translated(answered(code, kind=discord.Forbidden), sending=True)
    assert isinstance(error, Undeliverable)
    assert (error.why, error.place_lost) == (why, True)


@pytest.mark.parametrize("code", [50_083, 160_005])
def test_a_locked_thread_holds_up_no_other(code: int) -> None:
    """Only what was meant for that thread is refused; its channel can still be spoken to."""
    error = translated(answered(code), sending=True)
    assert isinstance(error, Undeliverable)
    assert (error.why, error.place_lost) == ("locked", False)


@pytest.mark.parametrize("code", [50_035, 50_006, 200_000, 999_999])
def test_a_message_that_discord_will_not_take_is_our_fault(code: int) -> None:
    """One message is refused; its place is not lost."""
    error = translated(answered(code, 400), sending=True)
    assert isinstance(error, Undeliverable)
    assert (error.why, error.place_lost) == ("platform_refused", False)


@pytest.mark.parametrize(("code", "status"), [(10_062, 404), (10_015, 404), (50_027, 401)])
def test_an_interaction_that_is_over_is_no_fault_of_the_bots_token(code: int, status: int) -> None:
    """Its own token has run out, which Discord answers like a wrong one of the bot's."""
    error = translated(answered(code, status), sending=True)
    assert isinstance(error, Undeliverable)
    assert (error.why, error.place_lost) == ("platform_refused", False)


@pytest.mark.parametrize("error", [discord.LoginFailure("No"), answered(0, 401)])
def test_a_token_that_does_not_do_names_the_setting(error: Exception) -> None:
    """Whoever hosts the desk reads which setting it is, and what to do."""
    found = translated(error, sending=True)
    assert isinstance(found, Misconfigured)
    assert found.setting == "DISCORD_BOT_TOKEN"
    assert found.problem
    assert found.mend


@pytest.mark.parametrize(
    ("error", "after"),
    [
        (discord.RateLimited(30.0), 30.0),
        (discord.RateLimited(0.1), 1.0),
        (answered(0, 429, {"Retry-After": "30"}), 30.0),
        (answered(0, 429), PATIENCE),
        (answered(0, 429, {"Retry-After": "soon"}), PATIENCE),
        (answered(40_003, 400), 60.0),
        (answered(130_000, 503), PATIENCE),
    ],
)
def test_discord_is_asked_again_when_it_says(error: Exception, after: float) -> None:
    """A limit is waited out for as long as Discord asks, where it says so."""
    found = translated(error, sending=True)
    assert isinstance(found, TryAgain)
    assert found.after == after


@pytest.mark.parametrize(
    "failed",
    [
        answered(0, 503, kind=discord.DiscordServerError),
        answered(0, 500, kind=discord.DiscordServerError),
        aiohttp.ServerDisconnectedError(),
        aiohttp.ClientOSError(104, "reset"),
        TimeoutError(),
    ],
)
def test_what_may_have_been_sent_is_unknown(failed: Exception) -> None:
    """A send that failed in the middle is looked for; a request that can be repeated is."""
    assert isinstance(translated(failed, sending=True), Unknown)
    assert isinstance(translated(failed, sending=False), TryAgain)


def test_what_never_left_is_tried_again() -> None:
    """Without a connection nothing was sent, so there is nothing to look for."""
    assert isinstance(translated(aiohttp.ConnectionTimeoutError(), sending=True), TryAgain)


def test_the_librarys_error_is_kept_as_the_cause() -> None:
    """Whoever reads the log finds what Discord said."""
    cause = answered(50_007)
    with pytest.raises(Undeliverable) as raised, translating(sending=True):
        raise cause
    assert raised.value.__cause__ is cause


def test_a_mistake_of_ours_is_not_discords() -> None:
    """What neither the library nor the network raises passes through as it is."""
    with pytest.raises(KeyError), translating(sending=True):
        raise KeyError
