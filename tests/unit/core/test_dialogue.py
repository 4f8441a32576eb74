"""The short dialogue in a DM: what is asked, what is understood, what opens or continues an inquiry."""

from core.answers import AnyAnswer, Did, Opened, Question, Sent
from core.commands import Actor, Choose, Talk
from core.notices import Asked
from core.records import Asking
from core.refusal import Refusal
from core.text import Foreign
from tests.unit.core.office import (
    BUYER,
    BUYER_PLACE,
    DESK,
    ORDER,
    SELLER_PLACE,
    STRANGER,
    Office,
    heard,
)


async def says(office: Office, text: str, by: Actor = BUYER) -> Asked | AnyAnswer:
    """Somebody writes in their DM; the question that follows, or else the answer."""
    answer = await office.does(Talk, by, text=Foreign(text), at=office.now)
    asked = [notice.what for notice in await office.told() if isinstance(notice.what, Asked)]
    return asked[-1] if asked else answer


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
    assert isinstance(await chooses(office, Asking.MESSAGE, "send"), Opened)
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
