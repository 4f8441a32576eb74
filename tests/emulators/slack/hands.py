"""What a person does with buttons, menus and forms: the half of a `Person` that touches.

`people` adds speaking, coming and going; `forms` fills in through it. Every act comes back when the app has
acknowledged it or failed to. What Slack's client would not let a person do raises ImpossibleError.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.emulators.people import ImpossibleError
from tests.emulators.slack import events
from tests.emulators.slack.blocks import option_problems
from tests.emulators.slack.elements import STATE, entered, initial_state, interactive, named, options_of, pick
from tests.emulators.slack.forms import Form, Value
from tests.emulators.slack.records import CHANNEL_NAME_IN_COMMANDS, Json, Message, User
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


class Hands(Sight):
    """The hands of one person."""

    def __init__(self, slack: SlackEmulator, user: User) -> None:
        super().__init__(slack.world, user)
        self.slack = slack

    @property
    def view(self) -> Form | None:
        """The form in front of them, if one is open."""
        stack = self.world.stacks[self.id]
        return Form(self, stack[-1]) if stack else None

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
        if self.slack.installation and not self.slack.installation.interactive:
            return Answer(ok=False, error="interactivity_disabled")
        payload = events.interaction(self.world, self.id, "block_actions", about)
        return await self.answered("interactive", payload, "")

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

    async def answered(self, kind: Kind, payload: Json, channel: str) -> Answer:
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
