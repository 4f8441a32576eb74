"""A person in the workspace, as a story directs them: they speak, press, choose, come and go.

Made by `SlackEmulator.person`. Every act comes back when the app has acknowledged it or failed to. What
Slack's client would not let a person do raises ImpossibleError.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.emulators.slack import changes, events, mrkdwn
from tests.emulators.slack.blocks import option_problems
from tests.emulators.slack.elements import STATE, entered, initial_state, interactive, named, options_of, pick
from tests.emulators.slack.forms import Form, Value
from tests.emulators.slack.records import (
    CHANNEL_NAME_IN_COMMANDS,
    Channel,
    ImpossibleError,
    Json,
    Message,
    User,
)
from tests.emulators.slack.sight import Sight
from tests.emulators.slack.wire import message_json, view_json

if TYPE_CHECKING:
    from tests.emulators.slack.delivery import Ack, Kind
    from tests.emulators.slack.emulator import SlackEmulator

_MOST_OPTIONS = 100


@dataclass(frozen=True)
class Answer:
    """What a person got: the message shown to them alone, if any, or Slack's word for the app's failure."""

    ok: bool
    message: Message | None = None
    error: str = ""


class Person(Sight):
    """One of the workspace's people; what they see is in `Sight`."""

    def __init__(self, slack: SlackEmulator, user: User) -> None:
        super().__init__(slack.world, user)
        self.slack = slack

    # speaking

    async def says(
        self, text: str, *, channel: Channel, thread: Message | None = None, files: tuple[str, ...] = ()
    ) -> Message:
        """Post into a channel or a thread; @name and #name become mentions, files come by name."""
        self._has_to_be_in(channel)
        typed, blocks = mrkdwn.as_typed(text, self.world.ids_as_typed())
        message = Message(self.world.new_ts(), channel.id, self.id, typed, blocks if text else [])
        message.thread_ts = (thread.thread_ts or thread.ts) if thread else ""
        message.files = [self._file(name) for name in files]
        message.subtype = "file_share" if files else ""
        self.world.post(message)
        await self.slack.delivery.tell(events.posted(self.world, message))
        return message

    async def dm(self, text: str, *, thread: Message | None = None, files: tuple[str, ...] = ()) -> Message:
        """Write to the bot; `thread` is a message they see in that DM."""
        if self.world.messages_tab != "writable":
            raise ImpossibleError("sending messages to this app has been turned off")
        return await self.says(text, channel=self.world.dm(self.id), thread=thread, files=files)

    async def edits(self, message: Message, text: str) -> None:
        """Change what they said."""
        before = message_json(self.world, self._own(message))
        message.text, message.blocks = mrkdwn.as_typed(text, self.world.ids_as_typed())
        message.edited = {"user": self.id, "ts": self.world.new_ts()}
        self.world.edited(message)
        await self.slack.delivery.tell(events.changed(self.world, message, before))

    async def deletes(self, message: Message) -> None:
        """Take back what they said."""
        channel = self.world.channels[self._own(message).channel]
        await self.slack.delivery.tell(changes.remove(self.world, channel, message))

    async def reacts(self, message: Message, emoji: str) -> None:
        """Put an emoji on a message."""
        self._has_to_be_in(self.world.channels[message.channel])
        message.reactions.setdefault(emoji, []).append(self.id)
        await self.slack.delivery.tell(events.reacted(self.world, message, self.id, emoji, "added"))

    async def command(self, typed: str, *, channel: Channel | None = None) -> Answer:
        """Type a slash command, in the DM with the bot unless a channel is named."""
        where = channel or self.world.dm(self.id)
        self._has_to_be_in(where)
        name, _, text = typed.partition(" ")
        response_url = self.slack.response_urls.give_out(self.id, where.id)
        payload = events.command(self.world, self.id, where, (name, text.strip()), response_url)
        return await self._answered("slash_commands", payload, where.id)

    # pressing and choosing

    async def presses(self, name: str, *, on: Message | Form) -> Answer:
        """Press the button that reads so (or has this action id), saying yes where it asks again."""
        block, element = named(self._blocks(on), name)
        if element["type"] != "button":
            raise ImpossibleError(f"{name!r} is a {element['type']}, not a button")
        value = {name: element[name] for name in ("value", "url") if name in element}
        return await self.acts(block, element, {"type": "button", "text": element["text"]} | value, on=on)

    async def chooses(self, option: Value, *, on: Message | Form, select: str = "") -> Answer:
        """Choose in a select, menu, date picker or group of boxes; `select` names one of several."""
        block, element = self._only_choice(on, select)
        if element["type"] == "overflow":
            state = {"type": "overflow", "selected_option": pick(options_of(element), str(option))}
        else:
            state = entered(element, await self.chosen(element, option, on))
        if isinstance(on, Form):
            on.view.state.setdefault(block["block_id"], {})[element["action_id"]] = state
        return await self.acts(block, element, state, on=on)

    async def types_in_select(self, text: str, *, on: Message | Form, select: str = "") -> list[str]:
        """What a select whose options come from the app offers for these letters."""
        _, element = self._only_choice(on, select)
        return [each["text"]["text"] for each in await self._offered(element, text, on)]

    async def acts(self, block: Json, element: Json, state: Json, *, on: Message | Form) -> Answer:
        """Tell the app of an act on an element, in the words of block_actions."""
        channel = on.channel if isinstance(on, Message) else ""
        action = {
            "action_id": element["action_id"],
            "block_id": block["block_id"],
            "action_ts": self.world.new_ts(),
        }
        about = self._about(on) | {"actions": [state | action], "trigger_id": self.world.new_trigger(self.id)}
        if isinstance(on, Message) and element["type"] in STATE:
            about["state"]["values"][block["block_id"]][element["action_id"]] = state
        if isinstance(on, Message):
            about["response_url"] = self.slack.response_urls.give_out(self.id, channel, on.ts)
        payload = events.interaction(self.world, self.id, "block_actions", about)
        return await self._answered("interactive", payload, "")

    async def chosen(self, element: Json, value: Value, on: Message | Form) -> object:
        """What a person's words stand for here: text, options by label, people and channels by name."""
        field = STATE[element["type"]][0]
        if value is None or field in ("value", "selected_date", "selected_time", "selected_date_time"):
            return value
        picked = [
            await self._picked(element, each, on) for each in ([value] if isinstance(value, str) else value)
        ]
        return picked if field.endswith("s") else picked[0]

    async def delivers(self, kind: Kind, payload: Json) -> Ack:
        """Let the app know, and wait for its acknowledgement."""
        return await self.slack.delivery.deliver(kind, payload)

    # coming and going

    async def opens_home(self) -> Form | None:
        """Open the app's Home tab."""
        await self.slack.delivery.tell(events.home_opened(self.world, self.id, "home"))
        view = self.world.homes.get(self.id)
        return Form(self, view) if view else None

    async def joins(self, channel: Channel) -> None:
        """Join a channel, by oneself or by invitation."""
        await self.slack.delivery.tell(changes.join(self.world, channel, self.id))

    async def leaves(self, channel: Channel) -> None:
        """Leave a channel."""
        await self.slack.delivery.tell(changes.leave(self.world, channel, self.id))

    async def invites_bot(self, channel: Channel) -> None:
        """Let the bot into a channel."""
        self._has_to_be_in(channel)
        await self.slack.delivery.tell(changes.join(self.world, channel, self.world.bot.id, inviter=self.id))

    async def removes_bot(self, channel: Channel) -> None:
        """Take the bot out of a channel."""
        self._has_to_be_in(channel)
        await self.slack.delivery.tell(changes.leave(self.world, channel, self.world.bot.id))

    async def archives(self, channel: Channel) -> None:
        """Archive a channel."""
        self._has_to_be_in(channel)
        await self.slack.delivery.tell(changes.archive(self.world, channel, self.id))

    @property
    def view(self) -> Form | None:
        """The form in front of them, if one is open."""
        stack = self.world.stacks[self.id]
        return Form(self, stack[-1]) if stack else None

    # within

    def _only_choice(self, on: Message | Form, select: str) -> tuple[Json, Json]:
        blocks = self._blocks(on)
        if select:
            return named(blocks, select)
        kinds = {kind for kind in (*STATE, "overflow") if not kind.endswith("_input")}
        ids = [each["action_id"] for block in blocks for each in interactive(block) if each["type"] in kinds]
        if len(ids) != 1:
            raise ImpossibleError(f"say which select; there are {ids}")
        return named(blocks, ids[0])

    async def _picked(self, element: Json, name: str, on: Message | Form) -> object:
        if "external" in element["type"]:
            return pick(await self._offered(element, name, on), name)
        if options_of(element):
            return pick(options_of(element), name)
        ids = {
            **self.world.ids_as_typed(),
            **{each: each for each in (*self.world.users, *self.world.channels)},
        }
        for written in (f"@{name}", f"#{name}", name):
            if written in ids:
                return ids[written]
        raise ImpossibleError(f"nobody and nothing is called {name!r}")

    async def _offered(self, element: Json, typed: str, on: Message | Form) -> list[Json]:
        block = next(each for each in self._blocks(on) if element in interactive(each))
        about = self._about(on) | {
            "action_id": element["action_id"],
            "block_id": block["block_id"],
            "value": typed,
        }
        ack = await self.delivers(
            "interactive", events.interaction(self.world, self.id, "block_suggestion", about)
        )
        options: list[Json] = options_of(ack.body)
        if options:
            self.world.unexpected += option_problems(options, _MOST_OPTIONS, "/options")
        return options

    def _blocks(self, on: Message | Form) -> list[Json]:
        if isinstance(on, Form):
            return list(on.view.body["blocks"])
        if not self.can_see(on):
            raise ImpossibleError(f"{self.name} cannot see that message")
        return on.blocks

    def _about(self, on: Message | Form) -> Json:
        if isinstance(on, Form):
            view = view_json(self.world, on.view)
            return {"container": {"type": "view", "view_id": on.view.id}, "view": view}
        channel = self.world.channels[on.channel]
        name = CHANNEL_NAME_IN_COMMANDS.get(channel.kind, channel.name)
        container = {"type": "message", "message_ts": on.ts, "channel_id": channel.id}
        thread = {"thread_ts": on.thread_ts} if on.thread_ts else {}
        about: Json = {
            "channel": {"id": channel.id, "name": name},
            "container": container | {"is_ephemeral": bool(on.ephemeral_to)} | thread,
            "state": {"values": initial_state(on.blocks)},
        }
        return about if on.ephemeral_to else about | {"message": message_json(self.world, on, metadata=True)}

    async def _answered(self, kind: Kind, payload: Json, channel: str) -> Answer:
        """Deliver, show what the ack carries, and give what was shown to them alone in the meantime."""
        before = set(self.world.ephemerals)
        ack = await self.delivers(kind, payload)
        if not ack.ok:
            return Answer(ok=False, error="operation_timeout" if "timeout" in ack.why else "dispatch_failed")
        if channel and ({"text", "blocks"} & set(ack.body)):
            await self.slack.delivery.tell(self.slack.response_urls.put(self.id, channel, ack.body))
        shown = [
            each
            for ts, each in self.world.ephemerals.items()
            if ts not in before and each.ephemeral_to == self.id
        ]
        return Answer(ok=True, message=shown[-1] if shown else None)

    def _has_to_be_in(self, channel: Channel) -> None:
        if self.id not in channel.members:
            raise ImpossibleError(f"{self.name} is not in #{channel.name}")
        if channel.archived:
            raise ImpossibleError(f"#{channel.name} is archived")

    def _own(self, message: Message) -> Message:
        if message.user != self.id:
            raise ImpossibleError(f"that message is not {self.name}'s")
        return message

    def _file(self, name: str) -> Json:
        some_id = self.world.new_id("F")
        address = f"https://files.slack.test/{some_id}/{name}"
        return {
            "id": some_id,
            "name": name,
            "title": name,
            "mode": "hosted",
            "size": 12345,
            "url_private": address,
        }
