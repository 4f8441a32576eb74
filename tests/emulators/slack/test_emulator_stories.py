"""Both ways to an app: what people do reaches it, and what it answers is what they see.

Each behaviour is told once and run in Socket Mode and over signed HTTP, with a small Bolt app on the
unmodified SDK.
"""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond, AsyncSay
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.clocks import HandClock
from tests.emulators.slack import Person, SlackEmulator, Submission

Payload = dict[str, Any]

SELECT = {"type": "external_select", "action_id": "seller", "min_query_length": 0}
FORM: Payload = {
    "type": "modal",
    "callback_id": "new",
    "title": {"type": "plain_text", "text": "問い合わせ"},
    "submit": {"type": "plain_text", "text": "送信"},
    "blocks": [
        {
            "type": "input",
            "block_id": "s",
            "label": {"type": "plain_text", "text": "出品者"},
            "element": SELECT,
        },
        {
            "type": "input",
            "block_id": "m",
            "label": {"type": "plain_text", "text": "本文"},
            "element": {"type": "plain_text_input", "action_id": "text", "max_length": 20},
        },
    ],
}
BUTTON = {
    "type": "button",
    "action_id": "solve",
    "text": {"type": "plain_text", "text": "解決"},
    "value": "7",
}
CARD: list[Payload] = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "card"}},
    {"type": "actions", "elements": [BUTTON]},
]


async def test_a_command_is_answered_to_whoever_typed_it(
    slack: SlackEmulator, app: AsyncApp, hanako: Person
) -> None:
    """A slash command's ack is shown to its author alone."""

    @app.command("/inquiry")
    async def inquiry(ack: AsyncAck, command: Payload) -> None:
        await ack(f"you typed {command['text']}")

    taro = slack.person("太郎")
    channel = slack.channel("general", members=[hanako, taro])
    answer = await hanako.command("/inquiry new", channel=channel)
    assert answer.message
    assert hanako.reads(answer.message) == "you typed new"
    assert hanako.sees(channel) == [answer.message]
    assert taro.sees(channel) == []


@pytest.mark.usefixtures("app")
async def test_nobody_at_home_fails_a_command(slack: SlackEmulator, hanako: Person) -> None:
    """A command that the app does not acknowledge shows Slack's own words for that."""
    slack.sockets.patience = 0.2
    assert (await hanako.command("/nothing")).error in ("operation_timeout", "dispatch_failed")


async def test_a_dm_and_its_thread_reach_the_app(slack: SlackEmulator, app: AsyncApp, hanako: Person) -> None:
    """DMs come as message.im; replies keep their thread, and a top-level DM from the bot is told."""
    heard: list[Payload] = []

    @app.event("message")
    async def message(event: Payload, say: AsyncSay) -> None:
        heard.append(event)
        await say(text="はい", thread_ts=event["ts"])

    asked = await hanako.dm("<b> & @henji")
    await slack.settled()
    assert heard[0]["text"] == f"&lt;b&gt; &amp; <@{slack.bot.id}>"
    assert (heard[0]["channel_type"], heard[0]["channel"]) == ("im", hanako.inbox.id)
    assert [hanako.reads(each) for each in hanako.sees()] == ["<b> & @henji", "はい"]
    assert [each.reason for each in hanako.told] == ["thread"], "who asked follows the thread"
    await hanako.dm("まだです", thread=asked)
    await slack.settled()
    assert [(each["text"], each["thread_ts"]) for each in heard[1:]] == [("まだです", asked.ts)]
    await app.client.chat_postMessage(channel=hanako.id, text="お知らせ")
    assert hanako.told[-1].reason == "dm"


async def test_a_mention_comes_twice(slack: SlackEmulator, app: AsyncApp, hanako: Person) -> None:
    """In a channel a mention of the bot is both a message and an app_mention, with the same ts."""
    heard: list[Payload] = []

    @app.event("message")
    async def message(event: Payload) -> None:
        heard.append(event)

    @app.event("app_mention")
    async def mention(event: Payload) -> None:
        heard.append(event)

    channel = slack.channel("support", members=[hanako], private=True)
    await hanako.says("@henji 助けて", channel=channel)
    assert [each["type"] for each in heard] == ["message", "app_mention"]
    assert heard[0]["ts"] == heard[1]["ts"]
    assert heard[0]["channel_type"] == "group"


async def test_a_form_is_filled_in_refused_and_sent(
    slack: SlackEmulator, app: AsyncApp, hanako: Person
) -> None:
    """A modal with type-ahead: the client's own refusal, the app's errors by label, then it closes."""

    @app.command("/inquiry")
    async def inquiry(ack: AsyncAck, client: AsyncWebClient, body: Payload) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)
        await ack()

    @app.options("seller")
    async def sellers(ack: AsyncAck, body: Payload) -> None:
        names = [each for each in ("あおい商店", "みどり屋") if body["value"] in each]
        options = [{"text": {"type": "plain_text", "text": each}, "value": each} for each in names]
        await ack(options=options)

    @app.view("new")
    async def submitted(ack: AsyncAck, view: Payload) -> None:
        values = view["state"]["values"]
        assert values["s"]["seller"]["selected_option"]["value"] == "みどり屋"
        if values["m"]["text"]["value"] == "?":
            await ack(response_action="errors", errors={"m": "もう少し詳しく"})
        else:
            await ack()

    assert (await hanako.command("/inquiry new")).ok
    form = hanako.view
    assert form
    assert form.title == "問い合わせ"
    assert await hanako.types_in_select("あお", on=form) == ["あおい商店"]
    await form.fill(出品者="みどり屋", 本文="長" * 21)
    assert (await form.submit()).by_client
    await form.fill(本文="?")
    assert await form.submit() == Submission("errors", {"本文": "もう少し詳しく"})
    assert form.value("出品者") == "みどり屋"
    assert (await (await form.fill(本文="届きません")).submit()).outcome == "closed"
    assert hanako.view is None
    assert slack.world.unexpected == []


async def test_a_button_changes_its_message(
    slack: SlackEmulator, app: AsyncApp, client: AsyncWebClient, hanako: Person
) -> None:
    """A press carries value and message; respond() answers alone, replace_original changes the card."""
    channel = slack.channel("sellers", members=[hanako])

    @app.action("solve")
    async def solve(ack: AsyncAck, respond: AsyncRespond, action: Payload, body: Payload) -> None:
        assert body["container"]["message_ts"] == body["message"]["ts"]
        await respond(text=f"solved {action['value']}", replace_original=False)
        await respond(text="closed", replace_original=True)
        await ack()

    await client.chat_postMessage(channel=channel.id, text="card", blocks=CARD)
    card = hanako.finds("card", channel)
    assert hanako.reads(card) == "card\n[解決]"
    answer = await hanako.presses("解決", on=card)
    assert answer.message
    assert hanako.reads(answer.message) == "solved 7"
    assert hanako.reads(card) == "closed"


@pytest.mark.parametrize("action", ["update", "push", "clear"])
async def test_an_ack_changes_the_forms(
    slack: SlackEmulator, app: AsyncApp, hanako: Person, action: str
) -> None:
    """What an ack does to the open forms is what their reader has in front of them afterwards."""

    @app.view("new")
    async def submitted(ack: AsyncAck) -> None:
        view = {**FORM, "title": {"type": "plain_text", "text": "次"}}
        await ack(response_action=action, view=None if action == "clear" else view)

    blocks = [FORM["blocks"][1]]
    trigger = slack.world.new_trigger(hanako.id)
    await app.client.views_open(trigger_id=trigger, view={**FORM, "blocks": blocks})
    form = hanako.view
    assert form
    outcome = (await (await form.fill(本文="はい")).submit()).outcome
    titles = [each.body["title"]["text"] for each in slack.world.stacks[hanako.id]]
    assert (outcome, titles) == {
        "update": ("updated", ["次"]),
        "push": ("pushed", ["問い合わせ", "次"]),
        "clear": ("cleared", []),
    }[action]


async def test_home_is_published_and_pressed(app: AsyncApp, hanako: Person) -> None:
    """Opening the Home tab tells the app, and what it publishes there can be pressed."""
    pressed: list[str] = []

    @app.event("app_home_opened")
    async def opened(event: Payload) -> None:
        await app.client.views_publish(user_id=event["user"], view={"type": "home", "blocks": CARD})

    @app.action("solve")
    async def solve(ack: AsyncAck, action: Payload) -> None:
        pressed.append(action["value"])
        await ack()

    home = await hanako.opens_home()
    assert home
    assert (await hanako.presses("解決", on=home)).ok
    assert pressed == ["7"]
    assert hanako.view is None


async def test_an_answer_after_three_seconds_is_none(app: AsyncApp, hanako: Person, clock: HandClock) -> None:
    """By the emulator's clock, whoever is answered too late reads that it timed out."""

    @app.command("/inquiry")
    async def inquiry(ack: AsyncAck) -> None:
        clock.advance(seconds=4)
        await ack("too late")

    assert (await hanako.command("/inquiry new")).error == "operation_timeout"
    assert hanako.sees() == []


async def test_a_response_url_wears_out(slack: SlackEmulator, hanako: Person, clock: HandClock) -> None:
    """It takes five answers, and none after half an hour."""
    first, late = (slack.response_urls.give_out(hanako.id, hanako.inbox.id) for _ in range(2))
    answers = [await AsyncWebhookClient(first).send(text="x") for _ in range(6)]
    assert [each.status_code for each in answers] == [200] * 5 + [404]
    assert "used_url" in answers[-1].body
    clock.advance(minutes=31)
    assert "expired_url" in (await AsyncWebhookClient(late).send(text="x")).body
    assert len(hanako.sees()) == 5
