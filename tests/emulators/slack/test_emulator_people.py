"""People: what they can touch, what Slack lets them see and tells them about, what it does not let them do.

With a small Bolt app by both transports where the app has a part in it, and without any where it has none.
"""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.emulators.slack import ImpossibleError, Person, SlackEmulator

Payload = dict[str, Any]


def plain(text: str) -> Payload:
    """A plain_text object."""
    return {"type": "plain_text", "text": text}


def options(*labels: str) -> list[Payload]:
    """Options that read so."""
    return [{"text": plain(each), "value": each} for each in labels]


def asked(label: str, **element: object) -> Payload:
    """An input with this label."""
    return {"type": "input", "label": plain(label), "element": element, "block_id": label, "optional": True}


MANIFEST: Payload = {
    "features": {
        "app_home": {"messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
        "bot_user": {"display_name": "Henji"},
        "slash_commands": [{"command": "/inquiry"}],
    },
    "oauth_config": {"scopes": {"bot": ["app_mentions:read", "channels:history", "commands"]}},
    "settings": {
        "event_subscriptions": {"bot_events": ["app_mention", "message.channels"]},
        "interactivity": {"is_enabled": True},
    },
}
FIELDS = [
    (asked("text", type="plain_text_input"), "words", {"value": "words"}),
    (
        asked("one", type="static_select", options=options("a", "b")),
        "b",
        {"selected_option": options("b")[0]},
    ),
    (
        asked("radio", type="radio_buttons", options=options("a", "b")),
        "a",
        {"selected_option": options("a")[0]},
    ),
    (asked("boxes", type="checkboxes", options=options("a", "b")), ["b"], {"selected_options": options("b")}),
    (asked("day", type="datepicker"), "2026-04-02", {"selected_date": "2026-04-02"}),
    (asked("who", type="users_select"), "花子", {"selected_user": "U00000002"}),
    (asked("whom", type="multi_users_select"), ["花子"], {"selected_users": ["U00000002"]}),
    (asked("where", type="conversations_select"), "support", {"selected_conversation": "C00000001"}),
]


@pytest.mark.parametrize(("block", "value", "state"), FIELDS)
async def test_every_kind_of_field(
    slack: SlackEmulator, client: AsyncWebClient, hanako: Person, block: Payload, value: str, state: Payload
) -> None:
    """What a person enters stands in the view's state as Slack puts it, and is empty before."""
    slack.channel("support", members=[hanako])
    view = {"type": "modal", "title": plain("Form"), "submit": plain("Send"), "blocks": [block]}
    await client.views_open(trigger_id=slack.world.new_trigger(hanako.id), view=view)
    form = hanako.view
    assert form
    assert form.labels == [block["block_id"]]
    assert not form.value(block["block_id"])
    await form.fill({block["block_id"]: value})
    entered = dict(next(iter(form.view.state[block["block_id"]].values())))
    assert entered.pop("type") == block["element"]["type"]
    assert entered == state


async def test_menus_on_a_message(app: AsyncApp, slack: SlackEmulator, hanako: Person) -> None:
    """Selects and overflow menus on a message are chosen by what their options read."""
    chosen: list[Payload] = []

    @app.action("menu")
    async def menu(ack: AsyncAck, action: Payload) -> None:
        chosen.append(action)
        await ack()

    channel = slack.channel("support", members=[hanako])
    for kind in ("static_select", "overflow"):
        element = {"type": kind, "action_id": "menu", "options": options("a", "b")}
        blocks = [{"type": "actions", "elements": [element]}]
        await app.client.chat_postMessage(channel=channel.id, text=kind, blocks=blocks)
        assert (await hanako.chooses("b", on=hanako.sees(channel)[-1])).ok
    assert [(each["type"], each["selected_option"]["value"]) for each in chosen] == [
        ("static_select", "b"),
        ("overflow", "b"),
    ]


async def test_messages_are_changed_and_taken_back(
    app: AsyncApp, slack: SlackEmulator, hanako: Person
) -> None:
    """Edits and deletions reach the app with what was before; a root with replies becomes a tombstone."""
    heard: list[Payload] = []

    @app.event("message")
    async def message(event: Payload) -> None:
        heard.append(event)

    channel = slack.channel("support", members=[hanako])
    first = await hanako.says("one", channel=channel, files=("photo.png",))
    await hanako.edits(first, "two")
    await hanako.says("reply", channel=channel, thread=first)
    await hanako.deletes(first)
    second = await hanako.says("three", channel=channel)
    await hanako.deletes(second)
    subtypes = [each.get("subtype") for each in heard]
    assert subtypes == ["file_share", "message_changed", None, "message_changed", None, "message_deleted"]
    assert heard[0]["files"][0]["name"] == "photo.png"
    assert (heard[1]["previous_message"]["text"], heard[1]["message"]["text"]) == ("one", "two")
    assert heard[3]["message"]["subtype"] == "tombstone"
    assert heard[5]["deleted_ts"] == second.ts


async def test_the_bot_comes_and_goes(app: AsyncApp, slack: SlackEmulator, hanako: Person) -> None:
    """The app hears that it joined and left, and the channel in between, other apps included."""
    heard: list[Payload] = []

    for kind in ("member_joined_channel", "channel_left", "message"):

        @app.event(kind)
        async def event(event: Payload) -> None:
            heard.append(event)

    channel = slack.channel("support", members=[hanako], with_bot=False)
    await hanako.says("before", channel=channel)
    await hanako.invites_bot(channel)
    await slack.other_app_says("CRM", "between", channel=channel)
    await hanako.removes_bot(channel)
    await hanako.says("after", channel=channel)
    told = [(each["type"], each.get("text", "")) for each in heard if each.get("subtype") != "channel_join"]
    assert told == [("member_joined_channel", ""), ("message", "between"), ("channel_left", "")]
    assert (heard[0]["user"], heard[0]["inviter"]) == (slack.bot.id, hanako.id)


async def test_people_are_told_of_what_concerns_them(slack: SlackEmulator, client: AsyncWebClient) -> None:
    """In channels of mentions and followed threads, in DMs of what is at the top; not of the rest."""
    hanako, taro = slack.person("花子"), slack.person("太郎")
    leads = slack.usergroup("leads", [taro])
    channel = slack.channel("support", members=[hanako, taro])
    for text in ("nothing", f"<@{hanako.id}> you", "<!here> all", f"<!subteam^{leads}> leads"):
        await client.chat_postMessage(channel=channel.id, text=text)
    root = await hanako.says("root", channel=channel)
    await client.chat_postMessage(channel=channel.id, text="reply", thread_ts=root.ts)
    assert [(each.message.text[-4:], each.reason) for each in hanako.told] == [
        (" you", "mention"),
        (" all", "mention"),
        ("eply", "thread"),
    ]
    assert [each.reason for each in taro.told] == ["mention", "mention"]
    card = await client.chat_postMessage(channel=taro.id, text="card")
    await client.chat_postMessage(channel=taro.id, text="unheard", thread_ts=card["ts"])
    await client.chat_postMessage(channel=taro.id, text=f"<@{taro.id}> heard", thread_ts=card["ts"])
    assert [(each.message.text[-5:], each.reason) for each in taro.told[2:]] == [
        ("card", "dm"),
        ("heard", "mention"),
    ]


async def test_text_that_was_not_escaped_pings(
    slack: SlackEmulator, client: AsyncWebClient, hanako: Person
) -> None:
    """A mention counts wherever Slack finds one; escaped, plain or in the fallback it does not."""
    hostile = "<!channel> &lt;!here&gt;"
    section = {"type": "section", "text": {"type": "mrkdwn", "text": f"<@{hanako.id}>"}}
    flat = {"type": "section", "text": plain("<!everyone>")}
    await client.chat_postMessage(channel=hanako.id, text=hostile)
    await client.chat_postMessage(channel=hanako.id, text="<!here>", blocks=[section, flat])
    assert [(each.target, each.shown) for each in slack.world.pings] == [
        ("channel", True),
        (hanako.id, True),
        ("here", False),
    ]
    assert hanako.reads(hanako.sees()[0]) == "@channel <!here>"


async def test_what_slack_does_not_let_people_do(
    slack: SlackEmulator, client: AsyncWebClient, hanako: Person
) -> None:
    """Nobody presses what they cannot see, speaks where they are not, or changes what is not theirs."""
    stranger = slack.person("次郎")
    channel = slack.channel("support", members=[hanako])
    button = {"type": "button", "text": plain("OK"), "action_id": "ok"}
    blocks = [{"type": "actions", "elements": [button]}]
    await client.chat_postMessage(channel=channel.id, text="card", blocks=blocks)
    await client.chat_postEphemeral(channel=channel.id, user=hanako.id, text="psst")
    card = hanako.sees(channel)[0]
    assert len(hanako.sees(channel)) == 2
    assert stranger.sees(channel) == []
    for impossible in (
        stranger.presses("OK", on=card),
        stranger.says("hello", channel=channel),
        hanako.edits(card, "mine"),
        hanako.presses("Cancel", on=card),
    ):
        with pytest.raises(ImpossibleError):
            await impossible


async def test_the_manifest_decides_what_is_heard(slack: SlackEmulator, hanako: Person) -> None:
    """Installed from a manifest, the app hears what it subscribed to and has the commands it named."""
    slack.install(MANIFEST)
    assert slack.bot.name == "Henji"
    channel = slack.channel("support", members=[hanako])
    message = await hanako.says("@Henji hello", channel=channel)
    await hanako.reacts(message, "eyes")
    kinds = {each.payload["event"]["type"] for each in slack.delivery.delivered}
    assert kinds == {"message", "app_mention"}
    assert (await hanako.command("/nonsense")).error == "invalid_command"
    unheard = MANIFEST["settings"] | {"event_subscriptions": {"bot_events": ["message.im"]}}
    slack.install(MANIFEST | {"settings": unheard})
    assert slack.world.unexpected == ["the manifest subscribes to message.im without im:history"]
    slack.world.unexpected.clear()


async def test_transcripts_read_as_the_screen_does(
    slack: SlackEmulator, client: AsyncWebClient, hanako: Person
) -> None:
    """A transcript has threads, what only they see, dates in their zone, and the open form."""
    date = "<!date^1775034000^{date} {time}|later>"
    posted = await client.chat_postMessage(channel=hanako.id, text=f"<@{hanako.id}> &lt;{date}&gt;")
    await hanako.dm("了解", thread=hanako.sees()[0])
    await client.chat_postEphemeral(channel=hanako.inbox.id, user=hanako.id, text="psst")
    await client.reactions_add(channel=hanako.inbox.id, timestamp=posted["ts"], name="eyes")
    view = {
        "type": "modal",
        "title": plain("Form"),
        "submit": plain("Send"),
        "blocks": [
            asked("text", type="plain_text_input"),
            asked("day", type="datepicker", placeholder=plain("when")),
        ],
    }
    await client.views_open(trigger_id=slack.world.new_trigger(hanako.id), view=view)
    form = hanako.view
    assert form
    await form.fill(text="words")
    assert slack.transcript(hanako).splitlines() == [
        "== 花子, direct ==",
        "07-01 21:00 henji",
        "  @花子 <2026年4月1日 18:00>",
        "  :eyes: 1",
        "    07-01 21:00 花子",
        "      了解",
        "07-01 21:00 henji (only you)",
        "  psst",
        "",
        "== form: Form ==",
        "text: words",
        "day: [when ▾]",
        "[Send]",
    ]
    assert "psst" not in slack.transcript(hanako.inbox)
