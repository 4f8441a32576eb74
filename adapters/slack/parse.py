"""Slack's payloads as what happened: a message heard, words typed after a slash command, a button pressed.

Called by the listeners and by `history`, which reads the same messages back. Gives commands their idempotency
keys: a message is its place and timestamp, an interaction its trigger, a form its view. Pure.
https://docs.slack.dev/reference/events/message, https://docs.slack.dev/reference/interaction-payloads
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from adapters.slack.attached import files_of
from adapters.slack.channels import notice_in
from adapters.slack.written import Names, written
from core.commands import Actor, PostMessage, Talk
from core.entering import number_in
from core.files import File
from core.ids import DeskId, Key, MessageId, PersonId, PlaceId, WorkspaceId, person_of_dm

Payload = Mapping[str, Any]

_SAID = frozenset({"", "file_share", "thread_broadcast", "me_message"})
"""The subtypes by which somebody says something; edits, deletions, joins, bots and others are not heard."""

_SLACKBOT = "USLACKBOT"
_TS = re.compile(r"([0-9]{1,11})\.([0-9]{1,6})")


class Malformed(ValueError):
    """A payload that says nothing Henji knows: a button of long ago, a value that is no number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A message somebody wrote; `thread` is the message it hangs under, if any.

    `text` is still Slack's, and so are the `blocks` in which it says the same with its formatting.
    """

    place: PlaceId
    user: str
    ts: str
    thread: str | None
    text: str
    files: tuple[File, ...]
    blocks: tuple[Payload, ...] = ()

    @property
    def key(self) -> Key:
        """The message's place and timestamp: however it reaches us, it is one."""
        return Key(f"m:{self.place}:{self.ts}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A slash command: all that was typed after it, its first word folded, and the rest as it was typed."""

    command: str
    text: str
    word: str
    rest: str
    user: str
    place: PlaceId
    trigger: str

    @property
    def key(self) -> Key:
        """The interaction."""
        return Key(f"i:{self.trigger}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A button pressed or a choice made: `act:<name>` or `ask:<asking>`, with its value."""

    kind: str
    name: str
    value: str
    user: str
    place: PlaceId
    trigger: str
    response_url: str

    @property
    def key(self) -> Key:
        """The interaction."""
        return Key(f"i:{self.trigger}")

    @property
    def number(self) -> int:
        """The inquiry's number; raises Malformed where the value is none."""
        number = number_in(self.value)
        if number is None:
            raise Malformed(self.kind)
        return number


def person_of(workspace: WorkspaceId, user: str) -> PersonId:
    """Someone of a workspace, from Slack's user id."""
    return PersonId(f"{workspace}:{user}")


def place_of(workspace: WorkspaceId, channel: str, user: str) -> PlaceId:
    """A channel, or the DM with `user` where Slack's channel id is a DM's."""
    return PlaceId(f"{workspace}:@{user}" if channel.startswith("D") else f"{workspace}:{channel}")


def view_key(view_id: str) -> Key:
    """The key of what a form's submission does: the form, however often it is submitted."""
    return Key(f"v:{view_id}")


def at_of(ts: str) -> datetime:
    """The instant of a message's timestamp (`seconds.micros`); raises Malformed."""
    match = _TS.fullmatch(ts)
    if match is None:
        raise Malformed("ts")
    micros = int(match[2].ljust(6, "0"))
    return datetime.fromtimestamp(int(match[1]), UTC) + timedelta(microseconds=micros)


def heard(message: Payload, workspace: WorkspaceId, place: PlaceId | None = None) -> Heard | None:
    """What somebody said, from a message event or, with its place, from a message of the history.

    None where nobody did: posts of bots and of Henji itself, edits, deletions, joins and the like.
    """
    user, ts = message.get("user"), message.get("ts")
    said = (message.get("subtype") or "") in _SAID and not message.get("bot_id") and not message.get("hidden")
    said = said and notice_in(message) is None  # what we post with files may say that a user did
    if not said or not isinstance(user, str) or not user or user == _SLACKBOT:
        return None
    if not isinstance(ts, str) or _TS.fullmatch(ts) is None:
        return None
    thread = message.get("thread_ts")
    return Heard(
        place=place or place_of(workspace, str(message.get("channel") or ""), user),
        user=user,
        ts=ts,
        thread=None if thread == ts else thread,
        text=str(message.get("text") or ""),
        files=files_of(message, workspace),
        blocks=tuple(each for each in message.get("blocks") or () if isinstance(each, Mapping)),
    )


def command_of(message: Heard, desk: DeskId, actor: Actor, names: Names) -> PostMessage | Talk | None:
    """What a message is: in a thread for an inquiry, in the DM for the dialogue, elsewhere for nobody."""
    if message.thread is not None:
        return post_of(message, desk, actor, names)
    return talk_of(message, desk, actor, names) if person_of_dm(message.place) is not None else None


def post_of(message: Heard, desk: DeskId, actor: Actor, names: Names) -> PostMessage:
    """A message in a thread, for the inquiry whose card is the thread's root."""
    return PostMessage(
        key=message.key,
        desk=desk,
        actor=actor,
        text=written(message.text, names, message.blocks),
        at=at_of(message.ts),
        root=None if message.thread is None else MessageId(message.thread),
        message=MessageId(message.ts),
        files=message.files,
    )


def talk_of(message: Heard, desk: DeskId, actor: Actor, names: Names) -> Talk:
    """A message in a DM, for the dialogue."""
    text = written(message.text, names, message.blocks)
    return Talk(key=message.key, desk=desk, actor=actor, text=text, at=at_of(message.ts), files=message.files)


def typed(body: Payload, workspace: WorkspaceId) -> Typed:
    """A slash command, from its form's fields; raises Malformed."""
    text = str(body.get("text") or "").strip()
    word, *rest = text.split(maxsplit=1) or [""]
    user = _text(body, "user_id")
    return Typed(
        command=str(body.get("command") or ""),
        text=text,
        word=unicodedata.normalize("NFKC", word).casefold(),
        rest=rest[0] if rest else "",
        user=user,
        place=place_of(workspace, str(body.get("channel_id") or "D"), user),
        trigger=_text(body, "trigger_id"),
    )


def pressed(body: Payload, workspace: WorkspaceId) -> Pressed:
    """A block action, from its payload; raises Malformed."""
    try:
        user, action = body["user"]["id"], body["actions"][0]
        kind, _, name = str(action["action_id"]).partition(":")
        option = action.get("selected_option") or {}
        channel = (body.get("channel") or {}).get("id") or "D"
        return Pressed(
            kind=kind,
            name=name.partition(":")[0],
            value=str(action.get("value") or option.get("value") or ""),
            user=user,
            place=place_of(workspace, channel, user),
            trigger=_text(body, "trigger_id"),
            response_url=str(body.get("response_url") or ""),
        )
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise Malformed("action") from error


def _text(body: Payload, name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise Malformed(name)
    return value
