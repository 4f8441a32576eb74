"""How an app answers interactions: first answers, follow-ups, changes to both, and what people see of them.

Called by `routes_interactions`. The three seconds, the one answer and the token's fifteen minutes are held by
`interactions`; here is which answer fits which act, and what becomes of it.
https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object
"""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.emulators.discord import deeds
from tests.emulators.discord.bodies import check_body, fill
from tests.emulators.discord.components import numbered
from tests.emulators.discord.interactions import Callback, Interaction, Interactions, Kind, Modal
from tests.emulators.discord.modals import fields, initial, modal_problems
from tests.emulators.discord.problems import Problem, length, one_of, refuse, text
from tests.emulators.discord.records import DiscordError, Flag, Json, Message, MessageKind, Reference
from tests.emulators.discord.rest import Upload
from tests.emulators.discord.wire_interactions import answer_json, metadata_json

ORIGINAL = "@original"
_GIVEN_BY_APP = Flag.EPHEMERAL | Flag.SUPPRESS_EMBEDS | Flag.SUPPRESS_NOTIFICATIONS
_MESSAGES = (Callback.MESSAGE, Callback.DEFERRED_MESSAGE)
_ON_A_MESSAGE = (Callback.DEFERRED_UPDATE, Callback.UPDATE)
_FITS: dict[Kind, tuple[Callback, ...]] = {
    Kind.COMMAND: (*_MESSAGES, Callback.MODAL),
    Kind.COMPONENT: (*_MESSAGES, *_ON_A_MESSAGE, Callback.MODAL),
    Kind.AUTOCOMPLETE: (Callback.CHOICES,),
    Kind.MODAL_SUBMIT: (*_MESSAGES, *_ON_A_MESSAGE),
}
_MOST_CHOICES, _LONGEST_CHOICE = 25, 100


class Callbacks:
    """The app's side of all interactions."""

    def __init__(self, interactions: Interactions) -> None:
        self.interactions = interactions
        self.world = interactions.world

    def answer(self, some_id: str, token: str, body: Json, files: list[Upload]) -> Json:
        """The first answer. One that is refused for its form leaves the interaction open."""
        interaction = self.interactions.awaiting(some_id, token)
        fitting = [
            each for each in _FITS[interaction.kind] if interaction.message or each not in _ON_A_MESSAGE
        ]
        if body.get("type") not in fitting:
            refuse([one_of("type", map(int, fitting))])
        data = body.get("data") or {}
        with _below_data():
            message = self._take(interaction, Callback(body["type"]), data, files)
        interaction.answer = Callback(body["type"])
        interaction.original = message.id if message else ""
        interaction.answered.set()
        return answer_json(self.world, interaction, message)

    def follow_up(self, interaction: Interaction, body: Json, files: list[Upload]) -> Message:
        """One more message; the first one takes the place of an answer that was put off."""
        original = self._original(interaction)
        if original is not None and Flag.LOADING in original.flags:
            return self.edit(interaction, original, body, files)
        return self._post(interaction, body, files)

    def edit(self, interaction: Interaction, message: Message, body: Json, files: list[Upload]) -> Message:
        """Change a message of the interaction's; what is not named stays."""
        loading = Flag.LOADING in message.flags
        check_body(body, files, before=message)
        fill(self.world, message, body, files)
        message.flags &= ~Flag.LOADING
        if message.ephemeral_to:
            message.flags |= Flag.EPHEMERAL
            message.edited_at = None if loading else self.world.now()
            interaction.shown.append(message)
        else:
            deeds.edit(self.world, message, body.get("allowed_mentions"))
        if loading:
            interaction.filled.set()
        return message

    def message(self, interaction: Interaction, some_id: str) -> Message:
        """A message of the interaction's, by its id or as @original."""
        found = self._original(interaction) if some_id == ORIGINAL else self.world.find(some_id)
        if found is None or found.author != self.world.bot.id or found.channel != interaction.channel:
            raise DiscordError(404, 10008, "Unknown Message")
        return found

    def _original(self, interaction: Interaction) -> Message | None:
        return self.world.find(interaction.original) if interaction.original else None

    def _take(
        self, interaction: Interaction, kind: Callback, data: Json, files: list[Upload]
    ) -> Message | None:
        match kind:
            case Callback.MESSAGE:
                return self._post(interaction, data, files)
            case Callback.DEFERRED_MESSAGE:
                waiting = Message(self.world.new_id(), interaction.channel, self.world.bot.id)
                return self._put(interaction, waiting, data, Flag.LOADING)
            case Callback.DEFERRED_UPDATE:
                return interaction.message
            case Callback.UPDATE:
                return self.edit(interaction, self.message(interaction, _id_of(interaction)), data, files)
            case Callback.CHOICES:
                refuse(_choices(data))
                interaction.choices = list(data.get("choices") or ())
            case _:
                self._open(interaction, data)
        return None

    def _open(self, interaction: Interaction, data: Json) -> None:
        refuse(modal_problems(data))
        body = data | {"components": numbered(data["components"])}
        state = {each["custom_id"]: initial(each) for each in fields(body)}
        self.interactions.modals[interaction.user] = Modal(body, interaction, state)

    def _post(self, interaction: Interaction, body: Json, files: list[Upload]) -> Message:
        check_body(body, files)
        message = Message(self.world.new_id(), interaction.channel, self.world.bot.id)
        fill(self.world, message, body, files)
        return self._put(interaction, message, body, Flag.NONE)

    def _put(self, interaction: Interaction, message: Message, body: Json, flags: Flag) -> Message:
        """Let a message be seen: by everybody there, or by the one person who acted."""
        message.flags = flags | (Flag(int(body.get("flags") or 0)) & _GIVEN_BY_APP)
        message.interaction = {
            "application_id": self.world.application_id,
            "webhook_id": self.world.application_id,
            "interaction_metadata": metadata_json(self.world, interaction),
        }
        if interaction.kind is Kind.COMMAND and interaction.answer is None:
            message.kind = MessageKind.CHAT_INPUT_COMMAND
        elif answered := interaction.original or _id_of(interaction):
            message.kind = MessageKind.REPLY
            message.reference = Reference(interaction.channel, answered)
        if Flag.EPHEMERAL in message.flags:
            message.ephemeral_to = interaction.user
            self.world.ephemerals[message.id] = message
        else:
            deeds.say(self.world, message, body.get("allowed_mentions"))
        interaction.shown.append(message)
        return message


@contextmanager
def _below_data() -> Iterator[None]:
    """Let problems of a message's body be said where it stands in the body of an answer."""
    try:
        yield
    except DiscordError as error:
        if error.errors is not None and "data" not in error.errors:
            error.errors = {"data": error.errors}
        raise


def _id_of(interaction: Interaction) -> str:
    return interaction.message.id if interaction.message else ""


def _choices(data: Json) -> list[Problem]:
    choices = data.get("choices") or []
    problems = [] if len(choices) <= _MOST_CHOICES else [length("data.choices", 0, _MOST_CHOICES)]
    for at, each in enumerate(choices):
        problems += text(each, f"data.choices.{at}", "name", _LONGEST_CHOICE)
        if isinstance(each.get("value"), str):
            problems += text(each, f"data.choices.{at}", "value", _LONGEST_CHOICE)
    return problems
