"""A desk that is set up: who is who, and where.

Used by the tests of this folder through the `scene` fixture. Everything is done as people do it, by commands
and forms.
"""

from dataclasses import dataclass

from core.ids import DeskId, WorkspaceId
from tests.contract.discord.listening.office import ORDER, Office
from tests.emulators.discord import Answer, Channel, Form, Guild, Message, Person, Submission
from tests.unit.wording.samples import BOOK
from tests.waiting import until


@dataclass(frozen=True)
class Scene:
    """花子 buys, Ada works for Acme in #acme, 田中 is staff in #support, Boss runs the guild."""

    office: Office
    guild: Guild
    hanako: Person
    ada: Person
    tanaka: Person
    boss: Person
    lobby: Channel
    support: Channel
    acme: Channel
    seller: str = "Acme"

    async def opened(self, text: str = "届きません") -> Message:
        """花子 opens an inquiry to Acme by the form; the seller's card is returned."""
        await self.form(text)
        submission = await self.submit()
        assert submission.message is not None, submission
        assert "#1" in self.hanako.reads(submission.message)
        await self.office.deliver()
        return self.card(self.acme)

    async def form(self, text: str = "届きません", order: str = ORDER, *, seller: str = "Acme") -> Form:
        """花子 opens the form and fills it in."""
        answer = await self.hanako.command("/inquiry new", channel=self.lobby, seller=seller)
        assert answer.ok, answer
        form = self.hanako.view
        assert form is not None, answer
        return await form.fill(
            order_number=order,
            topic=BOOK.label("ja", "topic.not_arrived"),
            wish=BOOK.label("ja", "wish.refund"),
            text=text,
        )

    async def submit(self, person: Person | None = None) -> Submission:
        """Somebody sends the form in front of them."""
        form = (person or self.hanako).view
        assert form is not None
        return await form.submit()

    async def desk(self) -> DeskId:
        """The desk's id."""
        desk = await self.office.store.desk_of(workspace(self.guild))
        assert desk is not None
        return desk

    def card(self, channel: Channel) -> Message:
        """The first message of a channel that was posted by Henji."""
        bot = self.office.discord.bot.id
        return next(each for each in channel.messages.values() if each.author == bot)

    def thread(self, card: Message) -> list[str]:
        """What stands under a card, as 田中 would read it."""
        where = self.tanaka.thread(card)
        return [] if where is None else [self.tanaka.reads(each) for each in self.tanaka.sees(where)]


def workspace(guild: Guild) -> WorkspaceId:
    """A guild as the desk knows it."""
    return WorkspaceId(f"discord:{guild.id}")


def answered(person: Person, answer: Answer) -> str:
    """What somebody reads, alone, in answer to what they did."""
    assert answer.message is not None, answer
    return person.reads(answer.message)


async def set_up(
    office: Office, *, name: str = "Tanuki", seller: str = "Acme", hanako: Person | None = None
) -> Scene:
    """Set a desk up, as whoever runs the guild does."""
    discord = office.discord
    hanako = hanako or discord.person("花子", locale="ja")
    ada, tanaka = discord.person("Ada"), discord.person("田中", locale="ja")
    boss = discord.person("Boss")
    guild = discord.guild(name, members=[hanako, ada, tanaka], owner=boss)
    lobby = discord.channel(guild, "lobby")
    support = discord.channel(guild, "support", only=[tanaka, boss])
    acme = discord.channel(guild, "acme", only=[ada, tanaka])
    scene = Scene(office, guild, hanako, ada, tanaka, boss, lobby, support, acme, seller)
    await until(lambda: any(str(each.id) == guild.id for each in office.reception.client.guilds))
    await boss.command("/desk setup", channel=lobby)
    settings = boss.view
    assert settings is not None
    await settings.fill(name=name, staff_place="support", staff=["田中"])
    assert (await settings.submit()).message is not None
    await tanaka.command("/seller add", channel=support)
    listed = tanaka.view
    assert listed is not None
    await listed.fill(name=seller, place="acme", ping=["Ada"])
    assert (await listed.submit()).message is not None
    return scene
