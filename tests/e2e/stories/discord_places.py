"""Stories of Discord's channels, threads and guilds, which people delete, lock and leave as they like."""

from tests.e2e.discord_side import on_discord, person_of
from tests.e2e.pairing import Pairing, where
from tests.e2e.town import Town
from tests.emulators.discord import Channel, Message, deeds


def _sells_on_discord(on: Pairing) -> bool:
    return on.seller == "discord"


def _card(town: Town) -> tuple[Message, Channel]:
    """The seller's card and its thread."""
    world = on_discord(town.seller).discord.world
    card = world.find(town.seller.card().id)
    assert card is not None
    return card, world.channels[card.thread]


@where(_sells_on_discord)
async def channel_deleted(town: Town) -> None:
    """The seller's channel is deleted: staff are told once a day, and the buyer is shown the way on."""
    await town.inquiry()
    side = on_discord(town.seller)
    await side.moderator().deletes_channel(side.discord.world.channels[town.seller.home])
    await town.buyer.writes("急いでいます。", town.buyer.card())
    town.staff_are_told("届けられませんでした", "チャンネルが見つかりません")
    await town.buyer.writes("まだですか。", town.buyer.card())
    await town.passes(hours=24)
    town.staff_are_told("届けられませんでした")
    await town.passes(hours=24)
    for words in ("まだ返信がありません", "期限超過", "届けられませんでした"):
        town.staff_are_told(words)
    town.buyer.reads("次の方法が2つ", pings=(town.buyer,))


@where(_sells_on_discord)
async def thread_deleted(town: Town) -> None:
    """The thread of the seller's card is deleted: what comes next starts another one from the card."""
    await town.inquiry()
    side, (_, thread) = on_discord(town.seller), _card(town)
    await side.moderator().deletes_channel(thread)
    await town.turn()
    await town.buyer.writes("急いでいます。", town.buyer.card())
    town.seller.reads("急いでいます。", pings=(town.seller,))
    await town.seller.writes("本日発送しました。", town.seller.card())
    town.buyer.reads("本日発送しました。", pings=(town.buyer,))


@where(_sells_on_discord)
async def card_deleted(town: Town) -> None:
    """The seller's card is deleted: the conversation goes on in the thread that is left."""
    await town.inquiry()
    side, (card, thread) = on_discord(town.seller), _card(town)
    await side.moderator().deletes(card)
    await town.turn()
    await town.buyer.writes("急いでいます。", town.buyer.card())
    below = town.seller.reads("急いでいます。", pings=(town.seller,))
    assert below.place == thread.id
    await town.seller.writes("本日発送しました。", below)
    town.buyer.reads("本日発送しました。", pings=(town.buyer,))


@where(_sells_on_discord)
async def card_and_thread_deleted(town: Town) -> None:
    """Nothing is left where the seller was told of the inquiry: what comes next stands in the channel."""
    await town.inquiry()
    side, (card, thread) = on_discord(town.seller), _card(town)
    await side.moderator().deletes_channel(thread)
    await side.moderator().deletes(card)
    await town.turn()
    await town.buyer.writes("急いでいます。", town.buyer.card())
    post = town.seller.reads("急いでいます。", pings=(town.seller,))
    assert post.place == town.seller.home


@where(_sells_on_discord)
async def thread_archived(town: Town) -> None:
    """A thread in which nobody wrote for long is archived by Discord: the next message opens it again."""
    await town.inquiry()
    await town.seller.writes("本日発送しました。", town.seller.card())
    town.buyer.reads("本日発送しました。", pings=(town.buyer,))
    await town.passes(days=8)
    assert _card(town)[1].archived
    await town.buyer.writes("まだ届きません。", town.buyer.card())
    town.seller.reads("まだ届きません。", pings=(town.seller,))


@where(_sells_on_discord)
async def thread_locked(town: Town) -> None:
    """Somebody locks the seller's thread: staff are told what can't arrive, and why; unlocked, it goes on."""
    await town.inquiry()
    side, (_, thread) = on_discord(town.seller), _card(town)
    await side.moderator().locks(thread)
    await town.buyer.writes("急いでいます。", town.buyer.card())
    town.staff_are_told("届けられませんでした", "ロック", "再送はされません")
    deeds.set_thread(side.discord.world, thread, archived=False, locked=False)
    await town.buyer.writes("まだですか。", town.buyer.card())
    town.seller.reads("まだですか。", pings=(town.seller,))


@where(lambda on: on.seller == "discord" and on.staff == "slack")
async def thrown_out(town: Town) -> None:
    """Henji is removed from the server: the desk keeps what it has and says so on Slack; back, it goes on."""
    await town.inquiry()
    side, door = on_discord(town.seller), person_of(town.doorkeepers[0])
    await door.removes_bot(side.guild)
    await town.turn()
    town.staff.reads("Discordから外されました", pings=(town.lead,))
    await town.buyer.writes("急いでいます。", town.buyer.card())
    town.staff.reads("#1", "届けられませんでした", pings=(town.staff,))
    town.staff.reads("ダイレクトメッセージ", "届けられませんでした", pings=(town.lead,))
    await door.invites_bot(side.guild)
    await town.passes(minutes=11)
    town.clerk.reads("#1", "届けられませんでした", pings=(town.clerk,))
    town.seller.reads("急いでいます。", pings=(town.seller,))
    await town.seller.writes("本日発送しました。", town.seller.card())
    town.buyer.reads("本日発送しました。", pings=(town.buyer,))


STORIES = (
    channel_deleted,
    thread_deleted,
    card_deleted,
    card_and_thread_deleted,
    thread_archived,
    thread_locked,
    thrown_out,
)
