"""Stories of the desk itself: staff at work, commands, what people get wrong, other languages."""

from tests.e2e.pairing import where
from tests.e2e.people import ORDER
from tests.e2e.side import Setup
from tests.e2e.town import Town


async def staff_at_work(town: Town) -> None:
    """Staff assign, write to either side, note, snooze and close, each from the card."""
    await town.inquiry()
    card = town.staff.card()
    assert "担当" in await town.staff.presses("自分が担当する", card)
    town.staff.sees_on_card("担当者", "佐藤")
    await town.staff.fills("購入者に書く", card, 本文="出品者に確認しています。")
    town.buyer.reads("窓口担当", "出品者に確認しています。", pings=(town.buyer,))
    await town.staff.fills("出品者に書く", card, 本文="至急お願いします。")
    town.seller.reads("窓口担当", "至急お願いします。", pings=(town.seller,))
    await town.staff.fills("メモ", card, メモ="返金も検討")
    town.staff.reads("佐藤", "返金も検討")
    await town.staff.writes("スレッドのメモ", card)
    await town.staff.fills("担当への通知を止める", card, いつまで="4時間")
    town.staff.sees_on_card("担当への通知停止")
    await town.staff.fills("終了する", card, 結果="返金済み")
    town.buyer.reads("担当が終了しました", "返金済み", pings=(town.buyer,))
    town.seller.reads("担当が終了しました", pings=(town.seller,))
    shown = await town.staff.types("/inquiry show 1")
    for words in ("返金も検討", "スレッドのメモ", "至急お願いします。"):
        assert words in shown
    shown = await town.buyer.types("/inquiry show 1")
    assert "返金も検討" not in shown
    assert "スレッドのメモ" not in shown
    assert "至急お願いします。" not in shown


async def commands_answer(town: Town) -> None:
    """List, show, close and help answer privately; a stranger learns nothing; numbers may be full-width."""
    assert "ありません" in await town.buyer.types("/inquiry list")
    await town.inquiry()
    assert "#1" in await town.buyer.types("/inquiry list")
    assert "まだ届きません" in await town.buyer.types("/inquiry show ＃１")
    assert "#1" in await town.seller.types("/inquiry list")
    assert "青空商店" in await town.staff.types("/inquiry list")
    assert "青空商店" in await town.staff.types("/seller list")
    stranger = await town.stranger.types("/inquiry show 1")
    nobody = await town.stranger.types("/inquiry show 99")
    assert stranger.replace("#1", "") == nobody.replace("#99", "")
    assert "/inquiry new" in await town.buyer.types("/inquiry help")
    assert "できません" in await town.buyer.types("/desk setup")
    assert "できません" in await town.buyer.types("/seller add")
    await town.buyer.types("/inquiry close 1")
    await town.buyer.submits(結果="解決")
    town.seller.reads("購入者が終了しました", pings=(town.seller,))
    assert "ありません" in await town.buyer.types("/inquiry list")


async def wrong_entries_stay_in_the_form(town: Town) -> None:
    """A malformed order number is refused, with what was typed still there.

    Corrected, it goes.
    """
    assert "3桁-7桁-7桁" in await town.buyer.opens("長い話", order="12345", topic="その他")
    unchanged = {"message": "長い話", "topic": "その他"}
    assert "#1" in await town.buyer.tries_again(unchanged=unchanged, order=ORDER)
    town.buyer.reads("青空商店", "長い話")
    town.buyer.reads("長い話", pings=(town.buyer,))
    town.seller.reads("花子さんより")
    town.seller.reads("長い話", pings=(town.seller,))
    town.staff.reads("花子さんから青空商店へ")


@where(lambda on: on.buyer == "slack")  # Discord's client lets nobody write so much
async def too_long(town: Town) -> None:
    """Five thousand characters are refused, and kept."""
    await town.inquiry()
    await town.buyer.writes("長" * 5_000, town.buyer.card())
    town.buyer.reads_alone("5,000", "4,000", "下書き")


async def closed_and_reopened(town: Town) -> None:
    """A closed inquiry says so and offers to be reopened; then it goes on."""
    await town.inquiry()
    card = town.buyer.card()
    await town.buyer.presses("取り下げる", card)
    town.seller.reads("取り下げ", pings=(town.seller,))
    await town.buyer.writes("やはり届きません。", card)
    town.buyer.reads_alone("終了しています", "再開")
    await town.buyer.presses("再開する", town.buyer.card())
    town.seller.reads("再開しました", pings=(town.seller,))
    await town.buyer.writes("やはり届きません。", card)
    town.seller.reads("やはり届きません。", pings=(town.seller,))


async def nobodys_words_are_commands(town: Town) -> None:
    """What people write pings nobody on the other side, where it reads as it was shown to its writer."""
    await town.inquiry()
    hostile = "<!channel> <@U00000005> *太字* `code` <https://evil.example|銀行> @here #support &lt;!here&gt;"
    said = await town.seller.writes(hostile, town.seller.card())
    town.buyer.reads(town.seller.rereads(said, "太字"), pings=(town.buyer,))


async def somebody_is_kept_out(town: Town) -> None:
    """Staff keep a buyer out, who is told so whatever they write; let in again, what they write goes."""
    await town.inquiry()
    assert "できません" in await town.seller.types("/desk block 1")
    assert "できなくなりました" in await town.staff.types("/desk block 1")
    await town.buyer.writes("聞いてください。", town.buyer.card())
    town.buyer.reads_alone("制限されています")
    assert "できます" in await town.staff.types("/desk unblock #1")
    await town.buyer.writes("ありがとうございます。", town.buyer.card())
    town.seller.reads("ありがとうございます。", pings=(town.seller,))


async def shown_by_their_roles(town: Town) -> None:
    """The desk shows buyer and seller to each other by their roles alone; its staff see who they are."""
    await town.admin.sets_up(Setup(shown_as="役割だけ"))
    assert "#1" in await town.buyer.opens("まだ届きません。")
    town.buyer.reads("#1")
    town.buyer.reads("まだ届きません。", pings=(town.buyer,))
    for post in (town.seller.reads("#1"), town.seller.reads("まだ届きません。", pings=(town.seller,))):
        assert "花子" not in town.seller.rereads(post)
    town.staff.reads("#1", "花子")
    await town.seller.writes("本日発送しました。", town.seller.card())
    post = town.buyer.reads("出品者", "本日発送しました。", pings=(town.buyer,))
    assert "葵" not in town.buyer.rereads(post)
    assert "葵" in await town.staff.types("/inquiry show 1")
    assert "花子" not in await town.seller.types("/inquiry list")


async def in_english(town: Town) -> None:
    """A buyer whose client is in English reads English, while the seller reads Japanese."""
    alex = town.stranger
    said = await alex.opens("The box was crushed.", topic="Damaged or not working", wish="A refund")
    assert "#1" in said
    alex.reads("Inquiry #1", "青空商店")
    alex.reads("The box was crushed.", pings=(alex,))
    town.seller.reads("#1", "Alexさんより", "返金")
    town.seller.reads("The box was crushed.", pings=(town.seller,))
    town.staff.reads("#1")
    await town.passes(hours=48)
    for words in ("お返事", "まもなく"):
        town.seller.reads(words, pings=(town.seller,))
    for words in ("まだ返信がありません", "期限超過"):
        town.staff_are_told(words)
    alex.reads("two", "guarantee", "estimate", pings=(alex,))


@where(lambda on: on.buyer == "slack")
async def continuing_beside_the_thread(town: Town) -> None:
    """A buyer with an open inquiry who writes outside its thread is asked which it is for.

    It reaches the seller.
    """
    await town.inquiry()
    await town.buyer.writes("その後いかがですか。")
    asked = town.buyer.reads("続きですか")
    await town.buyer.presses("#1 · 青空商店", asked)
    town.buyer.rereads(asked, "出品者に届けます")
    town.seller.reads("その後いかがですか。", pings=(town.seller,))


@where(lambda on: on.buyer == "discord")
async def continuing_without_a_thread(town: Town) -> None:
    """In a DM without threads, what a buyer writes is for their only inquiry; of two, they say which."""
    await town.inquiry()
    await town.buyer.writes("その後いかがですか。")
    town.seller.reads("その後いかがですか。", pings=(town.seller,))
    assert "#2" in await town.buyer.opens("別の件です。")
    town.buyer.reads("#2")
    town.buyer.reads("別の件です。", pings=(town.buyer,))
    town.seller.reads("#2")
    town.seller.reads("別の件です。", pings=(town.seller,))
    town.staff.reads("#2")
    await town.buyer.writes("写真が必要ですか。")
    asked = town.buyer.reads("写真が必要ですか。", "#1", "#2")
    await town.buyer.presses("#2 · 青空商店", asked)
    town.buyer.rereads(asked, "出品者に届けます")
    town.seller.reads("写真が必要ですか。", pings=(town.seller,))
    await town.buyer.writes("#1の返事です。", town.buyer.card(1))
    town.seller.reads("#1の返事です。", pings=(town.seller,))


STORIES = (
    staff_at_work,
    commands_answer,
    wrong_entries_stay_in_the_form,
    too_long,
    closed_and_reopened,
    nobodys_words_are_commands,
    somebody_is_kept_out,
    shown_by_their_roles,
    in_english,
    continuing_beside_the_thread,
    continuing_without_a_thread,
)
