"""Stories of buttons, forms and answers on Discord that come too late, too often, or from another time."""

import asyncio

from adapters.redis.connect import connect
from tests.e2e.discord_client import post_of
from tests.e2e.discord_side import on_discord, person_of
from tests.e2e.pairing import Pairing, where
from tests.e2e.side import Place, Post
from tests.e2e.town import Town
from tests.emulators.discord import Channel, Kind, Message, deeds
from tests.emulators.discord.interactions import Callback
from tests.waiting import until

ANSWER = "create_interaction_response"
SOON = 0.5
"""Seconds after which Discord's client says that Henji did not respond; it is 3 s for real."""


def _buys_on_discord(on: Pairing) -> bool:
    return on.buyer == "discord"


def _sells_on_discord(on: Pairing) -> bool:
    return on.seller == "discord"


@where(_sells_on_discord)
async def buttons_of_another_time(town: Town) -> None:
    """Buttons that an older Henji put there, or that nobody ever made, are answered, and do nothing."""
    await town.inquiry()
    side = on_discord(town.seller)
    shop: Channel = side.discord.world.channels[town.seller.home]
    for custom_id in ("act:celebrate:1", "act:hold:x", "ask:nothing:1", "claim", "form:", "\u202e:::::"):
        message = _old(town, shop, custom_id)
        assert "締め切られています" in await town.seller.presses("古いボタン", message)
    town.seller.sees_on_card("返信を待っています")


@where(_buys_on_discord)
async def form_sent_again(town: Town) -> None:
    """Henji's answer to a form is refused: the form stays open, is sent again, and opens one inquiry."""
    side, hanako = on_discord(town.buyer), person_of(town.buyer)
    await town.buyer.client.starts_inquiry("青空商店", side.general)
    side.discord.faults.switch_on(Kind.REFUSED, ANSWER, times=1)
    form = hanako.view
    assert form is not None
    await form.fill({"注文番号": "", "内容": "質問", "ご希望": "回答のみ", "本文": "色は何色ですか。"})
    patience, side.discord.interactions.patience = side.discord.interactions.patience, SOON
    assert (await form.submit()).outcome == "failed"
    side.discord.interactions.patience = patience
    assert "#1" in await town.buyer.submits()
    town.buyer.reads("#1", "青空商店")
    town.buyer.reads("色は何色ですか。", pings=(town.buyer,))
    town.seller.reads("#1", "花子")
    town.seller.reads("色は何色ですか。", pings=(town.seller,))
    town.staff.reads("#1")
    assert "#2" not in await town.buyer.types("/inquiry list")


@where(_buys_on_discord)
async def answered_too_late(town: Town) -> None:
    """Over 3 seconds pass before Henji can answer a button: what was asked is done, once all the same."""
    await town.inquiry()
    side, hanako = on_discord(town.buyer), person_of(town.buyer)
    side.discord.interactions.patience = SOON
    card = side.discord.world.find(town.buyer.card().id)
    assert card is not None
    pressed = asyncio.gather(hanako.presses("返信は不要", on=card), town.jumps(seconds=4))
    assert (await pressed)[0].error == "not_responding"
    await town.turn()
    town.seller.reads("返信は不要", pings=(town.seller,))
    await town.passes(days=3)


@where(lambda on: on.platforms == ("discord",))  # it takes seconds, and concerns no other platform
async def answer_put_off(town: Town) -> None:
    """The store is slow: Henji says that it is at work, and answers after that.

    Where even the 15 minutes for that are over, what was asked is done all the same.
    """
    await town.inquiry()
    side, hanako = on_discord(town.buyer), person_of(town.buyer)
    card = side.discord.world.find(town.buyer.card().id)
    assert card is not None
    await _pauses(town)
    assert "返信不要" in await town.buyer.presses("返信は不要", town.buyer.card())
    town.seller.reads("返信は不要", pings=(town.seller,))
    side.discord.interactions.patience = 3.0
    await _pauses(town)
    answer, _ = await asyncio.gather(hanako.presses("取り下げる", on=card), _too_late(town))
    assert answer.message is not None
    town.ledger.mark(post_of(answer.message))
    assert "thinking" in hanako.reads(answer.message)
    await town.turn()
    town.seller.reads("取り下げ", pings=(town.seller,))


@where(_sells_on_discord)
async def session_forgotten(town: Town) -> None:
    """Discord cuts the connection and forgets the session with all that was said: it is read back."""
    await town.inquiry()
    side = on_discord(town.seller)
    side.discord.gateway.forget_sessions()
    side.drops()
    await town.seller.says("本日発送しました。", town.seller.card())
    await town.jumps(minutes=1)
    await side.returns()
    await town.catches_up()
    town.buyer.reads("本日発送しました。", pings=(town.buyer,))
    await town.passes(days=10)


async def _pauses(town: Town) -> None:
    """The store answers nothing for longer than Henji waits before it says that an answer will come."""
    client = connect(town.ground.redis)
    await client.client_pause(2_000)
    await client.aclose()


async def _too_late(town: Town) -> None:
    """Time passes, once Henji has said that an answer will come, until Discord takes none any more."""
    interactions = on_discord(town.buyer).discord.interactions
    await until(lambda: list(interactions.all.values())[-1].answer is Callback.DEFERRED_MESSAGE)
    town.clock.advance(minutes=16)


def _old(town: Town, channel: Channel, custom_id: str) -> Post:
    """A message of Henji's with a button that it does not make any more."""
    discord = on_discord(town.seller).discord
    button = {"type": 2, "id": 2, "style": 2, "label": "古いボタン", "custom_id": custom_id}
    message = Message(discord.world.new_id(), channel.id, discord.bot.id, "以前のお知らせ")
    message.components = [{"type": 1, "id": 1, "components": [button]}]
    deeds.say(discord.world, message)
    post = Post(Place(channel.id), message.id)
    town.ledger.mark(post)
    return post


STORIES = (
    buttons_of_another_time,
    form_sent_again,
    answered_too_late,
    answer_put_off,
    session_forgotten,
)
