"""What `henji check` asks of Slack: what is well is a sentence, what is not says how to mend it."""

from datetime import datetime, timedelta

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import checkup
from adapters.slack.client import close_client, open_client
from adapters.slack.manifest import SCOPES
from bots import clock
from core.errors import DeskError, Misconfigured, TryAgain
from core.ids import PlaceId
from tests.emulators.slack import Channel, Kind, SlackEmulator


def place_of(slack: SlackEmulator, channel: Channel) -> PlaceId:
    """The channel as the desk knows it."""
    return PlaceId(f"slack:{slack.team}:{channel.id}")


async def test_credentials_say_whose_token_it_is(slack: SlackEmulator, client: AsyncWebClient) -> None:
    """The workspace, the bot and all of its scopes, from one call."""
    found = await checkup.credentials(client, clock.now)
    assert found.workspace == f"slack:{slack.team}"
    assert found.user == "henji"
    assert checkup.scopes(found) == f"all {len(SCOPES)} scopes of the manifest"
    assert checkup.clock(found) == "agrees with Slack's"


@pytest.mark.parametrize(("minutes", "said"), [(1, "ahead of Slack's"), (-1, "behind Slack's")])
async def test_a_clock_that_is_off_is_named(client: AsyncWebClient, minutes: int, said: str) -> None:
    """By how much and to which side, and how to set it."""

    def wrong() -> datetime:
        return clock.now() + timedelta(minutes=minutes)

    found = await checkup.credentials(client, wrong)
    with pytest.raises(Misconfigured, match=said) as caught:
        checkup.clock(found)
    assert "NTP" in caught.value.mend


async def test_missing_scopes_are_named_with_what_they_are_for(
    slack: SlackEmulator, client: AsyncWebClient
) -> None:
    """All of them at once."""
    slack.api.scopes -= {"users:read", "im:write"}
    found = await checkup.credentials(client, clock.now)
    with pytest.raises(Misconfigured, match="lacks 2 scopes") as caught:
        checkup.scopes(found)
    assert "im:write (to open direct messages)" in caught.value.problem


class MixedUp(SlackEmulator):
    """A workspace in which somebody copied the app-level token of another app."""

    app_token = "xapp-1-A0OTHER99-1-x"


async def test_tokens_of_two_apps_are_told_apart() -> None:
    """Both are good, but nothing said to the bot would ever arrive."""
    async with MixedUp(now=clock.now) as slack:
        client = open_client(slack.bot_token, base_url=slack.base_url)
        found = await checkup.credentials(client, clock.now)
        with pytest.raises(Misconfigured, match="belongs to another app") as caught:
            await checkup.socket(client, slack.app_token, found)
        await close_client(client)
    assert caught.value.setting == "SLACK_APP_TOKEN"
    assert "A0OTHER99" in caught.value.problem


async def test_an_app_token_opens_a_connection(slack: SlackEmulator, client: AsyncWebClient) -> None:
    """One that Slack knows does, another is named."""
    found = await checkup.credentials(client, clock.now)
    assert "Socket Mode" in await checkup.socket(client, slack.app_token, found)
    with pytest.raises(Misconfigured, match="no app-level token") as caught:
        await checkup.socket(client, "xapp-unknown", found)
    assert caught.value.setting == "SLACK_APP_TOKEN"


async def test_channels_are_looked_up(slack: SlackEmulator, client: AsyncWebClient) -> None:
    """In it, not in it, not to be seen, archived: each says what to type where."""
    boss = slack.person("boss")
    inside = slack.channel("inside", members=[boss])
    outside = slack.channel("outside", members=[boss], with_bot=False)
    hidden = slack.channel("hidden", members=[boss], private=True, with_bot=False)
    archived = slack.channel("archived", members=[boss])
    await boss.archives(archived)
    assert await checkup.place(client, place_of(slack, inside), "staff's channel") == "#inside"
    for channel, said in (
        (outside, "Henji is not in it"),
        (hidden, "is gone"),
        (archived, "is archived"),
    ):
        with pytest.raises(Misconfigured, match=said) as caught:
            await checkup.place(client, place_of(slack, channel), "staff's channel")
        assert caught.value.setting == "staff's channel"
        assert caught.value.mend


async def test_slack_being_away_is_no_fault_of_the_settings(
    slack: SlackEmulator, client: AsyncWebClient
) -> None:
    """Neither a limit nor a lost answer is taken for a wrong token."""
    slack.faults.switch_on(Kind.RATE_LIMITED, "apps.connections.open", times=1, retry_after=3)
    found = await checkup.credentials(client, clock.now)
    with pytest.raises(TryAgain):
        await checkup.socket(client, slack.app_token, found)
    slack.faults.switch_on(Kind.REFUSED, "auth.test", times=1)
    with pytest.raises(DeskError):
        await checkup.credentials(client, clock.now)
