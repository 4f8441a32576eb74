"""A form as its reader uses it: filling in by label, choosing, submitting, closing.

Made by `hands`. What Discord's client refuses by itself (a field left empty, text that is too long) never
reaches the app here either.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from tests.emulators.discord.choosing import Value, values
from tests.emulators.discord.components import SELECTS, Kind
from tests.emulators.discord.interactions import Kind as InteractionKind
from tests.emulators.discord.interactions import Modal
from tests.emulators.discord.modals import fields
from tests.emulators.discord.records import Json, Message
from tests.emulators.discord.wire_interactions import resolved_json
from tests.emulators.people import ImpossibleError

if TYPE_CHECKING:
    from tests.emulators.discord.hands import Hands


@dataclass(frozen=True)
class Submission:
    """What came back of a form; its errors are by label, and `message` is what was shown.

    `by_client` says that Discord's own client refused, and that the app never heard of it. After "failed" the
    form still stands there.
    """

    outcome: Literal["closed", "errors", "failed"]
    errors: dict[str, str] = field(default_factory=dict)
    by_client: bool = False
    message: Message | None = None


class Form:
    """The form in front of one person."""

    def __init__(self, person: Hands, modal: Modal) -> None:
        self.person = person
        self.modal = modal

    @property
    def title(self) -> str:
        """What stands at its head."""
        return str(self.modal.body["title"])

    @property
    def labels(self) -> list[str]:
        """What can be filled in, from the top."""
        return [each["label"] for each in fields(self.modal.body)]

    def value(self, label: str) -> str | list[str] | None:
        """What a field holds: text, the label of the option chosen, an id, a list where it takes several."""
        found = self._field(label)
        entered = self.modal.state[found["custom_id"]]
        if isinstance(entered, str):
            return entered
        labels = {each["value"]: each["label"] for each in found.get("options") or ()}
        read = [labels.get(each, each) for each in entered]
        return read if found.get("max_values", 1) > 1 else next(iter(read), None)

    async def fill(self, entered: dict[str, Value] | None = None, /, **by_label: Value) -> Form:
        """Enter text, or choose by what options read (people, roles, channels by name), under each label."""
        for label, value in {**(entered or {}), **by_label}.items():
            found = self._field(label)
            if found["type"] == Kind.TEXT_INPUT:
                if isinstance(value, list):
                    raise ImpossibleError(f"{label!r} takes text")
                self.modal.state[found["custom_id"]] = value or ""
            else:
                where = self.modal.opened_by.channel
                takes = found | ({"min_values": 0} if value in (None, []) else {})
                self.modal.state[found["custom_id"]] = values(self.person, takes, value, where)
        return self

    async def submit(self) -> Submission:
        """Press the form's button."""
        refused = {each["label"]: said for each in fields(self.modal.body) if (said := self._refusal(each))}
        if refused:
            return Submission("errors", refused, by_client=True)
        opened_by = self.modal.opened_by
        chosen = [id_ for each in self._entities() for id_ in self.modal.state[each["custom_id"]]]
        resolved = resolved_json(self.person.world, opened_by.channel, self.person.id, chosen)
        data: Json = {"custom_id": self.modal.body["custom_id"], "components": self._submitted()}
        about = data | ({"resolved": resolved} if resolved else {})
        interaction = self.person.acts(InteractionKind.MODAL_SUBMIT, opened_by.channel, about)
        interaction.message, interaction.opened_by = opened_by.message, opened_by
        answer = await self.person.answered(interaction)
        if not answer.ok:
            return Submission("failed")
        self._leave()
        return Submission("closed", message=answer.message)

    async def close(self) -> None:
        """Press the form's cross; the app never hears of it."""
        self._leave()

    def _leave(self) -> None:
        modals = self.person.discord.interactions.modals
        if modals.get(self.person.id) is self.modal:
            del modals[self.person.id]

    def _field(self, label: str) -> Json:
        found = [each for each in fields(self.modal.body) if label in (each["label"], each["custom_id"])]
        if len(found) != 1:
            raise ImpossibleError(f"{len(found)} fields are called {label!r}; there are {self.labels}")
        return found[0]

    def _entities(self) -> list[Json]:
        kinds = SELECTS - {Kind.STRING_SELECT}
        return [each for each in fields(self.modal.body) if each["type"] in kinds]

    def _refusal(self, found: Json) -> str:
        entered, needed = self.modal.state[found["custom_id"]], found.get("required", True)
        if not entered:
            return "This field is required" if needed else ""
        least, most = found.get("min_length") or 0, found.get("max_length") or 4000
        if isinstance(entered, str) and not least <= len(entered) <= most:
            return f"Must be between {least} and {most} in length."
        return ""

    def _submitted(self) -> list[Json]:
        return [self._entered(each) for each in self.modal.body["components"]]

    def _entered(self, component: Json) -> Json:
        about: Json = {"type": component["type"], "id": component["id"]}
        if component["type"] == Kind.LABEL:
            return about | {"component": self._entered(component["component"])}
        if component["type"] == Kind.ROW:
            return about | {"components": [self._entered(each) for each in component["components"]]}
        if component["type"] == Kind.TEXT_DISPLAY:
            return about
        name = "value" if component["type"] == Kind.TEXT_INPUT else "values"
        entered = self.modal.state[component["custom_id"]]
        return about | {"custom_id": component["custom_id"], name: entered}
