"""The Web API's refusals and limits: each wrong call is answered with the code that Slack gives.

By the SDK's own client. The right calls are held against the published shapes in `test_emulator_contract`.
"""

from collections.abc import Awaitable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.clocks import HandClock
from tests.emulators.slack import Person, SlackEmulator
from tests.emulators.slack.blocks import MOST_BLOCK_TEXT, block_problems


async def refusal(call: Awaitable[object]) -> dict[str, Any]:
    """What a call that must fail is answered with."""
    with pytest.raises(SlackApiError) as caught:
        await call
    data = caught.value.response.data
    assert isinstance(data, dict)
    return data


async def error(call: Awaitable[object]) -> str:
    """The code that a call which must fail is answered with."""
    return str((await refusal(call))["error"])


async def test_tokens_have_kinds_and_scopes(slack: SlackEmulator, client: AsyncWebClient) -> None:
    """No token, a wrong one, one of the other kind, one without the scope: four different refusals."""
    for token, code in (
        ("", "not_authed"),
        ("xoxb-x", "invalid_auth"),
        (slack.app_token, "not_allowed_token_type"),
    ):
        other = AsyncWebClient(token, base_url=slack.base_url, retry_handlers=[])
        assert await error(other.auth_test()) == code
    assert (await client.auth_test()).headers["x-oauth-scopes"] == ",".join(sorted(slack.api.scopes))
    slack.api.scopes.discard("users:read")
    refused = await refusal(client.users_list())
    assert (refused["error"], refused["needed"]) == ("missing_scope", "users:read")
    assert "chat:write" in refused["provided"]


async def test_what_slack_does_not_know_is_unexpected(slack: SlackEmulator, client: AsyncWebClient) -> None:
    """An unknown method is refused; that and an unknown argument would fail the story."""
    assert await error(client.api_call("chat.shout")) == "unknown_method"
    await client.api_call("auth.test", json={"loud": True})
    assert len(slack.world.unexpected) == 2
    slack.world.unexpected.clear()


async def test_where_the_bot_may_speak(slack: SlackEmulator, client: AsyncWebClient, hanako: Person) -> None:
    """A private channel without the bot does not exist for it; a public or an archived one is closed."""
    hidden = slack.channel("hidden", members=[hanako], private=True, with_bot=False)
    public = slack.channel("public", members=[hanako], with_bot=False)
    shut = slack.channel("shut", members=[hanako])
    shut.archived = True
    for channel, code in ((hidden, "channel_not_found"), (public, "not_in_channel"), (shut, "is_archived")):
        assert await error(client.chat_postMessage(channel=channel.id, text="x")) == code
    assert await error(client.conversations_history(channel=public.id)) == "not_in_channel"
    slack.world.messages_tab = "off"
    assert await error(client.chat_postMessage(channel=hanako.id, text="x")) == "messages_tab_disabled"


async def test_a_person_is_an_address(client: AsyncWebClient, hanako: Person) -> None:
    """A message to a person's id stands in their DM, whose id is answered."""
    posted = await client.chat_postMessage(channel=hanako.id, text="x")
    assert posted["channel"] == hanako.inbox.id
    assert (await client.conversations_open(users=hanako.id))["channel"] == {"id": hanako.inbox.id}


async def test_messages_have_limits(slack: SlackEmulator, client: AsyncWebClient, hanako: Person) -> None:
    """No text, too much of it, somebody else's message, one that is gone: each has its code."""
    channel = slack.channel("general", members=[hanako])
    theirs = await hanako.says("mine", channel=channel)
    send, change = client.chat_postMessage, client.chat_update
    silence = {"channel": channel.id, "text": " "}
    assert await error(client.api_call("chat.postMessage", json=silence)) == "no_text"
    assert await error(send(channel=channel.id, text="x" * 40_001)) == "msg_too_long"
    assert await error(change(channel=channel.id, ts=theirs.ts, text="x")) == "cant_update_message"
    assert await error(change(channel=channel.id, ts="1.000001", text="x")) == "message_not_found"
    assert await error(send(channel=channel.id, text="x", metadata={"a": 1})) == "invalid_metadata_format"
    many = [section("x" * 2700) for _ in range(MOST_BLOCK_TEXT // 2700 + 1)]
    assert await error(send(channel=channel.id, text="x", blocks=many)) == "msg_blocks_too_long"


async def test_an_update_keeps_what_it_does_not_name(client: AsyncWebClient, hanako: Person) -> None:
    """Blocks and metadata stay unless others are given; an empty list takes the blocks away."""
    metadata = {"event_type": "n", "event_payload": {}}
    posted = await client.chat_postMessage(
        channel=hanako.id, text="one", blocks=[section("shown")], metadata=metadata
    )
    message, place = hanako.sees()[0], {"channel": posted["channel"], "ts": posted["ts"]}
    await client.chat_update(**place, text="two")
    assert (message.text, hanako.reads(message), message.metadata) == ("two", "shown", metadata)
    await client.chat_update(**place, text="three", blocks=[])
    assert hanako.reads(message) == "three"


async def test_threads_of_nothing(slack: SlackEmulator, client: AsyncWebClient, hanako: Person) -> None:
    """A reply to a message that is gone lands in the channel and says so only by having no thread_ts."""
    channel = slack.channel("general", members=[hanako], with_bot=False)
    await hanako.invites_bot(channel)
    welcome = hanako.sees(channel)[-1]
    gone = await client.chat_postMessage(channel=channel.id, text="x", thread_ts="1700000000.000001")
    assert "thread_ts" not in gone["message"]
    send = client.chat_postMessage
    assert await error(send(channel=channel.id, text="x", thread_ts="soon")) == "invalid_thread_ts"
    assert await error(send(channel=channel.id, text="x", thread_ts=welcome.ts)) == "cannot_reply_to_message"
    assert await error(client.conversations_replies(channel=channel.id, ts="1.000001")) == "thread_not_found"


async def test_history_is_read_back_in_pages(
    slack: SlackEmulator, client: AsyncWebClient, hanako: Person, clock: HandClock
) -> None:
    """Newest first, without replies, between bounds that are excluded unless included, metadata on demand."""
    channel = slack.channel("general", members=[hanako])
    sent = []
    for number in range(5):
        clock.advance(minutes=1)
        metadata = {"event_type": "n", "event_payload": {"id": number}}
        sent.append(await client.chat_postMessage(channel=channel.id, text=str(number), metadata=metadata))
    await client.chat_postMessage(channel=channel.id, text="reply", thread_ts=sent[0]["ts"])
    read = client.conversations_history
    first = await read(channel=channel.id, limit=3)
    rest = await read(channel=channel.id, limit=3, cursor=first["response_metadata"]["next_cursor"])
    assert [each["text"] for each in [*first["messages"], *rest["messages"]]] == ["4", "3", "2", "1", "0"]
    assert (first["has_more"], rest["has_more"]) == (True, False)
    assert "metadata" not in first["messages"][0]
    between = {"channel": channel.id, "oldest": sent[1]["ts"], "latest": sent[3]["ts"]}
    assert [each["text"] for each in (await read(**between))["messages"]] == ["2"]
    included = await read(**between, inclusive=True, include_all_metadata=True)
    assert [each["metadata"]["event_payload"]["id"] for each in included["messages"]] == [3, 2, 1]
    thread = (await client.conversations_replies(channel=channel.id, ts=sent[0]["ts"]))["messages"]
    assert [each["text"] for each in thread] == ["0", "reply"]
    assert thread[0]["reply_count"] == 1


def text(length: int, kind: str = "plain_text") -> dict[str, Any]:
    """A text object of that length."""
    return {"type": kind, "text": "x" * length}


def section(words: str) -> dict[str, Any]:
    """A section with these words."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": words}}


def actions(**element: object) -> dict[str, Any]:
    """A row with one element."""
    return {"type": "actions", "elements": [element]}


def select(options: int, label: int = 1) -> dict[str, Any]:
    """A select with so many options."""
    offered = [{"text": text(label), "value": str(each)} for each in range(options)]
    return actions(type="static_select", options=offered)


def field(**element: object) -> dict[str, Any]:
    """An input with one element."""
    return {"type": "input", "label": text(1), "element": element}


@pytest.mark.parametrize(
    ("block", "wrong"),
    [
        (section("x" * 3000), section("x" * 3001)),
        ({"type": "header", "text": text(150)}, {"type": "header", "text": text(151)}),
        ({"type": "context", "elements": [text(1)] * 10}, {"type": "context", "elements": [text(1)] * 11}),
        (actions(type="button", text=text(75)), actions(type="button", text=text(76))),
        (
            actions(type="button", text=text(1), value="x" * 2000),
            actions(type="button", text=text(1), value="x" * 2001),
        ),
        (
            actions(type="button", text=text(1), action_id="x" * 255),
            actions(type="button", text=text(1), action_id="x" * 256),
        ),
        (select(100), select(101)),
        (select(1, label=75), select(1, label=76)),
        (
            field(type="plain_text_input", max_length=3000),
            field(type="plain_text_input", max_length=3001),
        ),
        (
            field(type="plain_text_input", initial_value="x" * 3000),
            field(type="plain_text_input", initial_value="x" * 3001),
        ),
        ({"type": "divider"}, {"type": "line"}),
        (field(type="datepicker"), actions(type="plain_text_input")),
        (section("x"), {"type": "section", "text": text(1), "colour": "red"}),
    ],
)
def test_blocks_have_limits(block: dict[str, Any], wrong: dict[str, Any]) -> None:
    """What is just within a limit passes, and one more is an error that says where."""
    assert list(block_problems([block], "message")) == []
    assert len(list(block_problems([wrong], "message"))) == 1


async def test_wrong_blocks_are_refused(slack: SlackEmulator, client: AsyncWebClient, hanako: Person) -> None:
    """invalid_blocks comes with what and where; block ids are unique, and fifty blocks are enough."""
    channel = slack.channel("general", members=[hanako])
    refused = await refusal(client.chat_postMessage(channel=channel.id, text="x", blocks=[section("")]))
    assert refused["error"] == "invalid_blocks"
    assert refused["response_metadata"]["messages"] == [
        "[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]"
    ]
    twice = [{"type": "divider", "block_id": "a"}] * 2
    assert list(block_problems(twice, "message")) == [
        "[ERROR] block_id must be unique [json-pointer:/blocks]"
    ]
    assert list(block_problems([{"type": "divider"}] * 51, "message"))
    assert not list(block_problems([{"type": "divider"}] * 51, "modal"))


async def test_views_need_a_fresh_trigger(
    slack: SlackEmulator, client: AsyncWebClient, hanako: Person, clock: HandClock
) -> None:
    """A trigger is good once and for three seconds; modals pile up to three; titles are short."""
    modal: dict[str, Any] = {"type": "modal", "title": text(24), "blocks": [{"type": "divider"}]}
    trigger = slack.world.new_trigger(hanako.id)
    late = slack.world.new_trigger(hanako.id)
    opened = await client.views_open(trigger_id=trigger, view=modal)
    assert await error(client.views_open(trigger_id=trigger, view=modal)) == "exchanged_trigger_id"
    clock.advance(seconds=3.1)
    assert await error(client.views_open(trigger_id=late, view=modal)) == "expired_trigger_id"
    for _ in range(2):
        await client.views_push(trigger_id=slack.world.new_trigger(hanako.id), view=modal)
    deeper = client.views_push(trigger_id=slack.world.new_trigger(hanako.id), view=modal)
    assert await error(deeper) == "push_limit_reached"
    view_id, old_hash = opened["view"]["id"], opened["view"]["hash"]
    await client.views_update(view_id=view_id, hash=old_hash, view=modal)
    assert await error(client.views_update(view_id=view_id, hash=old_hash, view=modal)) == "hash_conflict"
    assert await error(client.views_update(view_id="V99999999", view=modal)) == "not_found"
    for wrong in (
        {"title": text(25)},
        {"private_metadata": "x" * 3001},
        {"blocks": [field(type="datepicker")]},
    ):
        call = client.views_update(view_id=view_id, view=modal | wrong)
        assert await error(call) == "invalid_arguments"


async def test_one_message_a_second(
    slack: SlackEmulator, client: AsyncWebClient, hanako: Person, clock: HandClock
) -> None:
    """Where the limit is enforced, the second message within a second is told to come again."""
    slack.faults.paced = True
    await client.chat_postMessage(channel=hanako.id, text="x")
    refused = client.chat_postMessage(channel=hanako.id, text="x")
    with pytest.raises(SlackApiError) as caught:
        await refused
    assert (caught.value.response.status_code, caught.value.response.headers["Retry-After"]) == (429, "1")
    clock.advance(seconds=1)
    await client.chat_postMessage(channel=hanako.id, text="x")
    assert slack.faults.most_in_a_second == {hanako.id: 1}
