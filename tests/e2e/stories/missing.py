"""Stories in which the window closes without a reply."""

from tests.e2e.town import Town


async def missed_and_escalated(town: Town) -> None:
    """Nobody answers.

    Reminders, the heads-up, the miss to buyer and staff, the lead four times, then weekly.
    """
    await town.inquiry()
    await town.passes(hours=24)
    town.seller.reads("お返事", pings=(town.seller,))
    await town.passes(hours=18)
    town.seller.reads("まもなく返信期限", pings=(town.seller,))
    town.staff_are_told("まだ返信がありません")
    await town.passes(hours=6)
    town.buyer.reads("Amazonカスタマーサービス", "保証", "90日", pings=(town.buyer,))
    town.staff_are_told("期限超過", "青空商店")
    town.buyer.sees_on_card("返信がありませんでした")
    town.staff.sees_on_card("期限超過")
    await town.passes(hours=4)
    town.staff.reads("まだ誰も対応していません", pings=(town.lead,))
    for _ in range(3):
        await town.passes(hours=24)
        town.staff.reads("まだ誰も対応していません", pings=(town.lead,))
    await town.passes(days=7)
    town.staff_are_told("まだ返信がないまま")
    await town.passes(days=7)
    town.staff_are_told("まだ返信がないまま")


async def missed_and_acknowledged(town: Town) -> None:
    """After the miss someone acknowledges: no further ping.

    The record stays, and a late reply still arrives.
    """
    await town.inquiry()
    await town.passes(hours=49)
    for words in ("お返事", "まもなく"):
        town.seller.reads(words, pings=(town.seller,))
    for words in ("まだ返信がありません", "期限超過"):
        town.staff_are_told(words)
    town.buyer.reads("次の方法が2つ", pings=(town.buyer,))
    assert "すでに了解" in await town.lead.presses_twice("了解", town.lead.card())
    town.staff.sees_on_card("了解", "鈴木")
    await town.passes(days=10)
    await town.seller.writes("遅くなりました。", town.seller.card())
    town.buyer.reads("遅くなりました。", pings=(town.buyer,))


STORIES = (missed_and_escalated, missed_and_acknowledged)
