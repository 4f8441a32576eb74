"""Discord's messages and interactions as what happened: something said, a button pressed, a form's name.

Called by the listeners and by `history`, which reads the same messages back. Gives commands their idempotency
keys: a message is its place and id, an interaction its id, a form the interaction that opened it. Pure.
https://docs.discord.com/developers/interactions/receiving-and-responding
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import discord
from discord import utils

from adapters.discord.attached import files_of
from adapters.discord.channels import private_root
from adapters.discord.markdown import PEOPLE
from adapters.discord.names import called
from adapters.discord.tokens import Names
from adapters.discord.written import written
from core.commands import Actor, PostMessage, Talk
from core.entering import number_in
from core.files import File
from core.ids import DeskId, Key, Lang, MessageId, PersonId, PlaceId, WorkspaceId, dm_with
from core.text import Foreign

_SAID = frozenset({discord.MessageType.default, discord.MessageType.reply})


class Malformed(ValueError):
    """Something that says nothing Henji knows: a button of long ago, a value that is no number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A message somebody wrote; `root` is the card it belongs to, or in a DM the message it replies to."""

    place: PlaceId
    user: int
    name: Foreign
    id: int
    root: MessageId | None
    text: Foreign
    files: tuple[File, ...]

    @property
    def key(self) -> Key:
        """The message's place and id: however it reaches us, it is one."""
        return Key(f"m:{self.place}:{self.id}")

    @property
    def at(self) -> datetime:
        """The instant it was written, which Discord keeps in its id."""
        return utils.snowflake_time(self.id)

    @property
    def blank(self) -> bool:
        """Whether there is nothing in it: so is all that we may not read."""
        return not self.text and not self.files


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A button pressed or a choice made: `kind:name:value`, or `kind:name` with the value chosen."""

    kind: str
    name: str
    value: str

    @property
    def number(self) -> int:
        """The inquiry's number; raises Malformed where the value is none."""
        number = number_in(self.value)
        if number is None:
            raise Malformed(self.kind)
        return number


@dataclass(frozen=True, slots=True, kw_only=True)
class FormId:
    """What a form is called: its name, what it is about, and the interaction that opened it.

    A name, never a right. Its key is that of what its submission does, however often it is submitted: where
    our answer is lost, Discord leaves the form open to be sent again. `desk` is the one that is meant where
    no guild tells.
    """

    name: str
    about: str = ""
    opened: str = ""
    desk: str = ""

    @property
    def custom_id(self) -> str:
        """Itself as Discord carries it."""
        return f"form:{self.name}:{self.about}:{self.opened}:{self.desk}"

    @property
    def key(self) -> Key:
        """The form."""
        return Key(f"f:{self.opened}")


def person_of(user: int) -> PersonId:
    """Somebody on Discord, the same in every guild."""
    return PersonId(f"{PEOPLE}:{user}")


def workspace_of(guild: int) -> WorkspaceId:
    """A guild."""
    return WorkspaceId(f"discord:{guild}")


def place_of(guild: int, channel: int) -> PlaceId:
    """A channel of a guild."""
    return PlaceId(f"discord:{guild}:{channel}")


def role_of(guild: int, role: int) -> PersonId:
    """A role of a guild."""
    return PersonId(f"discord:{guild}:&{role}")


def root_of(thread: discord.Thread, me: int) -> MessageId:
    """The card above a thread, which has its id; a private thread of ours is a line by itself."""
    return private_root(thread.id) if _stands_for_dm(thread, me) else MessageId(str(thread.id))


def place_in(channel: object, guild: int | None, user: int, me: int) -> PlaceId:
    """Where somebody is: the channel, that of the thread, or their DM and what stands for it."""
    if guild is None:
        return dm_with(person_of(user))
    if isinstance(channel, discord.Thread):
        private = _stands_for_dm(channel, me)
        return dm_with(person_of(user)) if private else place_of(guild, channel.parent_id)
    return place_of(guild, getattr(channel, "id", 0))


def channel_around(interaction: discord.Interaction) -> PlaceId:
    """The channel somebody acts in, also from within a thread that stands for their DM."""
    return place_in(interaction.channel, interaction.guild_id, interaction.user.id, me=0)


def actor_in(interaction: discord.Interaction, me: int) -> Actor:
    """Whoever acts, as the interaction itself tells: nobody has to be asked about them."""
    user, guild = interaction.user, interaction.guild_id
    return Actor(
        person=person_of(user.id),
        name=called(user),
        lang=lang_of(interaction.locale),
        place=place_in(interaction.channel, guild, user.id, me),
        admin=interaction.permissions.manage_guild,
        groups=groups_of(user),
    )


def groups_of(user: discord.User | discord.Member) -> tuple[PersonId, ...]:
    """The roles somebody has in the guild where they act; that of everyone says nothing."""
    if not isinstance(user, discord.Member):
        return ()
    return tuple(role_of(user.guild.id, role.id) for role in user.roles if not role.is_default())


def lang_of(locale: discord.Locale | None) -> Lang:
    """The language of somebody's Discord, as far as we speak it."""
    return "ja" if locale is None or locale is discord.Locale.japanese else "en"


def key_of(interaction: discord.Interaction) -> Key:
    """The interaction."""
    return Key(f"i:{interaction.id}")


def data_of(interaction: discord.Interaction) -> Mapping[str, Any]:
    """What an interaction carries, as Discord sent it."""
    return cast("Mapping[str, Any]", interaction.data or {})


def pressed(interaction: discord.Interaction) -> Pressed:
    """What was pressed or chosen; raises Malformed."""
    data = data_of(interaction)
    custom_id, values = data.get("custom_id"), data.get("values")
    if not isinstance(custom_id, str):
        raise Malformed("component")
    kind, _, rest = custom_id.partition(":")
    name, _, value = rest.partition(":")
    chosen = str(values[0]) if isinstance(values, list) and values else ""
    return Pressed(kind=kind, name=name, value=chosen or value)


def form_of(custom_id: str) -> FormId:
    """A form by its id; raises Malformed."""
    match custom_id.split(":"):
        case ["form", name, about, opened, desk] if name and opened:
            return FormId(name=name, about=about, opened=opened, desk=desk)
        case _:
            raise Malformed("form")


def heard(message: discord.Message, place: PlaceId, root: MessageId | None) -> Heard | None:
    """What somebody said; None where nobody did: posts of bots and webhooks, pins, joins and the like."""
    author = message.author
    if author.bot or author.system or message.webhook_id is not None or message.type not in _SAID:
        return None
    return Heard(
        place=place,
        user=author.id,
        name=called(author),
        id=message.id,
        root=root,
        text=written(_content(message), _names(message)),
        files=files_of(message),
    )


def replied_to(message: discord.Message) -> MessageId | None:
    """The message that this one replies to."""
    reference = message.reference
    if reference is None or reference.type is not discord.MessageReferenceType.reply:
        return None
    return None if reference.message_id is None else MessageId(str(reference.message_id))


def post_of(said: Heard, desk: DeskId, actor: Actor) -> PostMessage:
    """A message for the inquiry whose card is its root, or to one of whose messages it replies."""
    return PostMessage(
        key=said.key,
        desk=desk,
        actor=actor,
        text=said.text,
        at=said.at,
        root=said.root,
        message=MessageId(str(said.id)),
        files=said.files,
    )


def talk_of(said: Heard, desk: DeskId, actor: Actor) -> Talk:
    """A message in a DM that replies to nothing."""
    return Talk(
        key=said.key,
        desk=desk,
        actor=actor,
        text=said.text,
        at=said.at,
        files=said.files,
        message=MessageId(str(said.id)),
        threadless=True,
    )


def _stands_for_dm(thread: discord.Thread, me: int) -> bool:
    """Whether a thread is one that we opened for somebody whose DMs are closed."""
    return thread.is_private() and thread.owner_id == me


def _content(message: discord.Message) -> str:
    """The text, or that of what was forwarded, and the names of stickers."""
    texts = [message.content, *(each.content for each in message.message_snapshots)]
    return "\n".join([*filter(None, texts), *(f":{each.name}:" for each in message.stickers)])


def _names(message: discord.Message) -> Names:
    return Names(
        users={each.id: each.display_name for each in message.mentions},
        roles={each.id: each.name for each in message.role_mentions},
        channels={each.id: each.name for each in message.channel_mentions},
    )
