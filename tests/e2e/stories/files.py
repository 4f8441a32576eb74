"""Stories of files: photos that arrive, what is left behind and why, and how staff look at them again."""

from tests.e2e.side import Attached
from tests.e2e.town import Town
from tests.emulators.samples import PNG

LARGE = 11 * 1024 * 1024


async def photos_go_both_ways(town: Town) -> None:
    """A seller's photos and a buyer's invoice arrive as they were sent, right below their words."""
    await town.inquiry()
    photos = (Attached("front.png", PNG + b"front"), Attached("back.png", PNG + b"back"))
    await town.seller.writes("写真をご覧ください。", town.seller.card(), files=photos)
    town.buyer.reads("写真をご覧ください。", pings=(town.buyer,))
    arrived = town.buyer.reads("出品者", "添付ファイル")
    assert town.buyer.opens_files(arrived) == [(each.name, each.content) for each in photos]
    await town.buyer.writes("", town.buyer.card(), files=[Attached("請求書.pdf")])
    town.seller.reads("購入者", pings=(town.seller,))
    assert town.seller.opens_files(town.seller.reads("購入者", "添付ファイル"))[0][0] == "請求書.pdf"


async def photos_of_the_dialogue(town: Town) -> None:
    """Photos sent in the dialogue are shown in its questions, and reach the seller with the inquiry."""
    await town.buyer.writes("割れていました。", files=[Attached("broken.jpg")])
    town.buyer.reads("出品者")
    await town.buyer.writes("青空商店")
    town.buyer.reads("注文番号")
    await town.buyer.writes("なし")
    question = town.buyer.reads("broken.jpg")
    await town.buyer.presses("送信する", question)
    town.buyer.reads("#1")
    town.buyer.reads("割れていました。", pings=(town.buyer,))
    town.seller.reads("#1")
    town.seller.reads("割れていました。", pings=(town.seller,))
    assert town.seller.opens_files(town.seller.reads("添付ファイル"))[0][0] == "broken.jpg"
    town.staff.reads("#1")


async def what_is_left_behind(town: Town) -> None:
    """What is too large, too many or of no known kind stays: its sender is told, and the text goes."""
    await town.inquiry()
    card = town.seller.card()
    files = (Attached("movie.mp4", size=LARGE), Attached("all.zip"), Attached("photo.png"))
    await town.seller.writes("ご確認ください。", card, files=files)
    told = town.seller.reads_alone("movie.mp4（11 MB）", "10 MB", "all.zip")
    assert "photo.png" not in told
    town.buyer.reads("ご確認ください。", "2件", pings=(town.buyer,))
    assert [name for name, _ in town.buyer.opens_files(town.buyer.reads("添付ファイル"))] == ["photo.png"]
    await town.seller.writes("", card, files=[Attached("all.zip")])
    town.seller.reads_alone("届けられませんでした", "all.zip")
    await town.seller.writes("一覧です。", card, files=[Attached(f"{n}.png") for n in range(11)])
    town.seller.reads_alone("10.png", "10件まで")
    town.buyer.reads("一覧です。", "1件", pings=(town.buyer,))
    assert len(town.buyer.opens_files(town.buyer.reads("添付ファイル"))) == 10


async def files_that_lie(town: Town) -> None:
    """What is not what it says, larger than it says, or somewhere else is left behind; the text goes."""
    await town.inquiry()
    program = Attached("photo.png", b"MZ\x90\0" + bytes(5_000))
    larger = Attached("scan.pdf", b"%PDF-1.7" + bytes(LARGE), size=4_000)
    astray = Attached("view.png", PNG, leads_to="https://evil.example/view.png")
    elsewhere = Attached("drive.pdf", address="https://evil.example/")
    await town.seller.writes("ご覧ください。", town.seller.card(), files=(program, larger, astray, elsewhere))
    town.buyer.reads("ご覧ください。", pings=(town.buyer,))
    told = town.seller.reads("photo.png", "scan.pdf", "view.png", "drive.pdf", pings=(town.seller,))
    town.seller.rereads(told, "中身がファイル名の示す種類と異なります")
    assert not town.buyer.opens_files(town.buyer.reads("4件"))
    await town.seller.writes("もう一度。", town.seller.card(), files=(Attached("photo.png", PNG),))
    town.buyer.reads("もう一度。", pings=(town.buyer,))
    assert len(town.buyer.opens_files(town.buyer.reads("添付ファイル"))) == 1


async def files_while_the_platform_fails(town: Town) -> None:
    """A reply that is lost posts no photo twice; what can't be fetched at all is left behind, and told."""
    await town.inquiry()
    lost = town.buyer.side.fails("LOST_REPLY", "upload", times=1)
    await town.seller.writes("写真です。", town.seller.card(), files=[Attached("photo.png")])
    await town.passes(minutes=1)
    town.buyer.reads("写真です。", pings=(town.buyer,))
    assert len(town.buyer.opens_files(town.buyer.reads("添付ファイル"))) == lost.hits == 1
    away = town.seller.side.fails("REFUSED", "download")
    await town.seller.writes("もう一枚。", town.seller.card(), files=[Attached("second.png")])
    for _ in range(4):
        await town.passes(minutes=1)
    away.off()
    town.buyer.reads("もう一枚。", pings=(town.buyer,))
    town.buyer.reads("1件")
    town.seller.reads("second.png", "時間をおいて", pings=(town.seller,))


async def files_as_staff_see_them(town: Town) -> None:
    """Staff find every file in the log, by name and size, and have them put into their own thread."""
    await town.inquiry()
    photo = Attached("front.png", PNG + bytes(3_000))
    said = await town.seller.writes("写真です。", town.seller.card(), files=(photo,))
    town.buyer.reads("写真です。", pings=(town.buyer,))
    town.buyer.reads("添付ファイル")
    await town.seller.deletes_files(said)
    log = await town.staff.types("/inquiry show 1")
    assert "front.png（3 KB）" in log
    assert "スレッド" in await town.staff.presses("添付ファイルを見る", town.staff.card())
    arrived = town.staff.reads("出品者", "葵", "添付ファイル")
    assert town.staff.opens_files(arrived) == [("front.png", photo.content)]
    assert "front.png" not in await town.stranger.types("/inquiry show 1")


STORIES = (
    photos_go_both_ways,
    photos_of_the_dialogue,
    what_is_left_behind,
    files_that_lie,
    files_while_the_platform_fails,
    files_as_staff_see_them,
)
