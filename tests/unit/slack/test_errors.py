"""What Slack's errors mean to the desk."""

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.errors import PATIENCE, translated, translating
from adapters.slack.mrkdwn import Json
from core.errors import Misconfigured, TryAgain, Undeliverable, Unknown


def answered(data: Json | str, status: int = 200, headers: dict[str, str] | None = None) -> SlackApiError:
    """What the SDK raises for an answer of Slack's."""
    response = AsyncSlackResponse(
        client=None,
        http_verb="POST",
        api_url="chat.postMessage",
        req_args={},
        data=data,  # type: ignore[arg-type]  # a body that is no JSON comes as text
        headers=headers or {},
        status_code=status,
    )
    with pytest.raises(SlackApiError) as raised:
        response.validate()  # type: ignore[no-untyped-call]  # the SDK's own omission
    return raised.value


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("not_in_channel", "not_in_channel"),
        ("channel_not_found", "channel_gone"),
        ("is_archived", "archived"),
        ("user_not_found", "person_gone"),
        ("user_disabled", "person_gone"),
        ("cannot_dm_bot", "dm_closed"),
        ("messages_tab_disabled", "dm_closed"),
        ("restricted_action", "platform_refused"),
    ],
)
def test_a_place_that_cannot_be_spoken_to_is_lost(code: str, why: str) -> None:
    """What waits for such a place is kept, and staff are told why."""
    error = translated(answered({"ok": False, "error": code}), sending=True)
    assert isinstance(error, Undeliverable)
    assert (error.why, error.place_lost) == (why, True)


@pytest.mark.parametrize("code", ["msg_too_long", "invalid_blocks", "no_text", "a_code_of_tomorrow"])
def test_a_message_that_slack_will_not_take_is_our_fault(code: str) -> None:
    """One message is refused; its place is not lost."""
    error = translated(answered({"ok": False, "error": code}), sending=True)
    assert isinstance(error, Undeliverable)
    assert (error.why, error.place_lost) == ("platform_refused", False)


@pytest.mark.parametrize(
    "code", ["invalid_auth", "token_revoked", "account_inactive", "not_allowed_token_type"]
)
def test_a_token_that_does_not_do_names_the_setting(code: str) -> None:
    """Whoever hosts the desk reads which setting it is, and what to do."""
    error = translated(answered({"ok": False, "error": code}), sending=True)
    assert isinstance(error, Misconfigured)
    assert error.setting == "SLACK_BOT_TOKEN"
    assert error.problem
    assert error.mend


def test_a_missing_scope_is_named() -> None:
    """The scope that Slack says is needed stands in the sentence."""
    body = {"ok": False, "error": "missing_scope", "needed": "im:write", "provided": "chat:write"}
    error = translated(answered(body), sending=True)
    assert isinstance(error, Misconfigured)
    assert "im:write" in error.problem


@pytest.mark.parametrize(
    ("headers", "after"),
    [
        ({"Retry-After": "30"}, 30.0),
        ({"Retry-After": "0"}, 1.0),
        ({}, PATIENCE),
        ({"Retry-After": "soon"}, PATIENCE),
    ],
)
def test_slack_is_asked_again_when_it_says(headers: dict[str, str], after: float) -> None:
    """A 429 is waited out for as long as Slack asks, where it says so."""
    error = translated(answered({"ok": False, "error": "ratelimited"}, 429, headers), sending=True)
    assert isinstance(error, TryAgain)
    assert error.after == after


@pytest.mark.parametrize(
    "failed",
    [
        answered("upstream connect error", 503),
        answered({"ok": False, "error": "internal_error"}),
        answered({}, 500),
        aiohttp.ServerDisconnectedError(),
        aiohttp.ClientOSError(104, "reset"),
        TimeoutError(),
    ],
)
def test_what_may_have_been_sent_is_unknown(failed: Exception) -> None:
    """A send that failed in the middle is looked for; a call that can be repeated is."""
    assert isinstance(translated(failed, sending=True), Unknown)
    assert isinstance(translated(failed, sending=False), TryAgain)


def test_what_never_left_is_tried_again() -> None:
    """Without a connection nothing was sent, so there is nothing to look for."""
    assert isinstance(translated(aiohttp.ConnectionTimeoutError(), sending=True), TryAgain)


def test_the_sdks_error_is_kept_as_the_cause() -> None:
    """Whoever reads the log finds what Slack said."""
    cause = TimeoutError()
    with pytest.raises(TryAgain) as raised, translating(sending=False):
        raise cause
    assert raised.value.__cause__ is cause


def test_a_mistake_of_ours_is_not_slacks() -> None:
    """What neither the SDK nor the network raises passes through as it is."""
    with pytest.raises(KeyError), translating(sending=True):
        raise KeyError
