"""Whoever acts on Discord: as Discord knows them, as the rules do, as a reader.

Made by the reception, used by all listeners, which answer them through `told`. Pure.
"""

from dataclasses import dataclass, replace

import discord

from adapters.discord import render
from adapters.discord.blocks import Button, Drawn
from adapters.discord.parse import FormId
from core.answers import AnyAnswer
from core.commands import Actor
from core.ids import DeskId, NoticeId, WorkspaceId
from core.wording import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Whoever acts: as Discord knows them, as the rules do, and as a reader.

    `workspace` is the guild they act in, None in direct messages, where `desk` is the one they mean if that
    is known.
    """

    user: int
    actor: Actor
    reader: Reader
    workspace: WorkspaceId | None
    desk: DeskId | None = None


def told(guest: Guest, answer: AnyAnswer, more: Button | None = None) -> Drawn:
    """What whoever acted is told, with one more button where there is to be one.

    In direct messages buttons stand above the name of the desk they are for, as they do below notices.
    """
    drawn = render.answer(guest.reader, answer)
    if guest.workspace is None and guest.desk is not None and (drawn.components or more):
        drawn = render.answer(guest.reader, answer, notice=NoticeId(f"{guest.desk}."))
    return drawn if more is None else replace(drawn, components=(*drawn.components, (more,)))


def form_id(guest: Guest, interaction: discord.Interaction, name: str, about: str = "") -> FormId:
    """What a form is called that somebody opens now."""
    desk = guest.desk if guest.workspace is None else None
    return FormId(name=name, about=about, opened=str(interaction.id), desk=desk or "")


def at_desk(guest: Guest, desk: DeskId) -> Guest:
    """The same, who means this desk."""
    return replace(guest, desk=desk)
