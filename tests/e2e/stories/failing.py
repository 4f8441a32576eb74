"""Stories in which something fails: Henji, the platform, the line between them.

People notice as little as can be.
"""

import asyncio

from tests.e2e.pairing import where
from tests.e2e.town import Town


async def seller_replies_while_henji_is_down(town: Town) -> None:
    """A reply written while Henji was down is read back before the alarm: no miss is told."""
    await town.inquiry()
    await town.sleeps()
    await town.jumps(hours=47)
    await town.seller.writes("本日発送しました。", town.seller.card())
    await town.jumps(hours=2)
    await town.wakes()
    town.buyer.reads("本日発送しました。", pings=(town.buyer,))
    await town.passes(days=10)


@where(lambda on: on.seller == "slack")  # Discord's client lets nobody write so much
async def too_long_and_never_delivered(town: Town) -> None:
    """A message over the limit whose event is lost: its writer is told where they wrote it, once."""
    await town.inquiry()
    async with town.seller.side.loses():
        await town.seller.writes("あ" * 4_001, town.seller.card())
    for _ in range(2):
        await town.sleeps()
        await town.jumps(minutes=5)
        await town.wakes()
        await town.catches_up()
    town.seller.reads("受け付けられませんでした", "4,001文字", pings=(town.seller,))


async def two_workers_sweep(town: Town) -> None:
    """Two workers look after one store: everything is told once."""
    await town.inquiry()
    async with town.another_worker() as other:
        await town.jumps(hours=48)
        for _ in range(6):
            await asyncio.gather(town.here.once(), other.once())
    await town.turn()
    town.buyer.reads("次の方法が2つ", pings=(town.buyer,))
    town.staff_are_told("期限超過")


async def restarted_amid_a_burst(town: Town) -> None:
    """Henji is killed with messages queued, and more come in meanwhile: each arrives once, in its order."""
    await town.inquiry()
    card = town.buyer.card()
    for n in range(1, 6):
        await town.buyer.says(f"その{n}", card)
    await town.sleeps()
    for n in range(6, 9):
        await town.buyer.says(f"その{n}", card)
    await town.jumps(minutes=2)
    await town.wakes()
    await town.catches_up()
    for n in range(1, 9):
        town.seller.reads(f"その{n}", pings=(town.seller,))


async def platform_asks_for_patience(town: Town) -> None:
    """The platform answers 429 for a minute: nothing is lost or doubled, all comes in order afterwards."""
    await town.inquiry()
    limited = town.seller.side.fails("RATE_LIMITED", retry_after=60)
    for n in range(1, 4):
        await town.buyer.writes(f"その{n}", town.buyer.card())
    await town.passes(seconds=59)
    assert limited.hits == 1, "asked to wait, Henji asked again"
    limited.off()
    await town.passes(seconds=1)
    await town.passes(seconds=5)
    for n in range(1, 4):
        town.seller.reads(f"その{n}", pings=(town.seller,))


async def answer_lost_after_sending(town: Town) -> None:
    """The connection breaks after the platform took a message: it is found, and not sent again."""
    await town.inquiry()
    lost = town.buyer.side.fails("LOST_REPLY", times=1)
    await town.seller.writes("本日発送しました。", town.seller.card())
    await town.passes(minutes=1)
    assert lost.hits == 1
    town.buyer.reads("本日発送しました。", pings=(town.buyer,))


async def refused_after_sending(town: Town) -> None:
    """The platform takes a message and answers 503: it is found, and not sent again."""
    await town.inquiry()
    town.buyer.side.fails("FAILED_AFTER", times=1)
    await town.seller.writes("本日発送しました。", town.seller.card())
    await town.passes(minutes=1)
    town.buyer.reads("本日発送しました。", pings=(town.buyer,))


async def refused_before_sending(town: Town) -> None:
    """The platform answers 503 and took nothing: it is sent again, once."""
    await town.inquiry()
    town.buyer.side.fails("REFUSED", times=2)
    await town.seller.writes("本日発送しました。", town.seller.card())
    for _ in range(3):
        await town.passes(minutes=1)
    town.buyer.reads("本日発送しました。", pings=(town.buyer,))


async def same_event_three_times(town: Town) -> None:
    """The platform tells of every event three times: each message goes on once."""
    await town.inquiry()
    town.repeats(2)
    await town.buyer.writes("急いでいます。", town.buyer.card())
    await town.seller.writes("本日発送しました。", town.seller.card())
    town.repeats(0)
    town.seller.reads("急いでいます。", pings=(town.seller,))
    town.buyer.reads("本日発送しました。", pings=(town.buyer,))


async def reminder_still_queued_when_the_answer_arrives(town: Town) -> None:
    """A reminder that could not be posted yet is dropped once the seller has answered."""
    await town.inquiry()
    limited = town.seller.side.fails("RATE_LIMITED", place=town.seller.home, retry_after=3600)
    await town.passes(hours=24)
    await town.seller.writes("本日発送しました。", town.seller.card())
    town.buyer.reads("本日発送しました。", pings=(town.buyer,))
    limited.off()
    await town.passes(hours=2)


async def kept_out_of_the_sellers_channel(town: Town) -> None:
    """Henji is kept out of the seller's channel.

    Staff are told, what waits is kept, and goes on its return.
    """
    await town.inquiry()
    await town.seller.shuts_henji_out()
    await town.buyer.writes("急いでいます。", town.buyer.card())
    town.staff_are_told("届けられませんでした", town.seller.side.shut_out)
    await town.buyer.writes("まだですか。", town.buyer.card())
    await town.passes(hours=1)
    await town.seller.lets_henji_in()
    for words in ("急いでいます。", "まだですか。"):
        town.seller.reads(words, pings=(town.seller,))


async def late_after_an_outage(town: Town) -> None:
    """Henji was down past the deadline: the passed rungs are told as one, which says how late it is."""
    await town.inquiry()
    await town.sleeps()
    await town.jumps(hours=51)
    await town.wakes()
    town.buyer.reads("次の方法が2つ", "3時間", pings=(town.buyer,))
    town.staff_are_told("期限超過", "3時間")


STORIES = (
    seller_replies_while_henji_is_down,
    too_long_and_never_delivered,
    two_workers_sweep,
    restarted_amid_a_burst,
    platform_asks_for_patience,
    answer_lost_after_sending,
    refused_after_sending,
    refused_before_sending,
    same_event_three_times,
    reminder_still_queued_when_the_answer_arrives,
    kept_out_of_the_sellers_channel,
    late_after_an_outage,
)
