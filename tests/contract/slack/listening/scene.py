"""A desk that is set up: who is who, and where.

Used by the tests of this folder through the `scene` fixture. Everything is done as people do it, by commands
and forms.
"""

from dataclasses import dataclass

from core.ids import DeskId
from tests.contract.slack.listening.office import ORDER, Office
from tests.emulators.slack import Answer, Channel, Form, Message, Person, Submission
from tests.unit.wording.samples import BOOK


@dataclass(frozen=True)
class Scene:
    """花子 buys, Ada works for Acme in #acme, 田中 is staff in #support, Boss runs the workspace."""

    office: Office
    hanako: Person
    ada: Person
    tanaka: Person
    boss: Person
    support: Channel
    acme: Channel

    async def opened(self, text: str = "届きません") -> Message:
        """花子 opens an inquiry to Acme by the form; the seller's card is returned."""
        await self.form(text)
        submission = await self.submit()
        assert submission.outcome == "updated", submission
        await self.office.deliver()
        return self.card(self.acme)

    async def form(self, text: str = "届きません", order: str = ORDER) -> Form:
        """花子 opens the form and fills it in."""
        answer = await self.hanako.command("/inquiry new")
        assert answer.ok, answer
        form = self.hanako.view
        assert form is not None
        return await form.fill(
            {
                "form:seller": "Acme",
                "form:order_number": order,
                "form:topic": BOOK.label("ja", "topic.not_arrived"),
                "form:wish": BOOK.label("ja", "wish.refund"),
                "form:text": text,
            }
        )

    async def submit(self, person: Person | None = None) -> Submission:
        """Somebody sends the form in front of them."""
        form = (person or self.hanako).view
        assert form is not None
        return await form.submit()

    async def desk(self) -> DeskId:
        """The desk's id."""
        desk = await self.office.reception.desk_id()
        assert desk is not None
        return desk

    def card(self, channel: Channel) -> Message:
        """The first message of a channel that hangs under nothing and was posted by Henji."""
        bot = self.office.slack.bot.id
        return next(each for each in channel.messages.values() if each.user == bot and not each.is_reply)

    def thread(self, channel: Channel, card: Message) -> list[str]:
        """What stands under a card, as 田中 would read it."""
        below = [each for each in channel.messages.values() if each.is_reply and each.thread_ts == card.ts]
        return [self.office.slack.rendered_text(each) for each in below]


def answered(person: Person, answer: Answer) -> str:
    """What somebody reads, alone, in answer to what they did."""
    assert answer.message is not None, answer
    assert answer.message.ephemeral_to == person.id
    return person.reads(answer.message)


async def set_up(office: Office) -> Scene:
    """Set the desk up, as an admin does."""
    slack = office.slack
    hanako = slack.person("花子", locale="ja-JP", tz="Asia/Tokyo")
    ada, tanaka = slack.person("Ada"), slack.person("田中", locale="ja-JP", tz="Asia/Tokyo")
    boss = slack.person("Boss", admin=True)
    support = slack.channel("support", members=[tanaka, boss])
    acme = slack.channel("acme", members=[ada, tanaka])
    scene = Scene(office, hanako, ada, tanaka, boss, support, acme)
    await boss.command("/desk setup")
    settings = boss.view
    assert settings is not None
    await settings.fill(
        {
            "form:name": "Tanuki",
            "form:staff_place": "support",
            "form:staff": ["田中"],
            "form:lang": "Japanese",
        }
    )
    assert (await settings.submit()).outcome == "updated"
    await settings.close()
    await tanaka.command("/seller add", channel=support)
    seller = tanaka.view
    assert seller is not None
    await seller.fill({"form:name": "Acme", "form:place": "acme", "form:ping": ["Ada"]})
    assert (await seller.submit()).outcome == "updated"
    await seller.close()
    return scene
