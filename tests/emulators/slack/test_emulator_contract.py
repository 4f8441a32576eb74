"""The emulator against what Slack publishes: arguments, answers and events have the published shape.

Skipped where the published files are not at hand; they are not part of this repository.
"""

import pytest
from aiohttp import ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.emulators.slack import Person, SlackEmulator
from tests.emulators.slack.api import METHODS
from tests.emulators.slack.contract import FOLDER, Contract

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="../shared/contracts is not there")

# What is younger than the files, and so cannot be held against them.
YOUNGER = {"apps.connections.open", "files.getUploadURLExternal", "files.completeUploadExternal"}
BLOCKS = [{"type": "divider"}]


@pytest.fixture
def contract() -> Contract:
    """What Slack publishes."""
    return Contract(FOLDER)


async def speak(slack: SlackEmulator, client: AsyncWebClient, person: Person) -> None:
    """Call each method about messages."""
    channel = slack.channel("general", members=[person])
    metadata = {"event_type": "sent", "event_payload": {"id": "1"}}
    posted = await client.chat_postMessage(channel=channel.id, text="one", metadata=metadata)
    ts = posted["ts"]
    await client.chat_postMessage(channel=person.id, text="two", blocks=BLOCKS, unfurl_links=False)
    await client.chat_postMessage(channel=channel.id, text="reply", thread_ts=ts)
    await person.says("hello", channel=channel, files=("a.png",))
    await client.chat_update(channel=channel.id, ts=ts, text="one, changed")
    await client.chat_getPermalink(channel=channel.id, message_ts=ts)
    await client.chat_postEphemeral(channel=channel.id, user=person.id, text="psst")
    await client.reactions_add(channel=channel.id, timestamp=ts, name="eyes")
    await client.conversations_history(channel=channel.id, include_all_metadata=True)
    await client.conversations_replies(channel=channel.id, ts=ts)
    await client.reactions_remove(channel=channel.id, timestamp=ts, name="eyes")
    await client.chat_delete(channel=channel.id, ts=ts)


async def hand_over(slack: SlackEmulator, client: AsyncWebClient, person: Person) -> None:
    """Call each method about files."""
    channel = slack.channel("photos", members=[person])
    said = await person.says("look", channel=channel, files=("a.png",))
    await client.files_info(file=said.files[0]["id"])
    given = await client.files_getUploadURLExternal(filename="b.txt", length=2)
    async with ClientSession() as session, session.post(given["upload_url"], data=b"hi") as answer:
        assert answer.ok
    await client.files_completeUploadExternal(files=[{"id": given["file_id"]}], channel_id=channel.id)


async def look_around(slack: SlackEmulator, client: AsyncWebClient, person: Person) -> None:
    """Call each method about channels, people and views."""
    channel = slack.channel("open", members=[person], with_bot=False)
    await client.conversations_join(channel=channel.id)
    await client.conversations_open(users=person.id)
    await client.conversations_info(channel=channel.id)
    await client.conversations_members(channel=channel.id)
    await client.conversations_list(types="public_channel,private_channel")
    await client.users_conversations(user=person.id)
    await client.users_info(user=person.id, include_locale=True)
    await client.users_list()
    await client.auth_test()
    await client.team_info()
    await client.bots_info(bot=slack.bot.bot_id)
    await client.apps_connections_open(app_token=slack.app_token)
    home = {"type": "home", "blocks": BLOCKS}
    published = await client.views_publish(user_id=person.id, view=home)
    await client.views_update(view_id=published["view"]["id"], view=home)
    modal = {"type": "modal", "title": {"type": "plain_text", "text": "Form"}, "blocks": BLOCKS}
    await client.views_open(trigger_id=slack.world.new_trigger(person.id), view=modal)
    await client.views_push(trigger_id=slack.world.new_trigger(person.id), view=modal)


async def fail(client: AsyncWebClient) -> None:
    """Call some methods in vain."""
    for refused in (
        client.chat_postMessage(channel="C99999999", text="x"),
        client.chat_update(channel="C99999999", ts="1.000000", text="x"),
        client.conversations_replies(channel="C99999999", ts="1.000000"),
        client.users_info(user="U99999999"),
    ):
        with pytest.raises(SlackApiError):
            await refused


async def test_every_call_has_the_published_shape(
    slack: SlackEmulator, client: AsyncWebClient, hanako: Person, contract: Contract
) -> None:
    """Each method of the emulator is called, and arguments and answers are as Slack publishes them."""
    await speak(slack, client, hanako)
    await look_around(slack, client, hanako)
    await hand_over(slack, client, hanako)
    await fail(client)
    assert {each.method for each in slack.calls} == set(METHODS)
    assert {each for each in METHODS if not contract.knows(each)} == YOUNGER
    held = [each for each in slack.calls if contract.knows(each.method)]
    assert [problem for each in held for problem in contract.request_problems(each)] == []
    assert [problem for each in held for problem in contract.answer_problems(each)] == []


async def test_every_event_is_wrapped_as_published(
    slack: SlackEmulator, client: AsyncWebClient, hanako: Person, contract: Contract
) -> None:
    """What the app is told of comes in the published wrapper."""
    await speak(slack, client, hanako)
    await look_around(slack, client, hanako)
    await slack.settled()
    told = [each.payload for each in slack.delivery.delivered]
    assert {each["event"]["type"] for each in told} >= {"message", "reaction_added", "member_joined_channel"}
    assert [problem for each in told for problem in contract.event_problems(each)] == []
