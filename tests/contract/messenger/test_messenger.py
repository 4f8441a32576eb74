"""A messenger, whatever the platform: what delivery may rely on."""

from datetime import timedelta

import msgspec
import pytest

from core.errors import TryAgain, Undeliverable, Unknown
from core.ids import DeskId, MessageId, NoticeId, PersonId, PlaceId
from core.notices import Card, Held, Missed, Notice, Relayed
from core.records import Inquiry, Line, Outcome, Party
from core.text import Foreign
from tests.contract.messenger.stage import Stage
from tests.contract.store.things import NOON, an_inquiry

DESK = DeskId("tanuki")
CARD = NoticeId("tanuki.7.ct")
DUE = NOON + timedelta(hours=48)
HOSTILE = (
    "<!channel> <!here> @everyone @here",
    "<@U00000002> <@!2> <@&3>",
    "*bold* _italic_ ~~strike~~ **b** `code` ||spoiler||",
    "```\nblock\n```",
    "<https://evil.example|Amazon> [Amazon](https://evil.example)",
    "&lt;!channel&gt; &amp;lt;",
    "\u202eright to left\u202c and zero\u200bwidth",
    "> quoted\n# head\n- list",
)


def inquiry(stage: Stage, **fields: object) -> Inquiry:
    """An inquiry between the buyer, in direct messages, and a seller in the shared place; in English."""
    places = {Party.BUYER: stage.direct, Party.SELLER: stage.shared, Party.STAFF: stage.shared}
    lines = {party: Line(place=place, lang="en") for party, place in places.items()}
    return msgspec.structs.replace(an_inquiry(7, buyer=stage.buyer), lines=lines, **fields)


def card(place: PlaceId, party: Party = Party.STAFF) -> Card:
    """The card of a line in that place."""
    return Card(desk=DESK, place=place, number=7, party=party)


def relayed(place: PlaceId, text: str, n: int = 0, *mentions: PersonId) -> Notice:
    """A message of the seller's, for the buyer."""
    what = Relayed(number=7, by=Party.SELLER, name=Foreign("Acme"), text=Foreign(text))
    return Notice(
        id=NoticeId(f"tanuki.7.2.{n}"),
        desk=DESK,
        place=place,
        lang="en",
        what=what,
        number=7,
        party=Party.BUYER,
        mentions=mentions,
    )


async def open_line(stage: Stage, place: PlaceId) -> MessageId:
    """A line's card, posted."""
    return await stage.messenger.open_line(card(place), inquiry(stage), CARD)


async def test_a_card_says_what_it_is_about(stage: Stage) -> None:
    """A line begins with its card: the number and what was asked can be read, and nobody is pinged."""
    root = await open_line(stage, stage.shared)
    assert "7" in stage.read(stage.shared, root)
    assert "It came in pieces." in stage.read(stage.shared, root)
    assert stage.told(stage.shared, root) == set()
    assert stage.below(stage.shared, root) is None


async def test_a_card_is_found_again(stage: Stage) -> None:
    """A card that was posted is found by its notice's id, in a channel and in direct messages."""
    for place in (stage.shared, stage.direct):
        root = await open_line(stage, place)
        assert await stage.messenger.find(place, None, CARD, stage.began) == root


async def test_a_notice_stands_under_its_card(stage: Stage) -> None:
    """What is sent on a line hangs from its card, and is found there."""
    for place in (stage.shared, stage.direct):
        root = await open_line(stage, place)
        notice = relayed(place, "It is on its way.")
        sent = await stage.messenger.send(notice, root, inquiry(stage))
        assert stage.below(place, sent) == root
        assert "It is on its way." in stage.read(place, sent)
        assert await stage.messenger.find(place, root, notice.id, stage.began) == sent


async def test_a_notice_without_a_line_stands_by_itself(stage: Stage) -> None:
    """What belongs to no inquiry is said in the place itself."""
    notice = relayed(stage.direct, "Hello.")
    sent = await stage.messenger.send(notice, None, None)
    assert stage.below(stage.direct, sent) is None
    assert await stage.messenger.find(stage.direct, None, notice.id, stage.began) == sent


async def test_what_was_not_sent_is_not_found(stage: Stage) -> None:
    """Looking for another notice, or for one from before, finds nothing."""
    root = await open_line(stage, stage.shared)
    sent = relayed(stage.shared, "Hello.", 0)
    await stage.messenger.send(sent, root, inquiry(stage))
    assert await stage.messenger.find(stage.shared, root, NoticeId("tanuki.7.2.1"), stage.began) is None
    later = stage.began + timedelta(hours=1)
    assert await stage.messenger.find(stage.shared, root, sent.id, later) is None


async def test_the_one_meant_is_found_among_many(stage: Stage) -> None:
    """With more messages than a platform gives at once, an early one is still found."""
    root = await open_line(stage, stage.shared)
    sent = [await stage.messenger.send(relayed(stage.shared, "x", n), root, None) for n in range(250)]
    assert await stage.messenger.find(stage.shared, root, NoticeId("tanuki.7.2.3"), stage.began) == sent[3]
    assert (
        await stage.messenger.find(stage.shared, root, NoticeId("tanuki.7.2.249"), stage.began) == sent[249]
    )


async def test_a_card_is_redrawn_in_its_place(stage: Stage) -> None:
    """A card that is out of date changes where it stands: no second one, and nobody is pinged."""
    root = await open_line(stage, stage.shared)
    before = stage.read(stage.shared, root)
    closed = inquiry(stage, outcome=Outcome.SOLVED, closed_at=NOON, anchor=None, assigned=stage.staff[0])
    await stage.messenger.update(card(stage.shared), closed, root)
    assert stage.read(stage.shared, root) != before
    assert stage.posted(stage.shared) == [root]
    assert stage.told(stage.shared, root) == set()
    assert await stage.messenger.find(stage.shared, None, CARD, stage.began) == root


async def test_a_deleted_card_is_let_go(stage: Stage) -> None:
    """A card that somebody deleted is not drawn again, and is no fault."""
    root = await open_line(stage, stage.shared)
    await stage.deletes(stage.shared, root)
    await stage.messenger.update(card(stage.shared), inquiry(stage), root)
    assert stage.posted(stage.shared) == []


async def test_what_was_sent_under_a_deleted_card_is_found(stage: Stage) -> None:
    """A notice whose card is gone arrives all the same, and is found again wherever the platform put it."""
    root = await open_line(stage, stage.shared)
    await stage.deletes(stage.shared, root)
    notice = relayed(stage.shared, "Still here.")
    sent = await stage.messenger.send(notice, root, inquiry(stage))
    assert await stage.messenger.find(stage.shared, root, notice.id, stage.began) == sent


@pytest.mark.parametrize("text", HOSTILE)
async def test_what_people_write_is_shown_as_they_wrote_it(stage: Stage, text: str) -> None:
    """Nothing in a message pings, formats or links; every line of it can be read."""
    root = await open_line(stage, stage.shared)
    sent = await stage.messenger.send(relayed(stage.shared, text), root, inquiry(stage))
    shown = stage.read(stage.shared, sent)
    assert all(line in shown for line in text.splitlines())
    assert stage.told(stage.shared, sent) == set()


async def test_exactly_those_meant_are_mentioned(stage: Stage) -> None:
    """A notice tells the people it names, and nobody else; someone of another platform is passed over."""
    root = await open_line(stage, stage.shared)
    elsewhere = PersonId("elsewhere:1:2")
    what = Missed(number=7, seller=Foreign("Acme"), due_at=DUE)
    ping = msgspec.structs.replace(relayed(stage.shared, ""), what=what, mentions=(*stage.staff, elsewhere))
    sent = await stage.messenger.send(ping, root, inquiry(stage))
    assert stage.told(stage.shared, sent) == set(stage.staff)


async def test_a_buyer_is_told_of_a_reply_in_their_thread(stage: Stage) -> None:
    """A relay in direct messages mentions the buyer, whom a reply in a thread would not tell."""
    root = await stage.messenger.open_line(card(stage.direct, Party.BUYER), inquiry(stage), CARD)
    held = msgspec.structs.replace(
        relayed(stage.direct, ""), what=Held(number=7, due_at=DUE), mentions=(stage.buyer,)
    )
    sent = await stage.messenger.send(held, root, inquiry(stage))
    assert stage.told(stage.direct, sent) == {stage.buyer}


async def test_a_lost_reply_leaves_it_unknown(stage: Stage) -> None:
    """When the answer is lost the outcome is unknown, it was sent once, and it can be found."""
    root = await open_line(stage, stage.shared)
    for n, fault in enumerate((stage.loses_the_reply, stage.fails_after)):
        fault()
        notice = relayed(stage.shared, "Hello.", n)
        with pytest.raises(Unknown):
            await stage.messenger.send(notice, root, inquiry(stage))
        assert len(stage.posted(stage.shared)) == n + 2
        found = await stage.messenger.find(stage.shared, root, notice.id, stage.began)
        assert found == stage.posted(stage.shared)[-1]


async def test_the_platforms_patience_is_passed_on(stage: Stage) -> None:
    """Too many messages: try again after what the platform says, and nothing was sent."""
    root = await open_line(stage, stage.shared)
    stage.asks_for_patience(30)
    with pytest.raises(TryAgain) as raised:
        await stage.messenger.send(relayed(stage.shared, "Hello."), root, inquiry(stage))
    assert raised.value.after == 30
    assert stage.posted(stage.shared) == [root]


async def test_without_a_connection_nothing_was_sent(stage: Stage) -> None:
    """A platform that can't be reached is tried again; afterwards the same notice goes out once."""
    notice = relayed(stage.shared, "Hello.")
    await stage.goes_away()
    with pytest.raises(TryAgain):
        await stage.messenger.send(notice, None, None)
    await stage.comes_back()
    sent = await stage.messenger.send(notice, None, None)
    assert stage.posted(stage.shared) == [sent]


async def test_a_place_we_were_put_out_of_is_lost(stage: Stage) -> None:
    """Sending where Henji no longer is says so, and that the place is lost rather than the message."""
    root = await open_line(stage, stage.shared)
    await stage.puts_us_out(stage.shared)
    with pytest.raises(Undeliverable) as raised:
        await stage.messenger.send(relayed(stage.shared, "Hello."), root, inquiry(stage))
    assert raised.value.place_lost
    assert raised.value.why == "not_in_channel"
