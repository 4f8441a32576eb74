"""What people write: below a card, and among themselves."""

from functools import partial

import pytest

from tests.contract.discord.listening.office import Office
from tests.contract.discord.listening.scene import Scene
from tests.emulators.discord import DiscordEmulator, Kind, Message, Person, deeds
from tests.waiting import until

NOD, SIGN = "\N{WHITE HEAVY CHECK MARK}", "\N{WARNING SIGN}\N{VARIATION SELECTOR-16}"


def told(person: Person, count: int) -> bool:
    """Whether somebody was told so many things in their DM."""
    return len(dms(person)) == count


def dms(person: Person) -> list[str]:
    """What somebody was told in their DM by Henji."""
    return [person.reads(each) for each in person.sees() if each.author != person.id]


async def test_a_reply_below_the_sellers_card_reaches_the_buyer(scene: Scene) -> None:
    """It is signed as sent, and stands in the buyer's DM."""
    card = await scene.opened()
    await scene.office.says(scene.ada, "Sent & <b> on Monday", channel=scene.acme, thread=card)
    assert any("Sent & <b> on Monday" in each for each in dms(scene.hanako))


async def test_what_is_written_below_the_staffs_card_stays_there(scene: Scene) -> None:
    """A note goes to nobody else."""
    card = await scene.opened()
    note = await scene.tanaka.says("怪しい出品者", channel=scene.support, thread=scene.card(scene.support))
    await scene.office.says(scene.ada, "on its way", channel=scene.acme, thread=card)
    desk = await scene.desk()
    await until(lambda: noted(scene.office, desk, note))
    await scene.office.deliver()
    assert not any("怪しい" in each for each in (*scene.thread(card), *dms(scene.hanako)))


async def noted(office: Office, desk: str, note: Message) -> bool:
    """Whether a note stands in the first inquiry's log."""
    shown = await office.store.shown(desk, 1)  # type: ignore[arg-type] # a desk's id
    return shown is not None and any(each.text.raw == note.content for each in shown.entries)


async def closed(scene: Scene) -> None:
    """Staff close the inquiry."""
    await scene.tanaka.presses("act:close:1", on=scene.card(scene.support))
    form = scene.tanaka.view
    assert form is not None
    await form.fill(outcome="解決")
    await form.submit()


async def test_a_message_that_will_not_do_is_answered_in_the_dm(scene: Scene) -> None:
    """Only its writer is told, once however often it comes; the message carries no sign of success."""
    card = await scene.opened()
    await closed(scene)
    scene.office.discord.gateway.duplicate(copies=2)
    for count, text in enumerate(("too late?", "hello?"), 1):
        said = await scene.ada.says(text, channel=scene.acme, thread=card)
        await until(partial(told, scene.ada, count))
        assert "#1" in dms(scene.ada)[-1]
        assert not said.reactions


async def test_a_refusal_nobody_can_be_told_is_a_sign(scene: Scene) -> None:
    """Who takes no DMs sees at least that it was not carried."""
    card = await scene.opened()
    await closed(scene)
    scene.ada.closes_dms()
    said = await scene.ada.says("too late?", channel=scene.acme, thread=card)
    await until(lambda: SIGN in said.reactions)


async def test_a_message_delivered_three_times_is_one(scene: Scene) -> None:
    """The buyer reads it once."""
    card = await scene.opened()
    scene.office.discord.gateway.duplicate(copies=2)
    await scene.office.says(scene.ada, "on its way", channel=scene.acme, thread=card)
    assert sum("on its way" in each for each in dms(scene.hanako)) == 1


async def test_what_is_written_quickly_keeps_its_order(scene: Scene) -> None:
    """The buyer reads it as it was said."""
    card = await scene.opened()
    said = [await scene.ada.says(f"part {number}", channel=scene.acme, thread=card) for number in range(10)]
    await scene.office.heard(said[-1])
    parts = [line for each in dms(scene.hanako) for line in each.splitlines() if "part" in line]
    assert [each.split("part ")[1][0] for each in parts] == [str(number) for number in range(10)]


async def test_what_people_say_among_themselves_is_none_of_ours(scene: Scene) -> None:
    """At the top of a channel, and in a thread of their own, nothing is answered and nothing is carried."""
    await scene.opened()
    top = await scene.ada.says("lunch?", channel=scene.acme)
    below = await scene.tanaka.says("yes", channel=scene.acme, thread=top)
    heard = await scene.office.says(
        scene.ada, "on its way", channel=scene.acme, thread=scene.card(scene.acme)
    )
    await scene.office.discord.heard()
    assert heard.reactions
    assert not top.reactions
    assert not below.reactions
    assert dms(scene.ada) == []


async def test_edits_and_deletions_carry_nothing(scene: Scene) -> None:
    """What was said was said."""
    card = await scene.opened()
    said = await scene.office.says(scene.ada, "on its way", channel=scene.acme, thread=card)
    await scene.ada.edits(said, "never")
    await scene.ada.deletes(said)
    await scene.office.says(scene.ada, "for sure", channel=scene.acme, thread=card)
    texts = "\n".join(dms(scene.hanako))
    assert "on its way" in texts
    assert "never" not in texts


async def test_a_mention_is_carried_as_a_name(scene: Scene) -> None:
    """What was a mention in one place is a name in the other, and pings nobody."""
    card = await scene.opened()
    await scene.office.says(scene.ada, "@田中 knows, @everyone", channel=scene.acme, thread=card)
    assert any("@田中 knows, @everyone" in each for each in dms(scene.hanako))


async def test_an_archived_thread_is_still_a_line(scene: Scene) -> None:
    """Writing opens it again, and what was written is carried."""
    card = await scene.opened()
    await scene.office.says(scene.ada, "wait", channel=scene.acme, thread=card)
    thread = scene.ada.thread(card)
    assert thread is not None
    deeds.set_thread(scene.office.discord.world, thread, archived=True)
    await scene.office.says(scene.ada, "on its way", channel=scene.acme, thread=card)
    assert any("on its way" in each for each in dms(scene.hanako))


async def test_a_reply_to_the_card_itself_is_carried(scene: Scene) -> None:
    """People also answer a card in its channel, as they answer each other; else they are left alone."""
    card = await scene.opened()
    said = await scene.ada.says("on its way", channel=scene.acme, reply_to=card)
    await scene.office.heard(said)
    assert any("on its way" in each for each in dms(scene.hanako))
    lunch = await scene.ada.says("lunch?", channel=scene.acme)
    other = await scene.tanaka.says("yes", channel=scene.acme, reply_to=lunch)
    last = await scene.ada.says("really", channel=scene.acme, reply_to=card)
    await scene.office.heard(last)
    assert not other.reactions


async def test_calling_us_by_name_is_answered_with_help(scene: Scene) -> None:
    """At the top of a channel, to whoever called alone."""
    await scene.ada.says(f"@{scene.office.discord.bot.name} hello?", channel=scene.acme)
    await until(lambda: bool(dms(scene.ada)))
    assert "/inquiry new" in dms(scene.ada)[0]


@pytest.mark.parametrize("fault", [Kind.RATE_LIMITED, Kind.REFUSED, Kind.LOST_REPLY])
async def test_what_could_not_be_told_was_done_all_the_same(scene: Scene, fault: Kind) -> None:
    """A sign that Discord does not take fails nothing."""
    card = await scene.opened()
    desk = await scene.desk()
    scene.office.discord.faults.switch_on(fault, "add_my_message_reaction")
    said = await scene.ada.says("on its way", channel=scene.acme, thread=card)
    await until(lambda: noted(scene.office, desk, said))
    await scene.office.deliver()
    assert any("on its way" in each for each in dms(scene.hanako))


async def test_a_reply_below_a_card_that_was_posted_a_moment_ago_is_not_lost(scene: Scene) -> None:
    """Killed between posting a card and noting it, we know it again only later: until then it waits."""
    await scene.form()
    assert (await scene.submit()).message is not None
    posted = await scene.office.post()
    said = await scene.ada.says("on its way", channel=scene.acme, thread=scene.card(scene.acme))
    await until(lambda: asked_for(scene.office.discord, scene.card(scene.acme)))
    await scene.office.outbox.settle(posted)
    await scene.office.heard(said)
    assert any("on its way" in each for each in dms(scene.hanako))


def asked_for(discord: DiscordEmulator, card: Message) -> bool:
    """Whether Henji has looked at a card, which it does for what it does not know."""
    return any(
        each.route == "get_message" and each.call.path["message_id"] == card.id for each in discord.calls
    )
