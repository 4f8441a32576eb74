"""What people press: the buttons of cards and notices, and the forms they open."""

import pytest

from tests.contract.discord.listening.scene import Scene, answered
from tests.emulators.discord import Kind, Message, Person, deeds_guilds
from tests.emulators.discord.components import Kind as Component
from tests.emulators.discord.interactions import Kind as Interaction


async def pressed(person: Person, message: Message, custom_id: str) -> str:
    """What somebody is told who presses a button that no client shows there."""
    data = {"id": 1, "custom_id": custom_id, "component_type": Component.BUTTON}
    interaction = person.acts(Interaction.COMPONENT, message.channel, data)
    interaction.message = message
    return answered(person, await person.answered(interaction))


async def test_a_button_is_answered_to_whoever_pressed_it(scene: Scene) -> None:
    """A holding reply is confirmed to the seller alone, and the buyer hears of it."""
    card = await scene.opened()
    answer = await scene.ada.presses("act:hold:1", on=card)
    assert "#1" in answered(scene.ada, answer)
    assert answer.message is not None
    assert not scene.tanaka.can_see(answer.message)
    await scene.office.deliver()
    assert len(scene.hanako.sees()) == 3


async def test_a_button_pressed_again_says_why_not(scene: Scene) -> None:
    """The second holding reply of a window is refused with the reason."""
    card = await scene.opened()
    first = answered(scene.ada, await scene.ada.presses("act:hold:1", on=card))
    assert answered(scene.ada, await scene.ada.presses("act:hold:1", on=card)) != first


async def test_a_buyer_presses_in_the_dm(scene: Scene) -> None:
    """There no guild says which desk is meant: the card they press on does."""
    await scene.opened()
    card = scene.card(scene.hanako.inbox)
    assert "#1" in answered(scene.hanako, await scene.hanako.presses("act:withdraw:1", on=card))
    assert (await scene.office.store.listing(await scene.desk(), "open", 20)).total == 0


@pytest.mark.parametrize(
    "custom_id",
    [
        "act:hold:12; drop",
        "act:hold:",
        "act:hold",
        "act:fly:1",
        "act:note:x",
        "ask:fly:1",
        "ask::1",
        "ask:seller:cancel",
        "edit:fly:1",
        "edit:note:",
        "more:fly",
        "desk:1",
        "desk:show.1",
        "desk:²:desk1",
        "whatever",
        "x" * 100,
    ],
)
async def test_a_button_of_long_ago_says_so(scene: Scene, custom_id: str) -> None:
    """What Henji does not know, or no longer, is refused in a sentence, and does nothing."""
    card = await scene.opened()
    assert await pressed(scene.ada, card, custom_id)
    assert scene.ada.view is None


@pytest.mark.parametrize("number", ["2", "9999", "１"])
async def test_a_number_is_no_right(scene: Scene, number: str) -> None:
    """A forged value reaches no other inquiry, and a stranger none at all."""
    await scene.opened()
    eve = scene.office.discord.person("Eve")
    await eve.joins(scene.guild)
    answer = await eve.command("/inquiry list", channel=scene.lobby)
    assert answer.message is not None
    assert await pressed(eve, answer.message, f"act:acknowledge:{number}")
    shown = await scene.office.store.shown(await scene.desk(), 1)
    assert shown is not None
    assert shown.inquiry.acknowledged is None


async def test_staff_write_to_the_buyer_by_a_form(scene: Scene) -> None:
    """The form opens at once, and what was written stands in the buyer's DM."""
    await scene.opened()
    assert (await scene.tanaka.presses("act:write_buyer:1", on=scene.card(scene.support))).ok
    form = scene.tanaka.view
    assert form is not None
    await form.fill(text="確認しています")
    assert (await form.submit()).message is not None
    await scene.office.deliver()
    assert any("確認しています" in scene.hanako.reads(each) for each in scene.hanako.sees())


async def test_sellers_and_buyers_reply_by_a_form(scene: Scene) -> None:
    """For where Henji may not read what they write: it goes to the other side."""
    card = await scene.opened()
    for person, where, text in (
        (scene.ada, card, "sent on Monday"),
        (scene.hanako, scene.card(scene.hanako.inbox), "まだです"),
    ):
        await pressed_for_form(person, where, "act:reply:1")
        form = person.view
        assert form is not None
        await form.fill(text=text)
        assert (await form.submit()).message is not None
        await scene.office.deliver()
    assert any("sent on Monday" in scene.hanako.reads(each) for each in scene.hanako.sees())
    assert any("まだです" in each for each in scene.thread(card))


async def pressed_for_form(person: Person, message: Message, custom_id: str) -> None:
    """Press a button that may not be shown there."""
    data = {"id": 1, "custom_id": custom_id, "component_type": Component.BUTTON}
    interaction = person.acts(Interaction.COMPONENT, message.channel, data)
    interaction.message = message
    assert (await person.answered(interaction)).ok


async def test_whoever_acts_in_the_staff_place_is_staff(scene: Scene) -> None:
    """Also by a form that was opened there: their note is in the thread."""
    await scene.opened()
    card = scene.card(scene.support)
    await scene.boss.presses("act:note:1", on=card)
    form = scene.boss.view
    assert form is not None
    await form.fill(text="called them")
    assert (await form.submit()).outcome == "closed"
    await scene.office.deliver()
    assert any("called them" in each for each in scene.thread(card))


@pytest.mark.parametrize("act", ["snooze", "mute"])
async def test_pings_wait_as_long_as_was_chosen(scene: Scene, act: str) -> None:
    """A form asks for how long, and the answer says until when."""
    await scene.opened()
    await scene.tanaka.presses(f"act:{act}:1", on=scene.card(scene.support))
    form = scene.tanaka.view
    assert form is not None
    await form.fill(until="明日の9:00まで")
    assert (await form.submit()).message is not None


async def test_staff_take_an_inquiry(scene: Scene) -> None:
    """Assigned to whoever pressed."""
    await scene.opened()
    assert (await scene.tanaka.presses("act:assign:1", on=scene.card(scene.support))).ok
    shown = await scene.office.store.shown(await scene.desk(), 1)
    assert shown is not None
    assert shown.inquiry.assigned == f"discord:users:{scene.tanaka.id}"


async def test_a_form_of_long_ago_is_refused_with_what_was_typed(scene: Scene) -> None:
    """Its inquiry is closed by now; opened again, the form holds what stood in it, as does a later one."""
    await scene.opened()
    card = scene.card(scene.support)
    await scene.tanaka.presses("act:write_seller:1", on=card)
    form = scene.tanaka.view
    assert form is not None
    await form.fill(text="急いでください")
    await scene.hanako.command("/inquiry close", channel=scene.lobby, number="1")
    assert scene.hanako.view is not None
    await scene.hanako.view.fill(outcome="解決")
    await scene.submit()
    refused = await form.submit()
    assert refused.message is not None
    for button, on in (("修正", refused.message), ("act:write_seller:1", card)):
        await scene.tanaka.presses(button, on=on)
        again = scene.tanaka.view
        assert again is not None
        assert again.value("text") == "急いでください"
        await again.close()


async def test_a_button_lives_on_after_a_restart(scene: Scene) -> None:
    """Nothing of it is kept in the process: a session that knows of no message answers it."""
    card = await scene.opened()
    assert scene.office.reception.client.persistent_views == []
    assert "#1" in answered(scene.ada, await scene.ada.presses("act:hold:1", on=card))


@pytest.mark.parametrize("fault", [Kind.REFUSED, Kind.LOST_REPLY, Kind.FAILED_AFTER])
async def test_what_could_not_be_told_was_done_all_the_same(scene: Scene, fault: Kind) -> None:
    """An answer that Discord does not take undoes nothing."""
    card = await scene.opened()
    scene.office.discord.faults.switch_on(fault, "create_interaction_response", times=1)
    await scene.ada.presses("act:hold:1", on=card)
    shown = await scene.office.store.shown(await scene.desk(), 1)
    assert shown is not None
    assert shown.inquiry.held_at is not None


async def test_a_role_that_was_taken_is_no_right(scene: Scene) -> None:
    """Who is staff by a role is decided when their form arrives, not when it was opened."""
    scene.office.discord.role(scene.guild, "agents", members=[scene.ada])
    await scene.boss.command("/desk setup", channel=scene.lobby)
    settings = scene.boss.view
    assert settings is not None
    await settings.fill(staff=["田中", "agents"])
    assert (await settings.submit()).message is not None
    assert "Acme" in answered(scene.ada, await scene.ada.command("/seller list", channel=scene.lobby))
    await scene.ada.command("/seller add", channel=scene.lobby)
    form = scene.ada.view
    assert form is not None
    await form.fill(name="Mine")
    deeds_guilds.set_roles(scene.office.discord.world, scene.guild, scene.ada.id, [])
    refused = await form.submit()
    assert refused.message is not None
    sellers = await scene.office.store.sellers(await scene.desk())
    assert [each.name.raw for each in sellers] == ["Acme"]
