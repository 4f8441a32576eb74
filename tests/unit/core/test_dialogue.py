"""The short dialogue in a DM: what is asked, what is understood, what opens or continues an inquiry."""

from datetime import timedelta

import pytest

from core.answers import AnyAnswer, Did, Opened, Question, Sent
from core.commands import Actor, Choose, RemoveSeller, Talk
from core.notices import Asked
from core.records import Asking
from core.refusal import Refusal
from core.text import Foreign
from tests.unit.core.office import (
    BUYER,
    BUYER_PLACE,
    DESK,
    ORDER,
    PHOTO,
    SELLER_PLACE,
    STAFF,
    STAFF_PLACE,
    STRANGER,
    Office,
    heard,
)


async def says(office: Office, text: str, by: Actor = BUYER) -> Asked | AnyAnswer:
    """Somebody writes in their DM; the question that follows, or else the answer."""
    answer = await office.does(Talk, by, text=Foreign(text), at=office.now)
    asked = [notice.what for notice in await office.told() if isinstance(notice.what, Asked)]
    return asked[-1] if asked else answer


async def sends(office: Office) -> AnyAnswer:
    """The buyer presses "send" under the question as it stands."""
    draft = await office.desk.draft(DESK, BUYER.person)
    assert draft is not None
    shown = Asked(
        number=0,
        asking=draft.asking,
        seller=Foreign(""),
        order_number=draft.order_number or "",
        text=draft.text,
    )
    return await chooses(office, Asking.MESSAGE, shown.sending)


async def chooses(office: Office, asking: Asking, value: str) -> AnyAnswer:
    """The buyer presses or selects."""
    return await office.does(Choose, BUYER, asking=asking, value=value, at=office.now)


async def test_three_questions_open_an_inquiry(office: Office) -> None:
    """Seller, order number, message: what was written first is the message, and "send" opens."""
    asked = await says(office, "届いた箱がつぶれていました")
    assert isinstance(asked, Asked)
    assert asked.asking is Asking.SELLER
    seller = (await office.store.sellers(DESK))[0]
    question = await chooses(office, Asking.SELLER, seller.id)
    assert isinstance(question, Question)
    assert question.ask.asking is Asking.ORDER
    asked = await says(office, "５０３－１２３４５６７－１２３４５６７")
    assert isinstance(asked, Asked)
    assert (asked.asking, asked.order_number) == (Asking.MESSAGE, ORDER)
    assert asked.text.raw == "届いた箱がつぶれていました"
    assert isinstance(await says(office, "写真もあります"), Asked)
    assert isinstance(await sends(office), Opened)
    told = await office.told()
    assert heard(told, SELLER_PLACE) == ["Relayed"]
    assert await office.desk.draft(DESK, BUYER.person) is None
    shown = await office.store.shown(DESK, 1)
    assert shown is not None
    assert shown.entries[0].text.raw == "届いた箱がつぶれていました\n写真もあります"


async def test_seller_by_name(office: Office) -> None:
    """A seller's name may be typed in part and in any width; an unknown one is asked again."""
    await says(office, "質問です")
    again = await says(office, "赤い店")
    assert isinstance(again, Asked)
    assert again.refused is not None
    assert (again.asking, again.refused.reason) == (Asking.SELLER, "unknown_seller")
    asked = await says(office, "青空")
    assert isinstance(asked, Asked)
    assert (asked.asking, asked.seller.raw) == (Asking.ORDER, "青空商店")


async def test_malformed_order_number_is_asked_again(office: Office) -> None:
    """What is no order number is asked again, with its shape; "none" goes on without one."""
    await says(office, "質問です")
    await says(office, "青空商店")
    again = await says(office, "12345")
    assert isinstance(again, Asked)
    assert again.refused is not None
    assert (again.refused.reason, again.refused.example) == ("order_number", ORDER)
    question = await chooses(office, Asking.ORDER, "none")
    assert isinstance(question, Question)
    assert question.ask.asking is Asking.MESSAGE


async def test_with_an_open_inquiry_which_is_asked(office: Office) -> None:
    """Someone with an open inquiry is asked which it is for; chosen, the message goes there."""
    await office.opens()
    await office.told()
    asked = await says(office, "その後いかがですか")
    assert isinstance(asked, Asked)
    assert asked.asking is Asking.WHICH
    assert [value for value, _ in asked.choices] == ["1"]
    assert isinstance(await chooses(office, Asking.WHICH, "1"), Sent)
    assert heard(await office.told(), SELLER_PLACE) == ["Relayed"]
    assert await office.desk.draft(DESK, BUYER.person) is None


async def test_old_button_is_refused(office: Office) -> None:
    """A button of a question no longer asked is refused, and the dialogue stands where it was."""
    await says(office, "質問です")
    await says(office, "青空商店")
    seller = (await office.store.sellers(DESK))[0]
    answer = await chooses(office, Asking.SELLER, seller.id)
    assert isinstance(answer, Refusal)
    assert answer.reason == "moved_on"
    draft = await office.desk.draft(DESK, BUYER.person)
    assert draft is not None
    assert draft.asking is Asking.ORDER


async def test_cancelled(office: Office) -> None:
    """Cancel drops the draft and says so; the same button later is refused."""
    await says(office, "質問です")
    answer = await chooses(office, Asking.SELLER, "cancel")
    assert answer == Did(act="cancelled")
    assert await office.desk.draft(DESK, BUYER.person) is None
    assert isinstance(await chooses(office, Asking.SELLER, "cancel"), Refusal)


async def test_too_long_keeps_what_was_there(office: Office) -> None:
    """A message too long to add is refused; what had been written before stays."""
    await says(office, "質問です")
    await says(office, "青空商店")
    await says(office, ORDER)
    answer = await says(office, "長" * 5_000)
    assert isinstance(answer, Refusal)
    assert answer.reason == "too_long"
    draft = await office.desk.draft(DESK, BUYER.person)
    assert draft is not None
    assert draft.text.raw == "質問です"


async def test_chosen_inquiry_must_be_theirs(office: Office) -> None:
    """A number that is not among the person's own open inquiries is refused."""
    await office.opens()
    await office.told()
    await says(office, "横取り", by=STRANGER)
    answer = await office.does(Choose, STRANGER, asking=Asking.WHICH, value="1", at=office.now)
    assert isinstance(answer, Refusal)
    assert heard(await office.told(), BUYER_PLACE) == []


@pytest.mark.parametrize("gone", [True, False], ids=["removed", "no place"])
async def test_a_seller_who_will_not_do_is_asked_for_again(office: Office, *, gone: bool) -> None:
    """A seller removed or out of reach before "send": another can be chosen, and what was written stays."""
    await says(office, "箱がつぶれていました")
    await says(office, "青空商店")
    await says(office, ORDER)
    (seller,) = await office.store.sellers(DESK)
    if gone:
        await office.does(RemoveSeller, STAFF, seller=seller.id)
    else:
        await office.add_seller("青空商店", None, seller=seller.id)
    asked = await sends(office)
    assert isinstance(asked, Question)
    assert asked.ask.refused is not None
    assert (asked.ask.asking, asked.ask.text.raw) == (Asking.SELLER, "箱がつぶれていました")
    assert asked.ask.refused.reason == ("unknown_seller" if gone else "seller_unreachable")
    assert isinstance(await sends(office), Refusal)
    assert heard(await office.told(), STAFF_PLACE) == ([] if gone else ["NotReached"])
    await office.add_seller("緑屋", SELLER_PLACE)
    await says(office, "緑屋")
    assert isinstance(await says(office, "なし"), Asked)
    assert isinstance(await sends(office), Opened)


async def test_a_photo_answers_no_question(office: Office) -> None:
    """A file without words is kept, and the question stands: it does not mean "no order number"."""
    for expected in (Asking.SELLER, Asking.ORDER):
        await says(office, "青空商店")
        await office.does(Talk, BUYER, text=Foreign(""), at=office.now, files=(PHOTO,))
        (asked,) = [notice.what for notice in await office.told() if isinstance(notice.what, Asked)]
        assert (asked.asking, asked.refused) == (expected, None)
    draft = await office.desk.draft(DESK, BUYER.person)
    assert draft is not None
    assert (draft.text.raw, draft.attached) == ("青空商店", (PHOTO, PHOTO))


async def test_too_long_to_begin_with_is_kept(office: Office) -> None:
    """A first message too long is kept for the next form, until an inquiry is opened or given up."""
    answer = await says(office, "長" * 5_000)
    assert isinstance(answer, Refusal)
    assert (answer.reason, answer.kept) == ("too_long", True)
    draft = await office.desk.draft(DESK, BUYER.person)
    assert draft is not None
    assert (draft.asking, len(draft.beginning)) == (Asking.NOTHING, 5_000)
    await office.opens()
    assert await office.desk.draft(DESK, BUYER.person) is None


async def test_talking_too_fast(office: Office) -> None:
    """The twenty-first message within a minute is answered with the limit, and gets no further question."""
    for n in range(20):
        assert isinstance(await says(office, f"{n}"), Asked)
    answer = await says(office, "まだあります")
    assert isinstance(answer, Refusal)
    assert (answer.reason, answer.kept) == ("too_fast", True)
    draft = await office.desk.draft(DESK, BUYER.person)
    assert draft is not None
    assert draft.asking is Asking.SELLER
    office.now += timedelta(minutes=1)
    assert isinstance(await says(office, "まだあります"), Asked)


async def test_a_refused_form_outlives_the_dialogue_it_is_followed_by(office: Office) -> None:
    """What a refused form held is still there for the next one when its writer has talked meanwhile."""
    await office.opens(text="箱がつぶれていました", order_number="?")
    await says(office, "こんにちは")
    await chooses(office, Asking.SELLER, "cancel")
    draft = await office.desk.draft(DESK, BUYER.person)
    assert draft is not None
    assert draft.beginning.raw == "箱がつぶれていました"


async def test_an_old_question_sends_nothing_new(office: Office) -> None:
    """Pressed under a question that shows less than there is now, "send" only shows all of it."""
    await says(office, "箱がつぶれていました")
    await says(office, "青空商店")
    first = await says(office, ORDER)
    await says(office, "写真もあります")
    assert isinstance(first, Asked)
    answer = await chooses(office, Asking.MESSAGE, first.sending)
    assert isinstance(answer, Question)
    assert answer.ask.text.raw == "箱がつぶれていました\n写真もあります"
    assert isinstance(await chooses(office, Asking.MESSAGE, answer.ask.sending), Opened)
