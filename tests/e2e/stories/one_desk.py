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


STORIES = (parted_and_joined_again, codes_that_join_nothing)
