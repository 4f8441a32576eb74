"""What people write in direct messages, which belong to no guild: for which inquiry, and for which desk."""

import pytest

from tests.clocks import HandClock
from tests.contract.discord.listening.office import ORDER
from tests.contract.discord.listening.scene import Scene, answered, set_up, workspace
from tests.emulators.discord import Message, Person
from tests.emulators.discord.interactions import Kind as Interaction
from tests.emulators.discord.records import ChannelKind
from tests.waiting import until

NOD = "\N{WHITE HEAVY CHECK MARK}"


def ours(person: Person) -> list[Message]:
    """What Henji wrote to somebody."""
    return [each for each in person.sees() if each.author != person.id]


async def asked(scene: Scene, text: str, *, thread: Message | None = None) -> Message:
    """What 花子 is told last, after she wrote something that is no inquiry's."""
    before = len(ours(scene.hanako))
    await scene.hanako.dm(text, thread=thread)

    async def told() -> bool:
        await scene.office.deliver()
        return len(ours(scene.hanako)) > before

    await until(told)
    return ours(scene.hanako)[-1]


async def test_a_dialogue_opens_an_inquiry(scene: Scene) -> None:
    """What was written first is the message; buttons lead on, each question in the place of the last."""
    hanako = scene.hanako
    question = await asked(scene, "届きません")
    assert (await hanako.presses("一覧から選ぶ", on=question)).ok
    assert (await hanako.chooses("Acme", on=question)).ok
    last = await asked(scene, ORDER)
    assert "届きません" in hanako.reads(last)
    await hanako.presses("送信する", on=last)
    await scene.office.deliver()
    assert "届きません" in hanako.reads(last) or "#1" in hanako.reads(last)
    assert "届きません" in scene.ada.reads(scene.card(scene.acme))


async def test_a_reply_belongs_to_its_inquiry(scene: Scene) -> None:
    """Whatever else is open: what replies to one of Henji's messages is for what that is about."""
    first = await scene.opened("一つ目")
    mine = scene.card(scene.hanako.inbox)
    await scene.form("二つ目")
    assert (await scene.submit()).message is not None
    await scene.office.deliver()
    said = await scene.hanako.dm("追加です", thread=mine)
    await scene.office.heard(said)
    assert any("追加です" in each for each in scene.thread(first))


async def test_the_only_open_inquiry_is_meant(scene: Scene) -> None:
    """A DM that replies to nothing goes there, with a sign."""
    card = await scene.opened()
    said = await scene.hanako.dm("どうなりましたか")
    await scene.office.heard(said)
    assert any("どうなりましたか" in each for each in scene.thread(card))


async def test_of_several_inquiries_the_dialogue_asks_which(scene: Scene) -> None:
    """A button chooses one of them."""
    card = await scene.opened("一つ目")
    await scene.form("二つ目")
    assert (await scene.submit()).message is not None
    await scene.office.deliver()
    question = await asked(scene, "どうなりましたか")
    await scene.hanako.presses("ask:which:1", on=question)
    await scene.office.deliver()
    assert any("どうなりましたか" in each for each in scene.thread(card))


async def test_a_question_may_be_replied_to(scene: Scene) -> None:
    """It belongs to no inquiry, but what is said to it is not lost."""
    question = await asked(scene, "届きません")
    next_one = await asked(scene, "Acme", thread=question)
    assert next_one is not question


async def test_a_choice_of_long_ago_is_refused(scene: Scene) -> None:
    """A question that is no longer asked says so, and does nothing."""
    first = await asked(scene, "届きません")
    second = await asked(scene, "Acme")
    await scene.hanako.presses("一覧から選ぶ", on=first)
    assert answered(scene.hanako, await scene.hanako.chooses("Acme", on=first))
    assert (await scene.hanako.presses("ask:order:none", on=second)).ok
    assert "届きません" in scene.hanako.reads(second)


async def test_without_a_desk_that_is_said(scene: Scene) -> None:
    """Somebody whose guilds have no desk reads that there is none."""
    eve = scene.office.discord.person("Eve")
    scene.office.discord.guild("Elsewhere", members=[eve])
    await eve.dm("hello")
    await until(lambda: bool(ours(eve)))
    assert "/desk setup" in eve.reads(ours(eve)[0])


@pytest.fixture
async def other(scene: Scene) -> Scene:
    """A second guild with a desk of its own, where 花子 is too."""
    return await set_up(scene.office, name="Kitsune", seller="Beta", hanako=scene.hanako)


async def test_somebody_of_two_desks_is_asked_which(scene: Scene, other: Scene) -> None:
    """The message waits where it stands; then it is taken for the desk that was chosen."""
    hanako = scene.hanako
    question = await asked(scene, "届きません")
    assert {label for row in question.components for each in row["components"] for label in labels(each)} == {
        "Tanuki",
        "Kitsune",
    }
    assert (await hanako.chooses("Kitsune", on=question)).ok
    assert "Kitsune" in hanako.reads(question)
    await scene.office.deliver()
    await hanako.presses("一覧から選ぶ", on=ours(hanako)[-1])
    assert (await hanako.chooses("Beta", on=ours(hanako)[-1])).ok
    draft = await scene.office.reception.desk.draft(await other.desk(), f"discord:users:{hanako.id}")  # type: ignore[arg-type] # a person's id
    assert draft is not None
    assert draft.text.raw == "届きません"


def labels(select: dict[str, list[dict[str, str]]]) -> list[str]:
    """What can be chosen."""
    return [each["label"] for each in select["options"]]


async def test_a_dialogue_that_stands_is_gone_on_with(scene: Scene, other: Scene) -> None:
    """Once a desk was chosen, nobody is asked again until the inquiry is sent."""
    del other
    question = await asked(scene, "届きません")
    await scene.hanako.chooses("Tanuki", on=question)
    await scene.office.deliver()
    second = await asked(scene, "Acme")
    third = await asked(scene, ORDER)
    assert "届きません" in scene.hanako.reads(third)
    assert second is not third


async def test_the_only_inquiry_of_all_desks_is_meant(scene: Scene, other: Scene) -> None:
    """Two desks, one open inquiry: it is for that."""
    del other
    card = await scene.opened()
    said = await scene.hanako.dm("どうなりましたか")
    await scene.office.heard(said)
    assert any("どうなりましたか" in each for each in scene.thread(card))


async def test_a_reply_finds_its_desk(scene: Scene, other: Scene) -> None:
    """Both desks have an inquiry #1; what replies to a message is for the desk that wrote it."""
    card = await scene.opened()
    await other.form("別の件", seller="Beta")
    assert (await other.submit()).message is not None
    await scene.office.deliver()
    for desk, (text, where) in zip(
        (other, scene), (("別件です", other.acme), ("本件です", scene.acme)), strict=True
    ):
        mine = next(each for each in ours(scene.hanako) if desk.seller in scene.hanako.reads(each))
        said = await scene.hanako.dm(text, thread=mine)
        await scene.office.heard(said)
        assert any(text in each for each in desk.thread(desk.card(where)))
    assert not any("別件です" in each for each in scene.thread(card))


async def test_a_command_in_the_dm_asks_which_desk(scene: Scene, other: Scene) -> None:
    """And does what was typed for the one that was chosen."""
    del other
    await scene.opened()
    for typed, options in (("list", {}), ("show", {"number": "1"})):
        question = await scene.hanako.command(f"/inquiry {typed}", options)
        assert question.message is not None
        answer = await scene.hanako.chooses("Tanuki", on=question.message)
        assert "#1" in answered(scene.hanako, answer)


async def test_a_form_opened_in_the_dm_is_for_the_desk_that_was_chosen(scene: Scene, other: Scene) -> None:
    """Refused and opened again it still is, and the button below its answer too."""
    del other
    hanako = scene.hanako
    question = await hanako.command("/inquiry new", seller="Acme")
    assert question.message is not None
    await hanako.chooses("Tanuki", on=question.message)
    form = hanako.view
    assert form is not None
    await form.fill(topic="商品が届かない", wish="返金", text="届きません", order_number="x")
    refused = await form.submit()
    assert refused.message is not None
    await hanako.presses("修正", on=refused.message)
    again = hanako.view
    assert again is not None
    assert again.value("text") == "届きません"
    await again.fill(order_number=ORDER)
    sent = await again.submit()
    assert sent.message is not None
    assert "#1" in hanako.reads(sent.message)
    assert (await scene.office.store.listing(await scene.desk(), "open", 20)).total == 1


async def test_a_form_of_the_only_desk_is_for_it(scene: Scene) -> None:
    """Nobody is asked where there is nothing to choose."""
    hanako = scene.hanako
    await hanako.command("/inquiry list", channel=scene.lobby)
    await hanako.command("/inquiry new", seller="Acme")
    form = hanako.view
    assert form is not None
    await form.fill(topic="商品が届かない", wish="返金", text="届きません")
    sent = await form.submit()
    assert sent.message is not None
    shown = await hanako.command("/inquiry show", number="1")
    assert shown.message is not None
    assert "#1" in answered(hanako, await hanako.presses("act:withdraw:1", on=shown.message))


async def test_a_choice_reaches_no_desk_of_others(scene: Scene, other: Scene) -> None:
    """A value that no client offers, of a desk somebody has nothing to do with, is refused."""
    eve = scene.office.discord.person("Eve")
    await eve.joins(other.guild)
    said = await eve.dm("hello")
    question = await until_told(scene, eve)
    desk = await scene.office.store.desk_of(workspace(scene.guild))
    data = {"id": 1, "custom_id": f"desk:{said.id}", "component_type": 3, "values": [desk]}
    interaction = eve.acts(Interaction.COMPONENT, eve.inbox.id, data)
    interaction.message = question
    assert answered(eve, await eve.answered(interaction))
    assert await scene.office.reception.desk.draft(desk, f"discord:users:{eve.id}") is None  # type: ignore[arg-type] # ids


async def until_told(scene: Scene, person: Person) -> Message:
    """The first thing somebody is told."""

    async def told() -> bool:
        await scene.office.deliver()
        return bool(ours(person))

    await until(told)
    return ours(person)[0]


async def test_a_private_thread_stands_for_a_closed_dm(scene: Scene) -> None:
    """What the buyer writes and presses there is theirs, as in their DM."""
    scene.hanako.closes_dms()
    card = await scene.opened()
    (thread,) = [
        each
        for each in scene.office.discord.world.threads(scene.lobby)
        if each.kind is ChannelKind.PRIVATE_THREAD
    ]
    first = next(each for each in thread.messages.values() if each.author == scene.office.discord.bot.id)
    said = await scene.hanako.says("急いでいます", channel=scene.lobby, thread=thread)
    await scene.office.heard(said)
    assert any("急いでいます" in each for each in scene.thread(card))
    assert "#1" in answered(scene.hanako, await scene.hanako.presses("act:withdraw:1", on=first))
    await scene.hanako.command("/inquiry new", channel=thread, seller="Acme")
    form = scene.hanako.view
    assert form is not None
    await form.fill(topic="商品が届かない", wish="返金", text="別の件です")
    assert (await form.submit()).message is not None
    await scene.office.deliver()
    assert len(scene.office.discord.world.threads(scene.lobby)) == 2


async def test_staff_who_left_the_guild_are_staff_no_more(scene: Scene, clock: HandClock) -> None:
    """Also in direct messages, where a person is whoever they are without any guild."""
    await scene.opened()
    tanaka = scene.tanaka
    scene.office.discord.guild("Elsewhere", members=[tanaka])
    for left in (False, True):
        if left:
            await tanaka.leaves(scene.guild)
            clock.advance(minutes=20)
        shown = await tanaka.command("/inquiry show", number="1")
        assert ("見つかりません" in answered(tanaka, shown)) is left
