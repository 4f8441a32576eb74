"""Stories of formatting: what people format reads so on the other side, and what they don't does nothing."""

from tests.e2e.town import Town


async def formatting_goes_both_ways(town: Town) -> None:
    """Emphasis, code, lists, quotes and links arrive as such, their signs don't; emoji stay emoji."""
    await town.inquiry()
    reply = (
        "_本日_ `EMS` で発送しました。[追跡ページ](https://post.example/EMS) をご覧ください 🙏\n"
        "- 本体\n- 部品\n"
        "> いつ届きますか？\n"
        "```\n*SN* = <1>\n```"
    )
    await town.seller.writes(reply, town.seller.card())
    arrived = town.buyer.reads(
        "本日 EMS で発送しました。追跡ページ (https://post.example/EMS) をご覧ください 🙏",
        "• 本体",
        "• 部品",
        "> いつ届きますか？",
        "*SN* = <1>",
        pings=(town.buyer,),
    )
    assert "_" not in town.buyer.rereads(arrived, "発送しました")
    await town.buyer.writes("ありがとうございます。_待ちます_。", town.buyer.card())
    town.seller.reads("ありがとうございます。待ちます。", pings=(town.seller,))


async def signs_that_mean_nothing(town: Town) -> None:
    """What looks like a mention, a command or another platform's formatting stays what was typed."""
    said = r"@everyone <!channel> <@1> &lt; 2 * 3 snake_case :x y: #1 \ 1) /inquiry close 1"
    await town.inquiry(said)
    await town.seller.writes("2 < 3 && 4 > 3 || a_b * c ~", town.seller.card())
    town.buyer.reads("2 < 3 && 4 > 3 || a_b * c ~", pings=(town.buyer,))


STORIES = (formatting_goes_both_ways, signs_that_mean_nothing)
