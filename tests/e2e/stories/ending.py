"""Stories of how an inquiry ends."""

from tests.e2e.town import Town


async def solved_and_confirmed(town: Town) -> None:
    """The seller says it is solved, the buyer confirms, and it is closed for everyone."""
    await town.inquiry()
    assert "購入者に確認" in await town.seller.presses("解決済みにする", town.seller.card())
    asked = town.buyer.reads("解決しましたか", pings=(town.buyer,))
    assert "終了" in await town.buyer.presses("解決済みにする", asked)
    town.seller.reads("購入者が終了しました", "解決", pings=(town.seller,))
    for someone in (town.buyer, town.seller, town.staff):
        someone.sees_on_card("終了")
    assert "終了しています" in await town.buyer.presses("解決済みにする", asked)
    await town.passes(days=30)


async def solved_but_not(town: Town) -> None:
    """The seller says it is solved, the buyer does not agree: the seller is told, the window runs on."""
    await town.inquiry()
    await town.seller.presses("解決済みにする", town.seller.card())
    asked = town.buyer.reads("解決しましたか", pings=(town.buyer,))
    await town.buyer.presses("まだ解決していない", asked)
    town.seller.reads("まだ解決していない", pings=(town.seller,))
    await town.passes(hours=24)
    town.seller.reads("お返事", pings=(town.seller,))


STORIES = (solved_and_confirmed, solved_but_not)
