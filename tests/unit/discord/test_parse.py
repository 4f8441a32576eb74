"""Discord's messages and interactions as what happened, and their idempotency keys."""

from datetime import UTC, datetime
from typing import Any

import discord
import pytest

from adapters.discord.parse import (
    FormId,
    Malformed,
    actor_in,
    form_of,
    heard,
    key_of,
    lang_of,
    person_of,
    place_in,
    place_of,
    post_of,
    pressed,
    replied_to,
    role_of,
    root_of,
    talk_of,
)
from core.commands import Actor
from core.ids import DeskId, MessageId, PlaceId
from core.text import Foreign
from tests.unit.discord.payloads import (
    CHANNEL,
    GUILD,
    HANAKO,
    ME,
    ROLE,
    THREAD,
    interaction,
    library,
    message,
)

DESK = DeskId("k3f9")
DM = PlaceId("discord:users:@7")
HERE = PlaceId(f"discord:9:{CHANNEL}")
ROOT = MessageId(str(THREAD))


@pytest.fixture
def client() -> discord.Client:
    """The library, with a guild."""
    return library()


def actor() -> Actor:
    """Whoever wrote it."""
    return Actor(person=person_of(HANAKO), name=Foreign("花子"), lang="ja", place=DM)


def test_names_are_the_desks() -> None:
    """People are of no guild, roles and channels of one."""
    assert person_of(7) == "discord:users:7"
    assert role_of(9, 5) == "discord:9:&5"
    assert place_of(9, 8) == "discord:9:8"


async def test_a_message_is_its_place_and_id(client: discord.Client) -> None:
    """However it reaches us it is one, said when Discord's id says."""
    said = heard(message(client, "発送しました"), HERE, ROOT)
    assert said is not None
    assert (said.key, said.user, said.text.raw) == (
        f"m:{HERE}:175928847299117063",
        HANAKO,
        "発送しました",
    )
    assert said.at == datetime(2016, 4, 30, 11, 18, 25, 796_000, UTC)
    assert said.name.raw == "はなこ"


async def test_a_message_in_a_thread_is_for_its_inquiry(client: discord.Client) -> None:
    """By the root it was heard with."""
    said = heard(message(client, "発送しました"), HERE, ROOT)
    assert said is not None
    post = post_of(said, DESK, actor())
    assert (post.root, post.message, post.key) == (ROOT, "175928847299117063", said.key)


async def test_a_message_in_a_dm_is_for_the_dialogue(client: discord.Client) -> None:
    """In a place without threads."""
    said = heard(message(client, "届きません", channel=0), DM, None)
    assert said is not None
    talk = talk_of(said, DESK, actor())
    assert (talk.threadless, talk.message, talk.text.raw) == (True, "175928847299117063", "届きません")


@pytest.mark.parametrize(
    "changes",
    [
        {"type": 7},
        {"type": 18},
        {"type": 6},
        {"webhook_id": "3"},
        {"author": {"id": "3", "username": "CRM", "discriminator": "0", "avatar": None, "bot": True}},
    ],
)
async def test_what_nobody_said_is_not_heard(client: discord.Client, changes: dict[str, Any]) -> None:
    """Joins, pins, threads started, webhooks, bots."""
    assert heard(message(client, "x", **changes), HERE, None) is None


async def test_discord_itself_is_nobody(client: discord.Client) -> None:
    """It writes to people in a DM of its own."""
    author = {"id": "3", "username": "Discord", "discriminator": "0", "avatar": None, "system": True}
    assert heard(message(client, "x", channel=0, author=author), DM, None) is None


async def test_names_stand_for_what_was_mentioned(client: discord.Client) -> None:
    """People, roles and channels of the guild; of others nobody is told more than their id."""
    hana = {"id": "7", "username": "hanako", "discriminator": "0", "avatar": None, "global_name": "花子"}
    text = f"<@7> <@!7> <@&5> <#{CHANNEL}> <@99> <#99> <@&99> <:tanuki:3> <a:wave:4> </inquiry new:6> <t:0:R>"
    said = heard(message(client, text, mentions=[hana], mention_roles=["5"]), HERE, None)
    assert said is not None
    assert "@花子 @花子 @agents #acme @99 #99 @99 :tanuki: :wave: /inquiry new" in said.text.raw


async def test_a_forwarded_message_is_what_it_says(client: discord.Client) -> None:
    """With its files; and a sticker is its name."""
    photo = {
        "id": "9",
        "filename": "photo.png",
        "size": 3,
        "url": "https://cdn.discordapp.com/9",
        "proxy_url": "",
    }
    snapshot: dict[str, Any] = {
        "content": "see this",
        "embeds": [],
        "attachments": [photo],
        "timestamp": "2026-04-01T12:00:00+00:00",
        "edited_timestamp": None,
        "type": 0,
        "flags": 0,
    }
    stickers = [{"id": "3", "name": "tanuki", "format_type": 1}]
    forwarded = message(client, "", message_snapshots=[{"message": snapshot}], sticker_items=stickers)
    said = heard(forwarded, HERE, None)
    assert said is not None
    assert said.text.raw == "see this\n:tanuki:"
    assert [(each.name.raw, each.source.rpartition("/")[2]) for each in said.files] == [("photo.png", "9")]


async def test_what_may_not_be_read_is_blank(client: discord.Client) -> None:
    """Without the right to it the content of others' messages is missing."""
    empty, full = (heard(message(client, text), HERE, None) for text in ("", "x"))
    assert empty is not None
    assert full is not None
    assert (empty.blank, full.blank) == (True, False)


async def test_a_reply_names_what_it_replies_to(client: discord.Client) -> None:
    """A forward replies to nothing."""
    where = {"message_id": "44", "channel_id": "70"}
    reply = message(client, "x", channel=0, type=19, message_reference=where | {"type": 0})
    forward = message(client, "x", channel=0, message_reference=where | {"type": 1})
    assert (replied_to(reply), replied_to(forward)) == ("44", None)
    assert replied_to(message(client, "x", channel=0)) is None


@pytest.mark.parametrize(
    ("channel", "place", "root"),
    [
        (CHANNEL, HERE, None),
        (THREAD, HERE, ROOT),
        (THREAD + 1, DM, f"thread/{THREAD + 1}"),
        (THREAD + 2, HERE, str(THREAD + 2)),
    ],
)
async def test_a_thread_is_in_its_channels_place(
    client: discord.Client, channel: int, place: str, root: str | None
) -> None:
    """But one that we opened for somebody alone stands for their DM."""
    where = client.get_channel(channel)
    assert place_in(where, GUILD, HANAKO, ME) == place
    if isinstance(where, discord.Thread):
        assert root_of(where, ME) == root


async def test_whoever_acts_is_known_by_their_interaction(client: discord.Client) -> None:
    """Name, language, rights and roles, where they are now."""
    here = actor_in(interaction(client, {}, channel=THREAD), ME)
    assert (here.person, here.name.raw, here.lang, here.place) == (
        "discord:users:7",
        "はなこ",
        "ja",
        HERE,
    )
    assert (here.admin, here.groups) == (True, (role_of(GUILD, ROLE),))
    direct = actor_in(interaction(client, {}, channel=0, locale="en-US"), ME)
    assert (direct.place, direct.lang, direct.admin, direct.groups) == (DM, "en", False, ())
    assert direct.name.raw == "花子"


async def test_an_interaction_is_its_id(client: discord.Client) -> None:
    """However often it is delivered."""
    assert key_of(interaction(client, {})) == "i:175928847299117099"


@pytest.mark.parametrize(
    ("about", "kind", "name", "value"),
    [
        ({"custom_id": "act:hold:12"}, "act", "hold", "12"),
        ({"custom_id": "ask:message:send:0a1b"}, "ask", "message", "send:0a1b"),
        ({"custom_id": "ask:seller", "values": ["acme"]}, "ask", "seller", "acme"),
        ({"custom_id": "desk:44", "values": ["tanuki"]}, "desk", "44", "tanuki"),
        ({"custom_id": "whatever"}, "whatever", "", ""),
    ],
)
async def test_a_press_is_in_its_id(
    client: discord.Client, about: dict[str, object], kind: str, name: str, value: str
) -> None:
    """What a list was chosen for comes with the choice."""
    press = pressed(interaction(client, {"component_type": 2} | about))
    assert (press.kind, press.name, press.value) == (kind, name, value)


async def test_a_number_is_a_number(client: discord.Client) -> None:
    """A value that is none is said to be malformed."""
    assert pressed(interaction(client, {"custom_id": "act:hold:＃１２", "component_type": 2})).number == 12
    with pytest.raises(Malformed):
        _ = pressed(interaction(client, {"custom_id": "act:hold:twelve", "component_type": 2})).number


def test_a_form_is_known_by_its_id() -> None:
    """Its key is the interaction that opened it, whoever sends it how often."""
    about = FormId(name="new", about="acme", opened="175928847299117099")
    assert form_of(about.custom_id) == about
    assert len(about.custom_id) <= 100
    assert about.key == "f:175928847299117099"


@pytest.mark.parametrize(
    "custom_id", ["", "form", "form:new", "form:new:acme:1", "form::a:1:", "form:new:a::", "act:hold:1"]
)
def test_what_is_no_form_is_malformed(custom_id: str) -> None:
    """As one of another version may be."""
    with pytest.raises(Malformed):
        form_of(custom_id)


@pytest.mark.parametrize(
    ("locale", "lang"),
    [
        (discord.Locale.japanese, "ja"),
        (discord.Locale.british_english, "en"),
        (discord.Locale.french, "en"),
        (None, "ja"),
    ],
)
def test_a_language_is_one_we_speak(locale: discord.Locale | None, lang: str) -> None:
    """Japanese, and for all others English."""
    assert lang_of(locale) == lang
