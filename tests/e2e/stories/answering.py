"""Stories in which the seller answers, one way or another."""

from tests.e2e.people import ORDER
from tests.e2e.town import Town


async def answered_at_the_last_minute(town: Town) -> None:
    """The seller answers at 47 hours 59 minutes.

    The buyer reads it, the clock stops, nobody is pinged again.
    """
    await town.inquiry()
    await town.passes(hours=24)
    town.seller.reads("#1", "お返事", pings=(town.seller,))
    await town.passes(hours=23, minutes=59)
    town.seller.reads("まもなく返信期限", pings=(town.seller,))
    town.staff_are_told("#1", "まだ返信がありません")
    await town.seller.writes("本日発送しました。", town.seller.card())
    town.buyer.reads("葵", "本日発送しました。", pings=(town.buyer,))
    await town.passes(days=30)
    town.buyer.sees_on_card("返信がありました")
    town.seller.sees_on_card("返信済み")
    town.staff.sees_on_card("返信がありました")


async def holding_reply(town: Town) -> None:
    """The seller is looking into it: the buyer is told, one reminder waits 12 hours, the miss does not."""
    await town.inquiry()
    await town.passes(hours=23)
    answer = await town.seller.presses_twice("確認中と伝える", town.seller.card())
    assert "すでに購入者に伝えています" in answer
    town.buyer.reads("出品者が確認しています", "返信期限の目安は変わらず", pings=(town.buyer,))
    town.seller.sees_on_card("確認中")
    await town.passes(hours=11, minutes=59)
    await town.passes(minutes=1)
    town.seller.reads("お返事", pings=(town.seller,))
    await town.passes(hours=13)
    town.seller.reads("まもなく", pings=(town.seller,))
    town.staff_are_told("まだ返信がありません")
    town.buyer.reads("次の方法が2つ", pings=(town.buyer,))
    town.staff_are_told("期限超過")


async def buyer_writes_twice(town: Town) -> None:
    """A second message of the buyer reaches the seller, and the window stays where it began."""
    await town.inquiry()
    town.buyer.sees_on_card("2031年4月9日")
    await town.passes(hours=10)
    await town.buyer.writes("追伸:急いでいます。", town.buyer.card())
    town.seller.reads("花子", "追伸:急いでいます。", pings=(town.seller,))
    town.buyer.sees_on_card("2031年4月9日")
    await town.seller.writes("承知しました。", town.seller.card())
    town.buyer.reads("承知しました。", pings=(town.buyer,))


async def staff_write_in_the_sellers_thread(town: Town) -> None:
    """Staff writing under the seller's card stop no clock, and the buyer reads nothing of it."""
    await town.inquiry()
    await town.clerk.writes("至急ご確認ください。", town.seller.card(), where=town.seller.home)
    town.seller.sees_on_card("返信を待っています")
    await town.passes(hours=24)
    town.seller.reads("お返事", pings=(town.seller,))


async def no_reply_needed(town: Town) -> None:
    """The buyer waits for no answer: the clock stops, the seller is told, nothing rings again."""
    await town.inquiry()
    answer = await town.buyer.presses("返信は不要", town.buyer.card())
    assert "返信不要" in answer
    town.seller.reads("返信は不要", pings=(town.seller,))
    town.seller.sees_on_card("返信は不要")
    await town.passes(days=30)


async def by_direct_message(town: Town) -> None:
    """A buyer writes to Henji, answers three questions, and the inquiry is on its way.

    An answer comes back.
    """
    await town.buyer.writes("届いた箱がつぶれていました")
    asked = town.buyer.reads("どの出品者")
    await town.buyer.chooses("青空商店", asked)
    town.buyer.rereads(asked, "青空商店", "注文番号を教えて")
    await town.buyer.writes("12345")
    town.buyer.reads("12345", "注文番号の形ではありません", "注文番号を教えて")
    await town.buyer.writes("５０３－１２３４５６７－１２３４５６７")
    asked = town.buyer.reads("箱がつぶれて", ORDER, "この内容を出品者に送りますか")
    await town.buyer.presses("送信する", asked)
    town.buyer.rereads(asked, "#1を受け付けました")
    town.buyer.reads("#1", "青空商店")
    town.buyer.reads("箱がつぶれて", pings=(town.buyer,))
    town.seller.reads("#1", "花子")
    town.seller.reads("箱がつぶれて", pings=(town.seller,))
    town.staff.reads("#1")
    await town.seller.writes("交換品をお送りします。", town.seller.card())
    town.buyer.reads("交換品をお送りします。", pings=(town.buyer,))
    await town.buyer.writes("ありがとうございます。", town.buyer.card())
    town.seller.reads("ありがとうございます。", pings=(town.seller,))


STORIES = (
    answered_at_the_last_minute,
    holding_reply,
    buyer_writes_twice,
    staff_write_in_the_sellers_thread,
    no_reply_needed,
    by_direct_message,
)
