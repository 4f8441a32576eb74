"""The addresses that come with commands and interactions: five answers within half an hour.

Made by the people when they act, used by `server` when the app posts there.
https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.emulators.slack import events
from tests.emulators.slack.blocks import check_blocks
from tests.emulators.slack.records import Json, Message, SlackError
from tests.emulators.slack.wire import message_json
from tests.emulators.slack.world import World

USES = 5
LIFETIME = timedelta(minutes=30)


@dataclass
class _Address:
    user: str
    channel: str
    message_ts: str
    until: datetime
    uses: int = 0


class ResponseUrls:
    """The addresses given out so far."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.origin = ""
        self._addresses: dict[str, _Address] = {}

    def give_out(self, user: str, channel: str, message_ts: str = "") -> str:
        """An address for one act of a person, in a channel, on a message if it was on one."""
        token = self.world.new_id("respond-")
        self._addresses[token] = _Address(user, channel, message_ts, self.world.now() + LIFETIME)
        return f"{self.origin}/response/{token}"

    def answer(self, token: str, body: Json) -> list[Json]:
        """Do what the app asks for; the events it causes. SlackError used_url, expired_url or no_text."""
        address = self._addresses.get(token)
        if address is None or self.world.now() > address.until:
            raise SlackError("expired_url")
        if address.uses >= USES:
            raise SlackError("used_url")
        address.uses += 1
        if body.get("delete_original"):
            return self._delete(address)
        if body.get("replace_original"):
            return self._replace(address, body)
        return self.put(address.user, address.channel, body)

    def put(self, user: str, channel: str, body: Json) -> list[Json]:
        """Show an answer: to this person only, unless it says in_channel. Acks of commands come here too."""
        text, blocks = str(body.get("text") or ""), body.get("blocks") or []
        check_blocks(blocks)
        if not text and not blocks:
            raise SlackError("no_text")
        world = self.world
        message = Message(
            world.new_ts(), channel, world.bot.id, text, world.fill_in_ids(blocks), body.get("thread_ts", ""),
            bot_id=world.bot.bot_id, app_id=world.app_id, bot_name=world.bot.name,
        )  # fmt: skip
        if body.get("response_type") == "in_channel":
            world.post(message)
            return events.posted(world, message)
        message.ephemeral_to = user
        world.ephemerals[message.ts] = message
        return []

    def _original(self, address: _Address) -> Message | None:
        channel = self.world.channels[address.channel]
        return self.world.ephemerals.get(address.message_ts) or channel.messages.get(address.message_ts)

    def _delete(self, address: _Address) -> list[Json]:
        original = self._original(address)
        if original is None:
            return []
        before = message_json(self.world, original)
        if self.world.ephemerals.pop(original.ts, None):
            return []
        channel = self.world.channels[address.channel]
        del channel.messages[original.ts]
        return events.deleted(self.world, channel, before)

    def _replace(self, address: _Address, body: Json) -> list[Json]:
        original = self._original(address)
        if original is None:
            return self.put(address.user, address.channel, body)
        check_blocks(body.get("blocks") or [])
        before = message_json(self.world, original)
        original.text = str(body.get("text") or "")
        original.blocks = self.world.fill_in_ids(body.get("blocks") or [])
        self.world.edited(original)
        return [] if original.ephemeral_to else events.changed(self.world, original, before)
