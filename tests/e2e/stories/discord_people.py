"""Stories of people on Discord: who takes no direct messages, leaves, changes a name or role."""

from tests.e2e.discord_side import on_discord, person_of
from tests.e2e.pairing import Pairing, where
from tests.e2e.side import Place, Setup
from tests.e2e.town import Town
from tests.emulators.discord import deeds_guilds

HOSTILE = "@everyone \u202e\u2066moc.live Z\u0351\u0352\u0353\u0354\u0355\u0356a [x](http://e.x)"


def _buys_on_discord(on: Pairing) -> bool:
    return on.buyer == "discord"


def _sells_on_discord(on: Pairing) -> bool:
    return on.seller == "discord"


def _staff_on_discord(on: Pairing) -> bool:
    return on.staff == "discord" and on.seller == "discord"


@where(_buys_on_discord)
async def direct_messages_closed(town: Town) -> None:
    """A buyer who takes no direct messages gets a private thread where they typed the command.

    It is their line: what is said to them stands there, and what they write there goes to the seller.
    """
    side, hanako = on_discord(town.buyer), person_of(town.buyer)
    hanako.closes_dms()
    assert "#1" in await town.buyer.opens("まだ届きません。")
    (thread,) = side.discord.world.threads(side.discord.world.channels[side.general])
    assert set(thread.people) == {hanako.id, side.discord.bot.id}
    town.buyer.client.home = Place(thread.id)
    town.buyer.reads("#1", "青空商店", pings=(town.buyer,))
    town.buyer.reads("まだ届きません。", pings=(town.buyer,))
    for someone, words in ((town.seller, "#1"), (town.staff, "#1")):
        someone.reads(words)
    town.seller.reads("まだ届きません。", pings=(town.seller,))
    await town.seller.writes("本日発送しました。", town.seller.card())
    town.buyer.reads("本日発送しました。", pings=(town.buyer,))
    await town.buyer.writes("ありがとうございます。")
    town.seller.reads("ありがとうございます。", pings=(town.seller,))


@where(_buys_on_discord)
async def buyer_leaves(town: Town) -> None:
    """The buyer leaves the only server they share with Henji: staff are told; on their return it goes on."""
    await town.inquiry()
    hanako, guild = person_of(town.buyer), on_discord(town.buyer).guild
    await hanako.leaves(guild)
    await town.seller.writes("本日発送しました。", town.seller.card())
    town.staff_are_told("届けられませんでした", "退出")
    await hanako.joins(guild)
    await town.passes(minutes=11)
    town.buyer.reads("本日発送しました。", pings=(town.buyer,))


@where(_sells_on_discord)
async def names_that_mean_harm(town: Town) -> None:
    """A name that would ping, turn the text around, link or pile up marks is shown as a name, in one line."""
    side = on_discord(town.seller)
    deeds_guilds.rename(side.discord.world, side.guild, town.seller.client.id, HOSTILE)
    await town.inquiry()
    await town.seller.writes("本日発送しました。", town.seller.card())
    text = town.buyer.rereads(town.buyer.reads("本日発送しました。", pings=(town.buyer,)), "@everyone")
    assert "[x](http://e.x)" in text
    assert text.index("@everyone") < text.index("さん")


@where(_staff_on_discord)
async def staff_by_role(town: Town) -> None:
    """The staff are a role: it is pinged, who has it may act, and who has lost it since may not any more."""
    side = on_discord(town.staff)
    world = side.discord.world
    role = side.discord.role(side.guild, "担当", members=[person_of(town.staff)], mentionable=True)
    await town.admin.sets_up(Setup(staff=["担当"]))
    await town.inquiry()
    await town.buyer.presses("返信は不要", town.buyer.card())
    town.seller.reads("返信は不要", pings=(town.seller,))
    await town.buyer.writes("やはり届きません。", town.buyer.card())
    town.seller.reads("やはり届きません。", pings=(town.seller,))
    await town.passes(hours=42)
    for words in ("お返事", "まもなく"):
        town.seller.reads(words, pings=(town.seller,))
    town.staff.reads("まだ返信がありません", pings=(town.staff,))
    assert await town.staff.types("/inquiry close 1", where=side.general) == ""
    deeds_guilds.delete_role(world, role)
    assert "見つかりません" in await town.staff.submits(結果="解決")
    town.buyer.sees_on_card("返信を待っています")


@where(lambda on: on.platforms == ("discord",))
async def desks_of_two_servers(town: Town) -> None:
    """A buyer in two servers with a desk each is asked which they mean, and what they wrote goes there."""
    side, hanako, boss = on_discord(town.buyer), person_of(town.buyer), person_of(town.admin)
    other = side.discord.guild("別の市場", members=[hanako, boss], owner=boss)
    side.discord.channel(other, "front")
    await town.turn()
    front = Place(next(each.id for each in side.discord.world.channels.values() if each.name == "front"))
    town.admin.client.home = front
    await town.admin.sets_up(Setup(desk="別の窓口", support="front", staff=["管理"]))
    await town.buyer.writes("箱がつぶれていました。")
    asked = town.buyer.reads("窓口")
    await town.buyer.chooses("お買い物窓口", asked)
    town.buyer.reads("どの出品者")


@where(_sells_on_discord)
async def without_the_right_to_read(town: Town) -> None:
    """Henji may not read what is written in channels: sellers answer by a button, and are told so."""
    side = on_discord(town.seller)
    await town.sleeps()
    side.discord.world.message_content = "off"
    await town.wakes()
    await town.inquiry()
    await town.seller.writes("本日発送しました。", town.seller.card())
    town.seller.reads_alone("返信")
    assert "購入者" in await town.seller.fills("返信", town.seller.card(), 本文="本日発送しました。")
    town.buyer.reads("本日発送しました。", pings=(town.buyer,))
    town.seller.sees_on_card("返信済み")


STORIES = (
    direct_messages_closed,
    buyer_leaves,
    names_that_mean_harm,
    staff_by_role,
    desks_of_two_servers,
    without_the_right_to_read,
)
