"""What people write: under a card, in the DM, among themselves."""

import pytest

from tests.clocks import HandClock
from tests.contract.slack.listening.scene import Scene
from tests.emulators.slack import Kind, Message

NOD = "white_check_mark"


def alone(scene: Scene, message: Message) -> list[str]:
    """What whoever wrote a message was told about it, alone."""
    told = scene.office.slack.world.ephemerals.values()
    return [scene.office.slack.rendered_text(each) for each in told if each.ephemeral_to == message.user]


async def test_a_reply_under_the_sellers_card_reaches_the_buyer(scene: Scene) -> None:
    """It is signed as sent, and stands in the buyer's thread."""
    card = await scene.opened()
    reply = await scene.office.says(scene.ada, "Sent & <b> on Monday", channel=scene.acme, thread=card)
    assert NOD in reply.reactions
    inbox = scene.hanako.inbox
    assert any("Sent & <b> on Monday" in each for each in scene.thread(inbox, scene.card(inbox)))


async def test_the_buyers_thread_reaches_the_seller(scene: Scene) -> None:
    """In the DM a message in the inquiry's thread is the inquiry's, not the dialogue's."""
    card = await scene.opened()
    inbox = scene.hanako.inbox
    said = await scene.office.says(scene.hanako, "どうなりましたか", channel=inbox, thread=scene.card(inbox))
    assert NOD in said.reactions
    assert any("どうなりましたか" in each for each in scene.thread(scene.acme, card))


async def test_what_is_written_under_the_staffs_card_stays_there(scene: Scene) -> None:
    """A note goes to nobody else."""
    card = await scene.opened()
    await scene.office.says(
        scene.tanaka, "怪しい出品者", channel=scene.support, thread=scene.card(scene.support)
    )
    for channel, root in ((scene.acme, card), (scene.hanako.inbox, scene.card(scene.hanako.inbox))):
        assert not any("怪しい" in each for each in scene.thread(channel, root))


async def test_a_message_that_will_not_do_is_answered_alone(scene: Scene) -> None:
    """5,000 characters are too many.

    Only their writer is told, in the thread, once however often it comes.
    """
    card = await scene.opened()
    scene.office.slack.delivery.duplicate(copies=2)
    said = await scene.office.says(scene.ada, "x" * 5_000, channel=scene.acme, thread=card)
    assert NOD not in said.reactions
    (told,) = alone(scene, said)
    assert "5,000" in told or "5000" in told
    (shown,) = scene.office.slack.world.ephemerals.values()
    assert shown.thread_ts == card.ts


async def test_a_message_delivered_three_times_is_one(scene: Scene) -> None:
    """The buyer reads it once, also where it mentions the bot and so comes as two events."""
    card = await scene.opened()
    scene.office.slack.delivery.duplicate(copies=2)
    await scene.office.says(scene.ada, "@henji on its way", channel=scene.acme, thread=card)
    inbox = scene.hanako.inbox
    assert sum("on its way" in each for each in scene.thread(inbox, scene.card(inbox))) == 1


async def test_a_reply_under_a_card_that_was_posted_a_moment_ago_is_not_lost(
    scene: Scene, clock: HandClock
) -> None:
    """Killed between posting a card and noting it, we know it again only later: until then it waits."""
    slack = scene.office.slack
    await scene.form()
    assert (await scene.submit()).outcome == "updated"
    posted = await scene.office.post()
    inbox = scene.hanako.inbox
    said = [
        await scene.ada.says("on its way", channel=scene.acme, thread=scene.card(scene.acme)),
        await scene.hanako.says("急いでいます", channel=inbox, thread=scene.card(inbox)),
    ]
    assert not any(each.reactions for each in said)
    assert not any(alone(scene, each) for each in said)
    await scene.office.outbox.settle(posted)
    await scene.office.deliver()
    clock.advance(minutes=1)
    await slack.clock_moved()
    await scene.office.deliver()
    assert all(NOD in each.reactions for each in said)
    assert any("on its way" in each for each in scene.thread(inbox, scene.card(inbox)))
    assert any("急いで" in each for each in scene.thread(scene.acme, scene.card(scene.acme)))


async def test_what_people_say_among_themselves_is_none_of_ours(scene: Scene) -> None:
    """At the top of a channel, and in a thread of their own, nothing is answered and nothing is carried."""
    await scene.opened()
    top = await scene.office.says(scene.ada, "lunch?", channel=scene.acme)
    below = await scene.office.says(scene.tanaka, "yes", channel=scene.acme, thread=top)
    assert not top.reactions
    assert not below.reactions
    assert not alone(scene, top)
    assert not alone(scene, below)


async def test_bots_and_changes_are_not_heard(scene: Scene) -> None:
    """Another app's post, an edit and a deletion under a card carry nothing."""
    card = await scene.opened()
    slack = scene.office.slack
    await slack.other_app_says("CRM", "ticket 7", channel=scene.acme, thread=card)
    said = await scene.office.says(scene.ada, "on its way", channel=scene.acme, thread=card)
    await scene.ada.edits(said, "never")
    await scene.ada.deletes(said)
    await scene.office.deliver()
    inbox = scene.hanako.inbox
    texts = "\n".join(scene.thread(inbox, scene.card(inbox)))
    assert "on its way" in texts
    assert "never" not in texts
    assert "ticket 7" not in texts


async def test_what_is_no_photo_or_document_is_answered(scene: Scene) -> None:
    """The text goes, its writer reads which file did not and why, and the buyer how many."""
    card = await scene.opened()
    said = await scene.ada.says("see all", channel=scene.acme, thread=card, files=("a.png", "b.zip"))
    (told,) = alone(scene, said)
    assert "b.zip" in told
    assert "a.png" not in told
    await scene.office.deliver()
    inbox = scene.hanako.inbox
    (relayed,) = [each for each in scene.thread(inbox, scene.card(inbox)) if "see all" in each]
    assert "1" in relayed


async def test_a_mention_is_carried_as_a_name(scene: Scene) -> None:
    """What was a mention in one thread is a name in the other, and pings nobody."""
    card = await scene.opened()
    before = len(scene.office.slack.world.pings)
    await scene.office.says(scene.ada, "@田中 knows, @channel", channel=scene.acme, thread=card)
    inbox = scene.hanako.inbox
    assert any("@田中 knows, @channel" in each for each in scene.thread(inbox, scene.card(inbox)))
    pinged = {
        each.target for each in scene.office.slack.world.pings[before:] if each.message.user != scene.ada.id
    }
    assert pinged <= {scene.hanako.id}


async def test_calling_us_by_name_is_answered_with_help(scene: Scene) -> None:
    """At the top of a channel, to whoever called alone."""
    said = await scene.office.says(scene.ada, "@henji hello?", channel=scene.acme)
    (told,) = alone(scene, said)
    assert "/inquiry new" in told


async def test_added_to_a_channel_we_say_what_for(scene: Scene) -> None:
    """Two lines, once, in the language of whoever invited us.

    And what was kept for the channel is delivered.
    """
    await scene.tanaka.removes_bot(scene.acme)
    scene.office.slack.delivery.duplicate(copies=2)
    await scene.tanaka.invites_bot(scene.acme)
    said = [each for each in scene.acme.messages.values() if each.user == scene.office.slack.bot.id]
    (greeting,) = [each for each in said if not each.subtype]
    assert len(scene.tanaka.reads(greeting).splitlines()) == 2


async def test_others_joining_are_not_greeted(scene: Scene) -> None:
    """Only our own coming is spoken of."""
    await scene.hanako.joins(scene.acme)
    assert not [
        each
        for each in scene.acme.messages.values()
        if each.user == scene.office.slack.bot.id and not each.subtype
    ]


async def test_a_dialogue_in_the_dm_opens_an_inquiry(scene: Scene) -> None:
    """What was written first is the message.

    Buttons and lists lead on, each question in the place of the last.
    """
    hanako = scene.hanako
    await scene.office.says(hanako, "届きません", channel=hanako.inbox)
    question = hanako.sees()[-1]
    await hanako.chooses("Acme", on=question)
    await scene.office.says(hanako, "503-1234567-1234567", channel=hanako.inbox)
    await scene.office.deliver()
    last = hanako.sees()[-1]
    assert "届きません" in hanako.reads(last)
    answer = await hanako.presses("送信する", on=last)
    assert answer.ok
    await scene.office.deliver()
    assert "届きません" in scene.thread(scene.acme, scene.card(scene.acme))[0]


async def test_a_question_answered_in_its_thread_is_answered_all_the_same(scene: Scene) -> None:
    """A thread below the dialogue's question belongs to no inquiry, but what is said there is not lost."""
    hanako = scene.hanako
    await scene.office.says(hanako, "届きません", channel=hanako.inbox)
    question = hanako.sees()[-1]
    await scene.office.says(hanako, "Acme", channel=hanako.inbox, thread=question)
    assert len([each for each in hanako.sees() if each.user == scene.office.slack.bot.id]) == 2


async def test_a_choice_of_long_ago_is_refused(scene: Scene) -> None:
    """A question that is no longer asked says so, and does nothing."""
    hanako = scene.hanako
    await scene.office.says(hanako, "届きません", channel=hanako.inbox)
    first = hanako.sees()[-1]
    await scene.office.says(hanako, "Acme", channel=hanako.inbox)
    second = hanako.sees()[-1]
    assert second is not first
    answer = await hanako.chooses("Acme", on=first)
    assert answer.message is not None
    assert answer.message.ephemeral_to == hanako.id
    assert (await hanako.presses("ask:order:none", on=second)).ok
    assert "届きません" in hanako.reads(second)


@pytest.mark.parametrize("fault", [Kind.RATE_LIMITED, Kind.REFUSED, Kind.LOST_REPLY])
async def test_what_could_not_be_told_was_done_all_the_same(scene: Scene, fault: Kind) -> None:
    """A sign that Slack does not take fails nothing."""
    card = await scene.opened()
    scene.office.slack.faults.switch_on(fault, "reactions.add")
    await scene.office.says(scene.ada, "on its way", channel=scene.acme, thread=card)
    inbox = scene.hanako.inbox
    assert any("on its way" in each for each in scene.thread(inbox, scene.card(inbox)))
    assert not scene.office.slack.delivery.lost


async def test_people_are_asked_about_once(scene: Scene, clock: HandClock) -> None:
    """Slack is not asked who somebody is at each of their messages."""
    await scene.opened()
    clock.advance(minutes=1)
    before = len([each for each in scene.office.slack.calls if each.method == "users.info"])
    for text in ("one", "two", "three"):
        await scene.office.says(
            scene.hanako, text, channel=scene.hanako.inbox, thread=scene.card(scene.hanako.inbox)
        )
    assert len([each for each in scene.office.slack.calls if each.method == "users.info"]) == before
