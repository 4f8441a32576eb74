"""What people press: the buttons of cards and notices, and the forms they open."""

from typing import Any

import pytest

from tests.contract.slack.listening.scene import Scene, answered
from tests.emulators.slack import Kind, Message, Person, events


async def pressed(scene: Scene, person: Person, message: Message, **changes: object) -> list[str]:
    """What somebody is told, alone, who sends an action as no client would: changed by hand."""
    about: dict[str, Any] = {
        "channel": {"id": message.channel, "name": "x"},
        "container": {"type": "message", "message_ts": message.ts, "channel_id": message.channel},
        "actions": [{"type": "button", "block_id": "b", "action_ts": "1.2"} | changes],
        "trigger_id": scene.office.slack.world.new_trigger(person.id),
        "response_url": scene.office.slack.response_urls.give_out(person.id, message.channel, message.ts),
    }
    world = scene.office.slack.world
    before = set(world.ephemerals)
    ack = await person.delivers("interactive", events.interaction(world, person.id, "block_actions", about))
    assert ack.ok
    return [person.reads(each) for ts, each in world.ephemerals.items() if ts not in before]


async def test_a_button_is_answered_to_whoever_pressed_it(scene: Scene) -> None:
    """A holding reply is confirmed to the seller alone, and the buyer hears of it."""
    card = await scene.opened()
    assert "#1" in answered(scene.ada, await scene.ada.presses("act:hold", on=card))
    await scene.office.deliver()
    assert len(scene.thread(scene.hanako.inbox, scene.card(scene.hanako.inbox))) == 2


async def test_a_button_pressed_again_says_why_not(scene: Scene) -> None:
    """The second holding reply of a window is refused with the reason."""
    card = await scene.opened()
    first = answered(scene.ada, await scene.ada.presses("act:hold", on=card))
    again = answered(scene.ada, await scene.ada.presses("act:hold", on=card))
    assert first != again


async def test_a_button_delivered_again_does_it_once(scene: Scene) -> None:
    """The same interaction has the same answer."""
    card = await scene.opened()
    first = answered(scene.ada, await scene.ada.presses("act:hold", on=card))
    payload = scene.office.slack.delivery.delivered[-1].payload
    await scene.office.slack.delivery.deliver("interactive", payload)
    told = [scene.ada.reads(each) for each in scene.ada.sees(scene.acme) if each.ephemeral_to]
    assert told == [first, first]


@pytest.mark.parametrize(
    "action",
    [
        {"action_id": "act:hold", "value": "12; drop"},
        {"action_id": "act:hold", "value": ""},
        {"action_id": "act:hold"},
        {"action_id": "act:fly", "value": "1"},
        {"action_id": "ask:fly:1", "value": "1"},
        {"action_id": "ask:", "value": "1"},
        {"action_id": "ask:seller:cancel", "value": "cancel"},
        {"action_id": "whatever", "value": "1"},
    ],
)
async def test_a_button_of_long_ago_says_so(scene: Scene, action: dict[str, str]) -> None:
    """What Henji does not know, or no longer, is refused in a sentence, and does nothing."""
    card = await scene.opened()
    (told,) = await pressed(scene, scene.ada, card, **action)
    assert told


@pytest.mark.parametrize("number", ["2", "9999", "１"])
async def test_a_number_is_no_right(scene: Scene, number: str) -> None:
    """A forged value reaches no other inquiry, and a stranger none at all."""
    card = await scene.opened()
    eve = scene.office.slack.person("Eve")
    scene.acme.members.append(eve.id)
    (told,) = await pressed(scene, eve, card, action_id="act:acknowledge", value=number)
    assert told
    shown = await scene.office.store.shown(await scene.desk(), 1)
    assert shown is not None
    assert shown.inquiry.acknowledged is None


async def test_staff_write_to_the_buyer_by_a_form(scene: Scene) -> None:
    """The form opens at once, and what was written stands in the buyer's thread."""
    await scene.opened()
    card = scene.card(scene.support)
    assert (await scene.tanaka.presses("act:write_buyer", on=card)).ok
    assert scene.tanaka.view is not None
    await scene.tanaka.view.fill({"form:text": "確認しています"})
    assert (await scene.submit(scene.tanaka)).outcome == "updated"
    await scene.office.deliver()
    inbox = scene.hanako.inbox
    assert any("確認しています" in each for each in scene.thread(inbox, scene.card(inbox)))


async def test_whoever_acts_in_the_staff_place_is_staff(scene: Scene) -> None:
    """Also by a form that was opened there, though Slack does not say where a form comes from."""
    await scene.opened()
    card = scene.card(scene.support)
    ken = scene.office.slack.person("Ken")
    await ken.joins(scene.support)
    assert (await ken.presses("act:note", on=card)).ok
    assert ken.view is not None
    await ken.view.fill({"form:text": "called them"})
    assert (await scene.submit(ken)).outcome == "closed"
    await scene.office.deliver()
    assert any("called them" in each for each in scene.thread(scene.support, card))


@pytest.mark.parametrize(("act", "field"), [("snooze", "form:until"), ("mute", "form:until")])
async def test_pings_wait_as_long_as_was_chosen(scene: Scene, act: str, field: str) -> None:
    """A form asks for how long, and the answer says until when."""
    await scene.opened()
    await scene.tanaka.presses(f"act:{act}", on=scene.card(scene.support))
    assert scene.tanaka.view is not None
    await scene.tanaka.view.fill({field: "明日の9:00まで"})
    assert (await scene.submit(scene.tanaka)).outcome == "updated"


async def test_staff_take_an_inquiry(scene: Scene) -> None:
    """Assigned to whoever pressed."""
    await scene.opened()
    assert (await scene.tanaka.presses("act:assign", on=scene.card(scene.support))).ok
    shown = await scene.office.store.shown(await scene.desk(), 1)
    assert shown is not None
    assert shown.inquiry.assigned is not None
    assert shown.inquiry.assigned.endswith(scene.tanaka.id)


async def test_a_form_that_slack_did_not_open_is_told(scene: Scene) -> None:
    """Whoever pressed reads that it did not work."""
    await scene.opened()
    scene.office.slack.faults.switch_on(Kind.REFUSED, "views.open", times=1)
    assert answered(scene.tanaka, await scene.tanaka.presses("act:note", on=scene.card(scene.support)))
    assert scene.tanaka.view is None


async def test_a_form_of_long_ago_stays_open_with_the_reason(scene: Scene) -> None:
    """A form whose inquiry is closed by now refuses, and keeps what was typed."""
    await scene.opened()
    card = scene.card(scene.support)
    await scene.tanaka.presses("act:write_seller", on=card)
    form = scene.tanaka.view
    assert form is not None
    await form.fill({"form:text": "急いでください"})
    await scene.hanako.command("/inquiry close 1")
    assert scene.hanako.view is not None
    await scene.hanako.view.fill({"form:outcome": "解決"})
    await scene.submit()
    assert (await scene.submit(scene.tanaka)).outcome == "errors"
    assert form.value("form:text") == "急いでください"


@pytest.mark.parametrize(
    "body",
    [{}, {"view": {}}, {"view": {"id": "V1", "type": "modal", "callback_id": "form:fly", "blocks": []}}],
)
async def test_a_payload_of_no_shape_is_acknowledged(scene: Scene, body: dict[str, object]) -> None:
    """Nothing breaks on what no client sends."""
    payload = events.interaction(scene.office.slack.world, scene.ada.id, "view_submission", body)
    ack = await scene.ada.delivers("interactive", payload)
    assert ack.status < 500


async def test_sellers_are_offered_while_somebody_types(scene: Scene) -> None:
    """Those whose name contains what was typed, in any width and case."""
    await scene.hanako.command("/inquiry new")
    assert scene.hanako.view is not None
    for typed, offered in (("ＡＣ", ["Acme"]), ("", ["Acme"]), ("zz", [])):
        found = await scene.hanako.types_in_select(typed, on=scene.hanako.view, select="form:seller")
        assert found == offered
