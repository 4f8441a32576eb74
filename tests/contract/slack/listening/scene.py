"""A desk that is set up: who is who, and where.

Used by the tests of this folder through the `scene` fixture. Everything is done as people do it, by commands and
forms.
"""

from dataclasses import dataclass

from tests.contract.slack.listening.office import ORDER, Office
from tests.emulators.slack import Channel, Form, Message, Person, Submission


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
                "出品者": "Acme",
                "注文番号": order,
                "何があったか": "届いていない",
                "希望する対応": "返金してほしい",
                "メッセージ": text,
            }
        )

    async def submit(self, person: Person | None = None) -> Submission:
        """Somebody sends the form in front of them."""
        form = (person or self.hanako).view
        assert form is not None
        return await form.submit()

    def card(self, channel: Channel) -> Message:
        """The first message of a channel that hangs under nothing and was posted by Henji."""
        bot = self.office.slack.bot.id
        return next(each for each in channel.messages.values() if each.user == bot and not each.is_reply)

    def thread(self, channel: Channel, card: Message) -> list[str]:
        """What stands under a card, as 田中 would read it."""
        below = [each for each in channel.messages.values() if each.is_reply and each.thread_ts == card.ts]
        return [self.office.slack.rendered_text(each) for each in below]


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
    await settings.fill({"Name of the desk": "Tanuki", "Staff channel": "support", "Staff": ["田中"]})
    assert (await settings.submit()).outcome == "updated"
    await tanaka.command("/seller add", channel=support)
    seller = tanaka.view
    assert seller is not None
    return scene
