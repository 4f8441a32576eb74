"""An emulator of Slack: a small stateful server on loopback that the unmodified SDK talks to.

Stories and contract suites import SlackEmulator from here. It knows only Slack, and nothing of the app it
is used to test.
"""

from tests.emulators.people import ImpossibleError
from tests.emulators.slack.emulator import SlackEmulator
from tests.emulators.slack.faults import Kind
from tests.emulators.slack.forms import Form, Submission
from tests.emulators.slack.hands import Answer
from tests.emulators.slack.people import Person
from tests.emulators.slack.records import Channel, Message

__all__ = [
    "Answer",
    "Channel",
    "Form",
    "ImpossibleError",
    "Kind",
    "Message",
    "Person",
    "SlackEmulator",
    "Submission",
]
