"""What people type after a slash: the forms that open, the answers that only they see."""

import pytest

from tests.contract.discord.listening.office import ORDER, Office
from tests.contract.discord.listening.scene import Scene, answered
from tests.emulators.discord import Kind


async def test_help_is_a_word_away(office: Office) -> None:
    """All that can be typed is listed, in the language of whoever asked, by commands in their language."""
    hanako, taro = office.discord.person("花子", locale="ja"), office.discord.person("Taro")
    office.discord.guild("Tanuki", members=[hanako, taro])
    theirs = answered(hanako, await hanako.command("/問い合わせ ヘルプ"))
    others = answered(taro, await taro.command("/inquiry help"))
    assert "/inquiry new" in theirs
    assert "/inquiry new" in others
    assert theirs != others


async def test_commands_are_sent_once(office: Office) -> None:
    """What Discord has already is not sent again."""
    assert await office.tree.synchronise() is False


@pytest.mark.parametrize("typed", ["inquiry list", "inquiry show", "seller list"])
async def test_without_a_desk_that_is_said(office: Office, typed: str) -> None:
    """Nobody is shown a form that leads nowhere."""
    taro = office.discord.person("Taro")
    lobby = office.discord.channel(office.discord.guild("Tanuki", members=[taro]), "lobby")
    options = {"number": "1"} if typed.endswith("show") else {}
    assert "/desk setup" in answered(taro, await taro.command(f"/{typed}", options, channel=lobby))
    assert taro.view is None


async def test_an_inquiry_is_opened_by_the_form(scene: Scene) -> None:
    """The cards stand with all three."""
    card = await scene.opened("まだ届きません")
    assert "まだ届きません" in scene.ada.reads(card)
    assert "#1" in scene.tanaka.reads(scene.card(scene.support))
    assert "#1" in scene.hanako.reads(scene.card(scene.hanako.inbox))


async def test_answers_are_for_whoever_acted_alone(scene: Scene) -> None:
    """Others in the channel do not read them."""
    answer = await scene.tanaka.command("/seller list", channel=scene.support)
    assert answer.message is not None
    assert not scene.boss.can_see(answer.message)


async def test_sellers_are_offered_while_somebody_types(scene: Scene) -> None:
    """Those whose name contains what was typed, in any width and case."""
    for letters, offered in (("ＡＣ", ["Acme"]), ("", ["Acme"]), ("zz", [])):
        found = await scene.hanako.suggests(
            "/inquiry new", option="seller", letters=letters, channel=scene.lobby
        )
        assert found == offered


async def test_a_seller_may_be_typed_to_the_end(scene: Scene) -> None:
    """A name that was not chosen from the list will do, and one that nobody has is refused."""
    await scene.hanako.command("/inquiry new", channel=scene.lobby, seller="ａｃｍｅ")
    assert scene.hanako.view is not None
    await scene.hanako.view.close()
    assert answered(
        scene.hanako, await scene.hanako.command("/inquiry new", channel=scene.lobby, seller="Nobody")
    )
    assert scene.hanako.view is None


async def test_the_form_shows_what_an_order_number_looks_like(scene: Scene) -> None:
    """As the desk's marketplace writes them."""
    await scene.hanako.command("/inquiry new", channel=scene.lobby, seller="Acme")
    assert scene.hanako.view is not None
    assert ORDER in str(scene.hanako.view.modal.body)


async def test_a_form_that_will_not_do_is_opened_again(scene: Scene) -> None:
    """A button below the reason brings back all that was entered, to be mended."""
    await scene.form("長い話", order="12345")
    refused = await scene.submit()
    assert refused.message is not None
    assert "12345" in scene.hanako.reads(refused.message)
    await scene.hanako.presses("修正", on=refused.message)
    form = scene.hanako.view
    assert form is not None
    assert (form.value("text"), form.value("order_number")) == ("長い話", "12345")
    await form.fill(order_number="５０３－１２３４５６７－１２３４５６７")
    sent = await scene.submit()
    assert sent.message is not None
    assert "#1" in scene.hanako.reads(sent.message)


async def test_the_next_form_begins_with_what_was_refused(scene: Scene) -> None:
    """Who did not press that button has lost nothing either."""
    await scene.form("長い話", order="x")
    await scene.submit()
    await scene.hanako.command("/inquiry new", channel=scene.lobby, seller="Acme")
    again = scene.hanako.view
    assert again is not None
    assert again.value("text") == "長い話"


async def test_a_form_sent_twice_opens_one_inquiry(scene: Scene) -> None:
    """Where the answer was lost, Discord leaves the form open; sent again, it is answered as before."""
    form = await scene.form()
    scene.office.discord.faults.switch_on(Kind.LOST_REPLY, "create_interaction_response", times=1)
    first = await form.submit()
    modal = form.modal
    scene.office.discord.interactions.modals[scene.hanako.id] = modal
    again = await form.submit()
    assert again.message is not None, first
    assert "#1" in scene.hanako.reads(again.message)
    assert (await scene.office.store.listing(await scene.desk(), "open", 20)).total == 1


@pytest.mark.parametrize("typed", ["1", "#1", "＃１"])
async def test_an_inquiry_is_shown_by_its_number(scene: Scene, typed: str) -> None:
    """In full width too."""
    await scene.opened("まだ届きません")
    answer = await scene.hanako.command("/inquiry show", channel=scene.lobby, number=typed)
    assert "まだ届きません" in answered(scene.hanako, answer)


async def test_what_is_no_number_is_answered_with_what_can_be_typed(scene: Scene) -> None:
    """It says what was typed, as it was typed."""
    answer = await scene.hanako.command("/inquiry show", channel=scene.lobby, number="<@&1> *twelve*")
    lines = answered(scene.hanako, answer)
    assert "<@&1> *twelve*" in lines
    assert "/inquiry new" in lines


async def test_an_inquiry_of_others_does_not_exist(scene: Scene) -> None:
    """Somebody who is no party of it reads what they would read of a number that was never given."""
    await scene.opened()
    eve = scene.office.discord.person("Eve")
    await eve.joins(scene.guild)
    theirs = answered(eve, await eve.command("/inquiry show", channel=scene.lobby, number="1"))
    others = answered(eve, await eve.command("/inquiry show", channel=scene.lobby, number="9"))
    assert theirs.replace("1", "9") == others
    assert answered(eve, await eve.command("/inquiry close", channel=scene.lobby, number="1")) == theirs


async def test_everyone_lists_what_is_theirs(scene: Scene) -> None:
    """The buyer their own, staff all, the seller's people theirs, also within a thread; strangers nothing."""
    card = await scene.opened()
    eve = scene.office.discord.person("Eve")
    await eve.joins(scene.guild)
    thread = scene.ada.thread(card)
    for person, channel in (
        (scene.hanako, scene.lobby),
        (scene.hanako, None),
        (scene.tanaka, scene.support),
        (scene.ada, scene.acme),
        (scene.ada, thread),
    ):
        assert "#1" in answered(person, await person.command("/inquiry list", channel=channel))
    assert "#1" not in answered(eve, await eve.command("/inquiry list", channel=scene.lobby))


async def test_the_buyer_closes_by_number(scene: Scene) -> None:
    """A form asks how it ended; closed again, it says that it is closed."""
    await scene.opened()
    told = []
    for _ in range(2):
        await scene.hanako.command("/inquiry close", channel=scene.lobby, number="1")
        assert scene.hanako.view is not None
        await scene.hanako.view.fill(outcome="解決")
        submission = await scene.submit()
        assert submission.message is not None
        told.append(scene.hanako.reads(submission.message))
    assert told[0] != told[1]


async def test_the_sellers_people_do_not_close(scene: Scene) -> None:
    """They are told so before a form opens."""
    await scene.opened()
    assert answered(scene.ada, await scene.ada.command("/inquiry close", channel=scene.acme, number="1"))
    assert scene.ada.view is None


async def test_staff_keep_a_buyer_out(scene: Scene) -> None:
    """By the number of an inquiry of theirs, and let them in again."""
    await scene.opened()
    for command, blocked in (("block", True), ("unblock", False)):
        answer = await scene.tanaka.command(f"/desk {command}", channel=scene.support, number="1")
        assert answered(scene.tanaka, answer)
        desk = await scene.office.store.desk(await scene.desk())
        assert desk is not None
        assert bool(desk.blocked) is blocked


async def test_sellers_are_the_staffs(scene: Scene) -> None:
    """Listed, changed by naming them again, removed; others may not."""
    for typed, options in (("add", {}), ("list", {}), ("remove", {"seller": "Acme"})):
        assert answered(
            scene.hanako, await scene.hanako.command(f"/seller {typed}", options, channel=scene.lobby)
        )
        assert scene.hanako.view is None
    tanaka, support = scene.tanaka, scene.support
    assert "Acme" in answered(tanaka, await tanaka.command("/seller list", channel=support))
    await tanaka.command("/seller add", {"name": "Acme"}, channel=support)
    form = tanaka.view
    assert form is not None
    assert form.value("name") == "Acme"
    assert form.value("place") == scene.acme.id
    await form.fill(name="Acme KK")
    assert (await form.submit()).message is not None
    gone = await tanaka.command("/seller remove", channel=support, seller="Acme KK")
    assert "Acme KK" in answered(tanaka, gone)
    assert "Acme" not in answered(tanaka, await tanaka.command("/seller list", channel=support))


async def test_a_new_sellers_name_is_in_the_form(scene: Scene) -> None:
    """It was typed once."""
    await scene.tanaka.command("/seller add", {"name": "Beta"}, channel=scene.support)
    assert scene.tanaka.view is not None
    assert scene.tanaka.view.value("name") == "Beta"
