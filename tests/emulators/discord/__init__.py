"""An emulator of Discord: a small stateful server on loopback that the unmodified discord.py talks to.

Stories and contract suites import DiscordEmulator from here. It knows only Discord, and nothing of the app it
is used to test.
"""

from tests.emulators.discord.emulator import DiscordEmulator
from tests.emulators.discord.faults import Kind
from tests.emulators.discord.forms import Form, Submission
from tests.emulators.discord.hands import Answer
from tests.emulators.discord.people import Person
from tests.emulators.discord.permissions import Permission
from tests.emulators.discord.records import Channel, Guild, Message, Role
from tests.emulators.people import ImpossibleError

__all__ = [
    "Answer",
    "Channel",
    "DiscordEmulator",
    "Form",
    "Guild",
    "ImpossibleError",
    "Kind",
    "Message",
    "Permission",
    "Person",
    "Role",
    "Submission",
]
