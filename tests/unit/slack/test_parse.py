"""Slack's payloads as what happened: messages, slash commands, buttons, and their idempotency keys."""

from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.slack.parse import (
    Malformed,
    at_of,
    command_of,
    heard,
    person_of,
    place_of,
    pressed,
    typed,
    view_key,
)
from core.commands import Actor, PostMessage, Talk
from core.files import File, FileRef
from core.ids import DeskId, WorkspaceId
from core.text import Foreign

T01 = WorkspaceId("slack:T01")
DESK = DeskId("k3f9")
NAMES = {"U1": "太郎"}


def message(**changes: object) -> dict[str, Any]:
    """A message in a thread of a channel, as an event carries it."""
    event: dict[str, Any] = {
        "type": "message",
        "user": "U05",
        "text": "発送しました",
        "ts": "1700000000.000200",
        "thread_ts": "1700000000.000100",
        "channel": "C07",
        "channel_type": "channel",
        "event_ts": "1700000000.000200",
    }
    return {name: value for name, value in (event | changes).items() if value is not None}


def actor() -> Actor:
    """Whoever wrote it."""
    return Actor(
        person=person_of(T01, "U05"), name=Foreign("花子"), lang="ja", place=place_of(T01, "C07", "U05")
    )


@pytest.mark.parametrize(
    ("changes", "is_heard"),
    [
        ({}, True),
        ({"subtype": "file_share", "files": [{}]}, True),
        ({"subtype": "thread_broadcast"}, True),
        ({"subtype": "me_message"}, True),
        ({"subtype": "bot_message", "user": None, "bot_id": "B01"}, False),
        ({"bot_id": "B01"}, False),
        ({"user": "USLACKBOT"}, False),
        ({"user": None}, False),
        ({"user": ""}, False),
        ({"subtype": "message_changed", "hidden": True}, False),
        ({"subtype": "message_deleted", "hidden": True}, False),
        ({"subtype": "message_replied"}, False),
        ({"subtype": "channel_join"}, False),
        ({"subtype": "channel_leave"}, False),
        ({"subtype": "channel_topic"}, False),
        ({"subtype": "channel_archive"}, False),
        ({"subtype": "reminder_add"}, False),
        ({"subtype": "tombstone", "hidden": True}, False),
        ({"subtype": "a_subtype_of_next_year"}, False),
        ({"hidden": True}, False),
        ({"ts": None}, False),
        ({"ts": "soon"}, False),
    ],
)
def test_only_what_people_say_is_heard(changes: dict[str, Any], *, is_heard: bool) -> None:
    """Bots, edits, deletions, joins and unknown subtypes are nobody saying anything."""
    assert (heard(message(**changes), T01) is not None) is is_heard


def test_a_message_is_one_however_it_arrives() -> None:
    """The live event, its app_mention and the same message of the history have one key."""
    live = heard(message(), T01)
    mention = heard(message(type="app_mention", channel_type=None), T01)
    history = heard(message(channel=None, channel_type=None, event_ts=None), T01, place_of(T01, "C07", ""))
    assert live == mention == history
    assert live is not None
    assert live.key == "m:slack:T01:C07:1700000000.000200"


def test_a_dm_is_the_place_of_its_person() -> None:
    """A DM's channel id says nothing to others; the person in it does."""
    said = heard(message(channel="D99", channel_type="im", thread_ts=None), T01)
    assert said is not None
    assert said.place == "slack:T01:@U05"


def test_a_message_in_a_thread_is_for_the_inquiry_of_its_root() -> None:
    """The thread's root, the message's own id and instant, and its files travel."""
    photo = {"id": "F01", "name": "a.png", "mimetype": "image/png", "size": 2_000}
    said = heard(message(files=[photo, {"id": "F02"}], text="<@U1> &amp; co"), T01)
    assert said is not None
    command = command_of(said, DESK, actor(), NAMES.get)
    assert command == PostMessage(
        key=said.key,
        desk=DESK,
        actor=actor(),
        text=Foreign("@太郎 & co"),
        at=datetime(2023, 11, 14, 22, 13, 20, 200, tzinfo=UTC),
        root="1700000000.000100",  # type: ignore[arg-type]
        message="1700000000.000200",  # type: ignore[arg-type]
        files=(
            File(Foreign("a.png"), 2_000, "image/png", FileRef("slack:T01:F01")),
            File(Foreign(""), 0, "", FileRef("slack:T01:F02")),
        ),
    )


def test_a_message_at_the_top_of_a_dm_is_for_the_dialogue() -> None:
    """It carries no root, also where Slack gives the message itself as its thread."""
    for thread in (None, "1700000000.000200"):
        said = heard(message(channel="D99", channel_type="im", thread_ts=thread), T01)
        assert said is not None
        command = command_of(said, DESK, actor(), NAMES.get)
        assert isinstance(command, Talk)
        assert command.key == "m:slack:T01:@U05:1700000000.000200"


def test_a_message_at_the_top_of_a_channel_is_for_nobody() -> None:
    """What people say among themselves in a channel is not Henji's."""
    said = heard(message(thread_ts=None), T01)
    assert said is not None
    assert command_of(said, DESK, actor(), NAMES.get) is None


@pytest.mark.parametrize(
    ("ts", "micros"), [("1700000000.000200", 200), ("1700000000.5", 500_000), ("1700000000.999999", 999_999)]
)
def test_a_timestamp_is_an_instant_to_the_microsecond(ts: str, micros: int) -> None:
    """No float stands between the timestamp and the instant."""
    assert at_of(ts) == datetime(2023, 11, 14, 22, 13, 20, micros, tzinfo=UTC)


@pytest.mark.parametrize("ts", ["", "1700000000", "x.y", "1700000000.0000000", "-1.0", "１７.０"])
def test_what_is_no_timestamp_is_refused(ts: str) -> None:
    """A malformed timestamp is said to be one, not guessed at."""
    with pytest.raises(Malformed):
        at_of(ts)


@pytest.mark.parametrize(
    ("text", "word", "rest"),
    [
        ("", "", ""),
        ("   ", "", ""),
        ("new", "new", ""),
        ("ＮＥＷ", "new", ""),
        ("show #12", "show", "#12"),
        ("show　１２", "show", "１２"),
        ("Show  12  please", "show", "12  please"),
        ("返品したい", "返品したい", ""),
    ],
)
def test_a_slash_command_is_its_first_word_and_the_rest(text: str, word: str, rest: str) -> None:
    """Width, case and surrounding space of the word do not count; the rest stays as typed."""
    body = {
        "command": "/inquiry",
        "text": text,
        "user_id": "U05",
        "channel_id": "C07",
        "trigger_id": "13.37.abc",
    }
    spoken = typed(body, T01)
    assert (spoken.word, spoken.rest) == (word, rest)
    assert spoken.place == "slack:T01:C07"
    assert spoken.key == "i:13.37.abc"


def test_a_slash_command_without_a_user_is_malformed() -> None:
    """Nobody can be answered then."""
    with pytest.raises(Malformed):
        typed({"command": "/inquiry", "text": "new", "trigger_id": "1"}, T01)


def button(action: dict[str, Any] | None, **changes: object) -> dict[str, Any]:
    """A block action in a channel."""
    body: dict[str, Any] = {
        "type": "block_actions",
        "user": {"id": "U05"},
        "channel": {"id": "C07"},
        "trigger_id": "13.37.abc",
        "response_url": "https://hooks.slack.test/1",
        "actions": [action] if action is not None else [],
    }
    return {name: value for name, value in (body | changes).items() if value is not None}


def test_a_button_is_its_act_and_a_number() -> None:
    """The action id names the act, the value is the inquiry's number and nothing else."""
    press = pressed(button({"action_id": "act:hold", "value": "1042", "type": "button"}), T01)
    assert (press.kind, press.name, press.number, press.key) == ("act", "hold", 1042, "i:13.37.abc")
    assert press.place == "slack:T01:C07"


@pytest.mark.parametrize(
    ("action", "name", "value"),
    [
        ({"action_id": "ask:order:none", "value": "none"}, "order", "none"),
        ({"action_id": "ask:seller", "selected_option": {"value": "s7"}}, "seller", "s7"),
        ({"action_id": "ask:which:12", "value": "12"}, "which", "12"),
        ({"action_id": "ask:seller", "selected_option": None}, "seller", ""),
    ],
)
def test_a_choice_is_the_question_and_what_was_chosen(action: dict[str, Any], name: str, value: str) -> None:
    """Buttons and lists of the dialogue come out the same."""
    press = pressed(button(action, channel={"id": "D99"}), T01)
    assert (press.kind, press.name, press.value, press.place) == ("ask", name, value, "slack:T01:@U05")


@pytest.mark.parametrize("value", ["", "abc", "12; drop", None])
def test_a_button_whose_value_is_no_number_is_malformed(value: str | None) -> None:
    """An old or forged button is told apart before anything is asked of the desk."""
    press = pressed(button({"action_id": "act:hold", "value": value}), T01)
    with pytest.raises(Malformed):
        _ = press.number


@pytest.mark.parametrize(
    "body",
    [
        button(None),
        button({"value": "1"}),
        button({"action_id": "act:hold"}, user=None),
        button({"action_id": "act:hold"}, trigger_id=None),
        button({"action_id": "act:hold", "selected_option": "x"}),
        {},
    ],
)
def test_a_payload_of_no_known_shape_is_malformed(body: dict[str, Any]) -> None:
    """It is refused as such, whatever is missing."""
    with pytest.raises(Malformed):
        pressed(body, T01)


def test_a_form_is_one_however_often_it_is_sent() -> None:
    """A view's key is the view."""
    assert view_key("V0123") == "v:V0123"
