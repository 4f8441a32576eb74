"""Somebody at Discord's client, as stories know them: the emulator's `Person` behind the seam of `side`.

Made by `discord_side`. What stories type as one line is taken apart into a command and its option; a form
that was refused is opened again by the button that comes with the refusal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from mimetypes import guess_type

from tests.e2e.side import Attached, Entered, Lang, Place, Post, Setup
from tests.emulators.discord import Form, Message, Person
from tests.emulators.discord.components import walk
from tests.emulators.discord.hands import Answer
from tests.emulators.discord.rest import Upload
from tests.emulators.discord.transcript import of_person
from tests.emulators.discord.typed import find
from tests.emulators.samples import content_of


def post_of(message: Message) -> Post:
    """What stories call a message."""
    return Post(Place(message.channel), message.id)


@dataclass
class DiscordClient:
    """The client of one person; `refused` is what they were told of the last form, if it was refused."""

    person: Person
    lang: Lang
    home: Place
    refused: Post | None = None

    @property
    def name(self) -> str:
        """Their name."""
        return self.person.name

    @property
    def id(self) -> str:
        """Their id at Discord."""
        return self.person.id

    # looking

    def sees(self, place: Place) -> list[Post]:
        """All they see in a place and its threads, the oldest first."""
        return [post_of(each) for each in self.person.sees(self.person.world.channels[place])]

    def reads(self, post: Post) -> str:
        """A post as they read it."""
        return self.person.reads(self.message(post))

    def told_alone(self) -> list[Post]:
        """What Henji has written into their DM, the oldest first."""
        bot = self.person.world.bot.id
        return [post_of(each) for each in self.person.sees(self.person.inbox) if each.author == bot]

    def files(self, post: Post) -> list[tuple[str, bytes]]:
        """The files of a post, by name, as whoever opens them gets them."""
        world = self.person.world
        return [(each["filename"], world.files[each["id"]]) for each in self.message(post).attachments]

    def transcript(self) -> str:
        """Everything on their screen."""
        return of_person(self.person)

    # doing

    async def says(self, text: str, place: Place, under: Post | None, files: Sequence[Attached]) -> Post:
        """Write into a channel, into the thread of something that stands there, or as a reply in a DM."""
        thread = None if under is None else self.message(under)
        channel = self.person.world.channels[place]
        attached = tuple(_upload(each) for each in files)
        return post_of(await self.person.says(text, channel=channel, thread=thread, files=attached))

    async def deletes(self, post: Post) -> None:
        """Take back what they wrote."""
        await self.person.deletes(self.message(post))

    async def deletes_files(self, post: Post) -> None:
        """Take back the files of what they wrote; the words stay."""
        self.person.deletes_files(self.message(post))

    async def command(self, typed: str, place: Place) -> Post | None:
        """Type a slash command: two words, and what is given as its first option."""
        group, name, rest = [*typed.split(" ", 2), ""][:3]
        channel = self.person.world.channels[place]
        known = find(self.person.discord.commands, self.person, channel, f"{group} {name}").options
        given = {str(known[0]["name"]): rest} if rest else {}
        return _shown(await self.person.command(f"{group} {name}", given, channel=channel))

    async def presses(self, button: str, on: Post) -> Post | None:
        """Press a button."""
        return _shown(await self.person.presses(button, on=self.message(on)))

    async def chooses(self, option: str, on: Post) -> Post | None:
        """Choose from the one list of a post; one that does not fit there is brought by a button."""
        message = self.message(on)
        if any(each.get("custom_id") == "pick:seller" for each in walk(message.components)):
            assert await self.presses("pick:seller", on) is None
        return _shown(await self.person.chooses(option, on=message))

    # forms

    async def starts_inquiry(self, seller: str, place: Place) -> None:
        """Type the command with the seller, as suggested."""
        assert await self.command(f"/inquiry new {seller}", place) is None

    async def starts_again(self, place: Place) -> None:  # noqa: ARG002 -- the button is where the refusal is
        """Press the button that came with the refusal."""
        assert self.refused is not None, f"nothing of {self.name}'s was refused"
        assert await self.presses("修正" if self.lang == "ja" else "Edit", self.refused) is None

    async def enters(self, entered: Mapping[str, Entered]) -> None:
        """Fill in the form that is open, by its labels."""
        await self._form.fill(dict(entered))

    def entered(self, label: str) -> object:
        """What a field of the form holds."""
        return self._form.value(label)

    async def submits(self) -> tuple[str, Post | None]:
        """Submit the form, which closes, and read what they are answered."""
        submission = await self._form.submit()
        assert submission.outcome == "closed", submission
        if submission.message is None:
            return "", None
        self.refused = post_of(submission.message)
        return self.reads(self.refused), self.refused

    async def sets_up(self, setup: Setup, place: Place) -> tuple[str, list[Post]]:
        """Set up a desk by the first of its two forms, and the second where there is more to say."""
        assert await self.command("/desk setup", place) is None
        await self.enters(setup.basics)
        said, told = await self.submits()
        assert told is not None
        posts = [told]
        if setup.more:
            assert await self.presses("その他の設定", told) is None
            await self.enters(setup.more)
            said, told = await self.submits()
            posts += [told] if told else []
        return said, posts

    def message(self, post: Post) -> Message:
        """The emulator's record of a post."""
        found = self.person.world.ephemerals.get(post.id) or self.person.world.find(post.id)
        assert found is not None, f"{post} is not there any more"
        return found

    @property
    def _form(self) -> Form:
        form = self.person.view
        assert form is not None, f"{self.name} has no form open"
        return form


def _upload(attached: Attached) -> Upload:
    says: dict[str, object] = {} if attached.size is None else {"size": attached.size}
    if attached.address:
        says |= {"url": attached.address, "proxy_url": attached.address}
    kind = guess_type(attached.name)[0] or "application/octet-stream"
    content = attached.content or content_of(attached.name)
    return Upload("", attached.name, kind, content, says=says, redirects=attached.leads_to)


def _shown(answer: Answer) -> Post | None:
    assert answer.ok, answer.error
    return None if answer.message is None else post_of(answer.message)
