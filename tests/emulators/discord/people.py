"""A person on Discord, as a story directs them.

Made by `DiscordEmulator.person`; what they do to messages, threads and guilds is in `deeds`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.emulators.discord.records import Channel, User

if TYPE_CHECKING:
    from tests.emulators.discord.emulator import DiscordEmulator


class Person:
    """One of the people."""

    def __init__(self, discord: DiscordEmulator, user: User) -> None:
        self.discord = discord
        self.world = discord.world
        self.user = user

    @property
    def id(self) -> str:
        """Their id."""
        return self.user.id

    @property
    def name(self) -> str:
        """Their name."""
        return self.user.name

    @property
    def inbox(self) -> Channel:
        """Their DM with the bot."""
        return self.world.dm(self.id)
