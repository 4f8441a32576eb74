"""What people type after a slash: the forms that open, the answers that only they see."""

import pytest

from tests.contract.slack.listening.office import ORDER, Office
from tests.contract.slack.listening.scene import Scene, answered
from tests.emulators.slack import Kind


@pytest.mark.parametrize("typed", ["/inquiry", "/inquiry help", "/inquiry ＨＥＬＰ"])
async def test_help_is_a_word_away(office: Office, typed: str) -> None:
    """Without a word, or asked for, all that can be typed is listed, in the language of whoever typed."""
    hanako = office.slack.person("花子", locale="ja-JP")
    taro = office.slack.person("Taro")
    theirs, others = [answered(each, await each.command(typed)) for each in (hanako, taro)]
    assert "/inquiry new" in theirs
    assert "/inquiry new" in others
    assert theirs != others


@pytest.mark.parametrize("typed", ["返品したい", "<!channel> & <b>", "payload", "show", "show twelve", "12"])
async def test_what_is_no_word_is_answered_with_those_that_are(scene: Scene, typed: str) -> None:
    """It says what was typed, as it was typed, and what can be."""
    lines = answered(scene.hanako, await scene.hanako.command(f"/inquiry {typed}"))
    assert typed in lines
    assert "/inquiry new" in lines


@pytest.mark.parametrize("typed", ["/desk", "/desk up", "/seller", "/seller ban Acme"])
async def test_the_other_commands_have_their_own_help(scene: Scene, typed: str) -> None:
    """Each lists its own words."""
    assert f"{typed.split(maxsplit=1)[0]} " in answered(scene.tanaka, await scene.tanaka.command(typed))


@pytest.mark.parametrize("typed", ["/inquiry new", "/inquiry list", "/inquiry show 1", "/seller list"])
async def test_without_a_desk_that_is_said(office: Office, typed: str) -> None:
    """Nobody is shown a form that leads nowhere."""
    taro = office.slack.person("Taro")
    assert answered(taro, await taro.command(typed))
    assert taro.view is None


async def test_an_inquiry_is_opened_by_the_form(scene: Scene) -> None:
    """What came of it takes the form's place, and the cards stand with all three."""
    card = await scene.opened("まだ届きません")
    form = scene.hanako.view
    assert form is not None
    assert "#1" in str(form.view.body["blocks"])
    assert "submit" not in form.view.body
    assert "まだ届きません" in scene.thread(scene.acme, card)[0]
    for channel in (scene.support, scene.hanako.inbox):
        assert "#1" in scene.office.slack.rendered_text(scene.card(channel))


async def test_the_form_shows_what_an_order_number_looks_like(scene: Scene) -> None:
    """As the desk's marketplace writes them."""
    await scene.hanako.command("/inquiry new")
    assert scene.hanako.view is not None
    assert ORDER in str(scene.hanako.view.view.body["blocks"])


async def test_what_was_typed_after_new_is_in_the_form(scene: Scene) -> None:
    """It is not lost, whatever people take the command for."""
    await scene.hanako.command("/inquiry new 届きません & 困っています")
    assert scene.hanako.view is not None
    assert scene.hanako.view.value("form:text") == "届きません & 困っています"


async def test_a_form_that_will_not_do_stays_open(scene: Scene) -> None:
    """The sentence stands at the field it is about, what was typed is still there, and it can be mended."""
    form = await scene.form(order="12345")
    submission = await scene.submit()
    assert submission.outcome == "errors"
    assert list(submission.errors) == ["注文番号"]
    assert form.value("form:text") == "届きません"
    await form.fill({"form:order_number": "５０３－１２３４５６７－１２３４５６７"})
    assert (await scene.submit()).outcome == "updated"


async def test_the_next_form_begins_with_what_was_refused(scene: Scene) -> None:
    """A form closed after a refusal has not swallowed anything."""
    form = await scene.form("長い話", order="x")
    await scene.submit()
    await form.close()
    await scene.hanako.command("/inquiry new")
    again = scene.hanako.view
    assert again is not None
    assert (again.value("form:text"), again.value("form:seller")) == ("長い話", "Acme")


async def test_a_form_sent_twice_opens_one_inquiry(scene: Scene) -> None:
    """After a lost answer the same form is answered as before."""
    await scene.form()
    await scene.submit()
    payload = scene.office.slack.delivery.delivered[-1].payload
    again = await scene.office.slack.delivery.deliver("interactive", payload)
    assert "#1" in str(again.body)
    assert (await scene.office.store.listing(await scene.desk(), "open", 20)).total == 1


@pytest.mark.parametrize("typed", ["1", "#1", "＃１"])
async def test_an_inquiry_is_shown_by_its_number(scene: Scene, typed: str) -> None:
    """In full width too."""
    await scene.opened("まだ届きません")
    assert "まだ届きません" in answered(scene.hanako, await scene.hanako.command(f"/inquiry show {typed}"))


async def test_an_inquiry_of_others_does_not_exist(scene: Scene) -> None:
    """Somebody who is no party of it reads what they would read of a number that was never given."""
    await scene.opened()
    eve = scene.office.slack.person("Eve")
    theirs = answered(eve, await eve.command("/inquiry show 1"))
    assert theirs.replace("1", "9") == answered(eve, await eve.command("/inquiry show 9"))
    assert answered(eve, await eve.command("/inquiry close 1")) == theirs


async def test_everyone_lists_what_is_theirs(scene: Scene) -> None:
    """The buyer their own, staff all, the seller's people theirs; strangers nothing."""
    await scene.opened()
    eve = scene.office.slack.person("Eve")
    for person, channel in ((scene.hanako, None), (scene.tanaka, scene.support), (scene.ada, scene.acme)):
        assert "#1" in answered(person, await person.command("/inquiry list", channel=channel))
    assert "#1" not in answered(eve, await eve.command("/inquiry list"))


async def test_the_buyer_closes_by_number(scene: Scene) -> None:
    """A form asks how it ended; closed again, it says that it is closed."""
    await scene.opened()
    await scene.hanako.command("/inquiry close 1")
    assert scene.hanako.view is not None
    await scene.hanako.view.fill({"form:outcome": "解決"})
    assert (await scene.submit()).outcome == "updated"
    await scene.hanako.command("/inquiry close 1")
    assert scene.hanako.view is not None
    await scene.hanako.view.fill({"form:outcome": "解決"})
    assert (await scene.submit()).outcome == "errors"


async def test_the_sellers_people_do_not_close(scene: Scene) -> None:
    """They are told so before a form opens."""
    await scene.opened()
    assert answered(scene.ada, await scene.ada.command("/inquiry close 1", channel=scene.acme))
    assert scene.ada.view is None


async def test_only_admins_set_up_a_desk(office: Office) -> None:
    """Others are told so, and see no form; an admin gets one."""
    taro, boss = office.slack.person("Taro"), office.slack.person("Boss", admin=True)
    assert answered(taro, await taro.command("/desk setup"))
    assert taro.view is None
    assert (await boss.command("/desk setup")).message is None
    assert boss.view is not None


async def test_a_desk_is_changed_by_whom_its_admins_name(scene: Scene) -> None:
    """The form begins with what is, and who was named may send it."""
    assert answered(scene.tanaka, await scene.tanaka.command("/desk setup"))
    await scene.boss.command("/desk setup")
    form = scene.boss.view
    assert form is not None
    assert form.value("form:name") == "Tanuki"
    await form.fill({"form:admins": ["Boss", "田中"]})
    assert (await scene.submit(scene.boss)).outcome == "updated"
    assert (await scene.tanaka.command("/desk setup")).message is None
    assert scene.tanaka.view is not None


async def test_sellers_are_the_staffs(scene: Scene) -> None:
    """Listed, changed by naming them again, removed; others may not."""
    for typed in ("/seller add", "/seller list", "/seller remove"):
        assert answered(scene.hanako, await scene.hanako.command(typed))
        assert scene.hanako.view is None
    assert "Acme" in answered(scene.tanaka, await scene.tanaka.command("/seller list"))
    await scene.tanaka.command("/seller add ａｃｍｅ")
    form = scene.tanaka.view
    assert form is not None
    assert form.value("form:name") == "Acme"
    await form.fill({"form:name": "Acme KK"})
    assert (await scene.submit(scene.tanaka)).outcome == "updated"
    await scene.tanaka.command("/seller remove")
    assert scene.tanaka.view is not None
    await scene.tanaka.view.fill({"form:seller": "Acme KK"})
    assert (await scene.submit(scene.tanaka)).outcome == "updated"
    assert "Acme" not in answered(scene.tanaka, await scene.tanaka.command("/seller list"))


async def test_a_form_that_slack_did_not_open_is_told(scene: Scene) -> None:
    """Nobody waits for a form that does not come."""
    scene.office.slack.faults.switch_on(Kind.REFUSED, "views.open", times=1)
    assert answered(scene.hanako, await scene.hanako.command("/inquiry new"))
    assert (await scene.hanako.command("/inquiry new")).message is None
    assert scene.hanako.view is not None
