"""Somebody at Slack's client, as stories know them: the emulator's `Person` behind the seam of `side`.

Made by `slack_side`. A form that answers in itself is read and closed, as people do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.e2e.side import Attached, Entered, Lang, Place, Post, Setup
from tests.emulators.slack import Form, Message, Person
from tests.emulators.slack.attachments import Attachment, sample
from tests.emulators.slack.hands import Answer
from tests.emulators.slack.rendering import block_lines
from tests.emulators.slack.transcript import of_person


def post_of(message: Message) -> Post:
    """What stories call a message."""
    return Post(Place(message.channel), message.ts)


@dataclass
class SlackClient:
    """The client of one person."""

    person: Person
    lang: Lang
    home: Place

    @property
    def name(self) -> str:
        """Their name."""
        return self.person.name

    @property
    def id(self) -> str:
        """Their id at Slack."""
        return self.person.id

    # looking

    def sees(self, place: Place) -> list[Post]:
        """All they see in a place and its threads, the oldest first."""
        return [post_of(each) for each in self.person.sees(self.person.world.channels[place])]

    def reads(self, post: Post) -> str:
        """A post as they read it."""
        return self.person.reads(self.message(post))

    def told_alone(self) -> list[Post]:
        """What only they see where they are, the oldest first."""
        seen = self.person.sees(self.person.world.channels[self.home])
        return [post_of(each) for each in seen if each.ephemeral_to == self.id]

    def files(self, post: Post) -> list[tuple[str, bytes]]:
        """The files of a post, by name, as whoever opens them gets them."""
        stored = (self.person.world.files[each["id"]].attached for each in self.message(post).files)
        return [(each.name, each.content) for each in stored]

    def transcript(self) -> str:
        """Everything on their screen."""
        return of_person(self.person)

    # doing

    async def says(self, text: str, place: Place, under: Post | None, files: Sequence[Attached]) -> Post:
        """Write into a channel, or into the thread of something that stands there."""
        thread = None if under is None else self.message(under)
        channel = self.person.world.channels[place]
        attached = tuple(_attachment(each) for each in files)
        return post_of(await self.person.says(text, channel=channel, thread=thread, files=attached))

    async def deletes(self, post: Post) -> None:
        """Take back what they wrote."""
        await self.person.deletes(self.message(post))

    async def deletes_files(self, post: Post) -> None:
        """Take back the files of what they wrote; the message stays."""
        await self.person.deletes_files(self.message(post))

    async def command(self, typed: str, place: Place) -> Post | None:
        """Type a slash command; where a form opens, nothing is shown."""
        return _shown(await self.person.command(typed, channel=self.person.world.channels[place]))

    async def presses(self, button: str, on: Post) -> Post | None:
        """Press a button."""
        return _shown(await self.person.presses(button, on=self.message(on)))

    async def chooses(self, option: str, on: Post) -> Post | None:
        """Choose from the one select of a post."""
        return _shown(await self.person.chooses(option, on=self.message(on)))

    # forms

    async def starts_inquiry(self, seller: str, place: Place) -> None:
        """Type the command; the seller is chosen in the form."""
        assert await self.command("/inquiry new", place) is None
        await self.enters({"出品者" if self.lang == "ja" else "Seller": seller})

    async def starts_again(self, place: Place) -> None:
        """Close the form and type the command again: the draft is in the new form."""
        await self._form.close()
        assert await self.command("/inquiry new", place) is None

    async def enters(self, entered: Mapping[str, Entered]) -> None:
        """Fill in the form that is open, by its labels."""
        await self._form.fill(dict(entered))

    def entered(self, label: str) -> object:
        """What a field of the form holds."""
        return self._form.value(label)

    async def submits(self) -> tuple[str, Post | None]:
        """Submit the form: what stands at its fields, or what it says in its place."""
        submission = await self._form.submit()
        assert submission.outcome in {"closed", "errors", "updated"}, submission
        if submission.outcome == "errors":
            return "\n".join(f"{label}: {said}" for label, said in submission.errors.items()), None
        if submission.outcome == "closed":
            return "", None
        reader = self.person.world.reader(self.id)
        said = "\n".join(block_lines(self._form.view.body["blocks"], reader))
        await self._form.close()
        return said, None

    async def sets_up(self, setup: Setup, place: Place) -> tuple[str, list[Post]]:
        """Set up a desk by its one form."""
        assert await self.command("/desk setup", place) is None
        await self.enters(setup.basics | setup.more)
        return (await self.submits())[0], []

    def message(self, post: Post) -> Message:
        """The emulator's record of a post."""
        alone = self.person.world.ephemerals.get(post.id)
        return alone or self.person.world.channels[post.place].messages[post.id]

    @property
    def _form(self) -> Form:
        form = self.person.view
        assert form is not None, f"{self.name} has no form open"
        return form


def _shown(answer: Answer) -> Post | None:
    assert answer.ok, answer.error
    return None if answer.message is None else post_of(answer.message)


def _attachment(attached: Attached) -> Attachment:
    says: dict[str, object] = {} if attached.size is None else {"size": attached.size}
    if attached.address:
        says |= {"is_external": True, "url_private": attached.address}
    content = attached.content or sample(attached.name).content
    return Attachment(attached.name, content, says=says, redirects=attached.leads_to)
