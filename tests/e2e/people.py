"""Someone in a story: what they do at Slack, and what they read there.

A thin voice over the emulator's `Person`, in the words of the desk. Every private answer is read where it is
given, so that one nobody expected shows at the story's end.
"""

from typing import TYPE_CHECKING

from tests.emulators.slack import Channel, Form, Message, Person, Submission
from tests.emulators.slack.rendering import block_lines

if TYPE_CHECKING:
    from tests.e2e.town import Town


class Someone:
    """A person of the town, in the place where they usually are (None: their DM with Henji)."""

    def __init__(self, town: "Town", person: Person, home: Channel | None = None) -> None:
        self.town = town
        self.person = person
        self._home = home

    @property
    def home(self) -> Channel:
        """Where they read and write."""
        return self._home or self.person.inbox

    # doing

    async def types(self, command: str, *, where: Channel | None = None) -> str:
        """Type a slash command; the private answer, empty where a form opened instead."""
        answer = await self.person.command(command, channel=where or self.town.general)
        assert answer.ok, answer.error
        return await self._after(answer.message)

    async def submits(self) -> Submission:
        """Submit the form that is open, and let what follows happen."""
        submission = await self.form.submit()
        await self.town.turn()
        return submission

    async def fills(self, button: str, on: Message, **fields: str) -> None:
        """Press a button that opens a form, fill it in, send it."""
        assert await self.presses(button, on) == ""
        await self.form.fill(dict(fields))
        submission = await self.submits()
        assert submission.outcome in {"closed", "updated"}, submission
        if submission.outcome == "updated":
            await self.form.close()

    async def presses(self, button: str, on: Message) -> str:
        """Press a button; the private answer."""
        answer = await self.person.presses(button, on=on)
        assert answer.ok, answer.error
        return await self._after(answer.message)

    async def presses_twice(self, button: str, on: Message) -> str:
        """Press a button again before anything has come of the first press; the second private answer."""
        first = await self.person.presses(button, on=on)
        if first.message is not None:
            self.town.ledger.mark(first.message)
        return await self.presses(button, on)

    async def chooses(self, option: str, on: Message, select: str = "") -> str:
        """Choose from a select in a message; the private answer."""
        answer = await self.person.chooses(option, on=on, select=select)
        assert answer.ok, answer.error
        return await self._after(answer.message)

    async def writes(
        self, text: str, under: Message | None = None, *, files: tuple[str, ...] = ()
    ) -> Message:
        """Write where they are, under a card or outside any thread."""
        said = await self.person.says(text, channel=self.home, thread=under, files=files)
        await self.town.turn()
        return said

    # looking

    @property
    def form(self) -> Form:
        """The form in front of them."""
        form = self.person.view
        assert form is not None, f"{self.person.name} has no form open"
        return form

    def form_text(self) -> str:
        """What stands in the form, where it tells something."""
        reader = self.town.slack.world.reader(self.person.id)
        return "\n".join(block_lines(self.form.view.body["blocks"], reader))

    def reads(self, *words: str, pings: "tuple[Someone, ...]" = ()) -> Message:
        """The next thing posted where they are says these words, and pings exactly these people."""
        message = self.town.ledger.next_in(self.home, self.person)
        self.town.ledger.check(message, self.person, words, [each.person for each in pings])
        return message

    def reads_alone(self, *words: str) -> str:
        """Something only they can see says these words."""
        for message in reversed(self.person.sees(self.home)):
            text = self.person.reads(message)
            if message.ephemeral_to == self.person.id and all(word in text for word in words):
                self.town.ledger.mark(message)
                return text
        msg = f"{self.person.name} is told nothing with {words}"
        raise AssertionError(msg)

    def rereads(self, message: Message, *words: str) -> Message:
        """A message they have read before now says these words."""
        text = self.person.reads(message)
        missing = [word for word in words if word not in text]
        assert not missing, f"{missing} not in what {self.person.name} read again:\n{text}"
        return message

    def card(self, number: int = 1) -> Message:
        """The card of an inquiry where they are."""
        for message in self.person.sees(self.home):
            if f".{number}.c" in str(message.metadata):
                return message
        msg = f"{self.person.name} sees no card of #{number}"
        raise AssertionError(msg)

    def card_text(self, number: int = 1) -> str:
        """The card as it stands now."""
        return self.person.reads(self.card(number))

    def sees_on_card(self, *words: str, number: int = 1) -> None:
        """The card, as it stands now, says these words."""
        self.rereads(self.card(number), *words)

    async def _after(self, message: Message | None) -> str:
        if message is not None:
            self.town.ledger.mark(message)
        text = "" if message is None else self.person.reads(message)
        await self.town.turn()
        return text
