"""A modal or Home tab as its reader uses it: filling in by label, choosing, submitting, closing.

Made by `people`. What Slack's client refuses by itself (a field left empty, text that is too long) never
reaches the app here either.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from tests.emulators.people import ImpossibleError
from tests.emulators.slack import events
from tests.emulators.slack.elements import entered, interactive, label_of, named, value_in
from tests.emulators.slack.methods_views import check_view, push, replace
from tests.emulators.slack.records import Json, View
from tests.emulators.slack.wire import view_json

if TYPE_CHECKING:
    from tests.emulators.slack.delivery import Ack
    from tests.emulators.slack.hands import Hands

Value = str | list[str] | None


@dataclass(frozen=True)
class Submission:
    """What came back of a form; its errors are by label.

    `by_client` says that Slack's own client refused, and that the app never heard of it.
    """

    outcome: Literal["closed", "cleared", "errors", "updated", "pushed", "failed"]
    errors: dict[str, str] = field(default_factory=dict)
    by_client: bool = False


class Form:
    """One open view of one person."""

    def __init__(self, person: Hands, view: View) -> None:
        self.person = person
        self.view = view

    @property
    def title(self) -> str:
        """What stands at its head."""
        return str((self.view.body.get("title") or {}).get("text", ""))

    @property
    def labels(self) -> list[str]:
        """What can be used in it, from the top."""
        return [label_of(block, each) for block in self.view.body["blocks"] for each in interactive(block)]

    def value(self, label: str) -> object:
        """What a field holds: text, the label of the option chosen, a list of those or of ids, or nothing."""
        block, element = named(self.view.body["blocks"], label)
        value = value_in(self.view.state[block["block_id"]][element["action_id"]])
        if isinstance(value, list):
            return [_read(each) for each in value]
        return _read(value)

    async def fill(self, values: dict[str, Value] | None = None, /, **by_label: Value) -> Form:
        """Enter text, or choose by what the options read (people and channels by name), under each label."""
        for label, value in {**(values or {}), **by_label}.items():
            block, element = named(self.view.body["blocks"], label)
            state = entered(element, await self.person.chosen(element, value, self))
            self.view.state.setdefault(block["block_id"], {})[element["action_id"]] = state
            if block.get("dispatch_action") or block["type"] != "input":
                await self.person.acts(block, element, state, on=self)
        return self

    async def submit(self) -> Submission:
        """Press the form's button."""
        if "submit" not in self.view.body:
            raise ImpossibleError(f"the form {self.title!r} has nothing to submit")
        refused = dict(self._refused_by_client())
        if refused:
            return Submission("errors", refused, by_client=True)
        world = self.person.world
        about = {
            "view": view_json(world, self.view),
            "trigger_id": world.new_trigger(self.person.id),
            "response_urls": [],
        }
        payload = events.interaction(world, self.person.id, "view_submission", about)
        return self._answered(await self.person.delivers("interactive", payload))

    async def close(self) -> None:
        """Press the form's cross; the app hears of it only where it asked to."""
        self._leave()
        if self.view.body.get("notify_on_close"):
            about = {"view": view_json(self.person.world, self.view), "is_cleared": False}
            payload = events.interaction(self.person.world, self.person.id, "view_closed", about)
            await self.person.delivers("interactive", payload)

    def _answered(self, ack: Ack) -> Submission:
        if not ack.ok:
            return Submission("failed")
        action, world = ack.body.get("response_action", ""), self.person.world
        if action == "errors":
            return Submission(
                "errors", {self._label(block): said for block, said in ack.body["errors"].items()}
            )
        if action in ("update", "push"):
            world.unexpected += [
                f"a view in an ack: {each}" for each in check_view(ack.body.get("view"), "modal")
            ]
        match action:
            case "":
                self._leave()
                return Submission("closed")
            case "clear":
                world.stacks[self.person.id].clear()
                return Submission("cleared")
            case "update":
                replace(world, self.view, ack.body["view"])
                return Submission("updated")
            case "push":
                push(world, self.person.id, ack.body["view"])
                return Submission("pushed")
            case other:
                world.unexpected.append(f"response_action {other!r}")
                return Submission("failed")

    def _leave(self) -> None:
        stack = self.person.world.stacks[self.person.id]
        if self.view in stack:
            stack.remove(self.view)

    def _label(self, block_id: str) -> str:
        for block in self.view.body["blocks"]:
            if block["block_id"] == block_id and block["type"] == "input":
                return str(block["label"]["text"])
        self.person.world.unexpected.append(f"an error for {block_id!r}, which is no input of the form")
        return block_id

    def _refused_by_client(self) -> list[tuple[str, str]]:
        inputs = [each for each in self.view.body["blocks"] if each["type"] == "input"]
        states = [self.view.state[each["block_id"]][each["element"]["action_id"]] for each in inputs]
        said = [_refusal(block, value_in(state)) for block, state in zip(inputs, states, strict=True)]
        return [(block["label"]["text"], each) for block, each in zip(inputs, said, strict=True) if each]


def _refusal(block: Json, value: object) -> str:
    if not value:
        return "" if block.get("optional") else "Please complete this required field."
    longest, shortest = block["element"].get("max_length", 3000), block["element"].get("min_length", 0)
    if isinstance(value, str) and len(value) > longest:
        return f"Please enter no more than {longest} characters."
    if isinstance(value, str) and len(value) < shortest:
        return f"Please enter at least {shortest} characters."
    return ""


def _read(value: object) -> object:
    return value["text"]["text"] if isinstance(value, dict) else value
