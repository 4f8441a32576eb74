"""Stories of one desk on both platforms: how they are joined and parted, and what becomes of inquiries."""

from tests.e2e.pairing import Pairing, where
from tests.e2e.town import Town


def _buyer_elsewhere(on: Pairing) -> bool:
    return on.buyer != on.staff and on.seller == on.staff


def _seller_elsewhere(on: Pairing) -> bool:
    return on.seller != on.staff and on.buyer == on.staff


@where(_seller_elsewhere)
async def parted_and_joined_again(town: Town) -> None:
    """The seller's platform is taken off the desk and joined again: the inquiry is still there, and goes on.

    What is said to the seller meanwhile goes nowhere, and staff are told so.
    """
    await town.inquiry()
    door = town.doorkeepers[0]
    assert "できません" in await town.seller.types("/desk unlink")
    await door.types("/desk unlink")
    town.staff.reads("門番")
    await town.buyer.writes("まだですか。", town.buyer.card())
    town.staff.reads("届けられませんでした", "/desk unlink", pings=(town.staff,))
    await town.seller.writes("少しお待ちください。", town.seller.card())
    town.seller.reads_alone("窓口")
    await town.links(door)
    await town.buyer.writes("どうなっていますか。", town.buyer.card())
    town.seller.reads("どうなっていますか。", pings=(town.seller,))
    await town.seller.writes("本日発送しました。", town.seller.card())
    town.buyer.reads("本日発送しました。", pings=(town.buyer,))


@where(_buyer_elsewhere)
async def codes_that_join_nothing(town: Town) -> None:
    """A code is good once, for ten minutes, and for whoever manages the place where it is typed."""
    door = town.doorkeepers[0]
    await door.types("/desk unlink")
    town.staff.reads("門番")
    late = await town.link_code()
    await town.jumps(minutes=11)
    assert "使えません" in await door.types(f"/desk link {late}")
    code = await town.link_code()
    assert "できません" in await town.buyer.types(f"/desk link {code}")
    assert "お買い物窓口" in await door.types(f"/desk link {code}")
    town.staff.reads("門番")
    await door.types("/desk unlink")
    town.staff.reads("門番")
    assert "使えません" in await door.types(f"/desk link {code}")


@where(lambda on: on.seller != on.staff)
async def staff_on_either_platform(town: Town) -> None:
    """Staff on the platform where the staff channel is not hear of a miss by DM, and act there."""
    await town.inquiry()
    await town.passes(hours=42)
    for words in ("お返事", "まもなく"):
        town.seller.reads(words, pings=(town.seller,))
    town.staff_are_told("まだ返信がありません")
    await town.passes(hours=6)
    town.buyer.reads("次の方法が2つ", pings=(town.buyer,))
    town.staff.reads("期限超過", pings=(town.staff,))
    missed = town.clerk.reads("期限超過", pings=(town.clerk,))
    assert "了解" in await town.clerk.presses("了解", missed)
    town.staff.sees_on_card("高橋")
    await town.passes(days=3)
    await town.clerk.fills("購入者に書く", missed, 本文="窓口で確認しています。")
    town.buyer.reads("高橋", "窓口で確認しています。", pings=(town.buyer,))
    await town.staff.fills("終了する", town.staff.card(), 結果="返金済み")
    town.buyer.reads("終了", pings=(town.buyer,))
    town.seller.reads("終了", pings=(town.seller,))


STORIES = (staff_on_either_platform, parted_and_joined_again, codes_that_join_nothing)
