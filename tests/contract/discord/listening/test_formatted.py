"""What people format: it reaches the others as it was formatted."""

from tests.contract.discord.listening.scene import Scene
from tests.emulators.discord import Message
from tests.emulators.discord.markdown import read_markdown


def quoted(message: Message) -> list[tuple[str, str]]:
    """What somebody said in a message of Henji's, piece by piece with its styles."""
    spans = [span for embed in message.embeds for span in read_markdown(embed["description"])]
    said = [each for each in spans if "quote" in each.styles and each.text.strip()]
    return [(each.text, " ".join(sorted(each.styles - {"quote"}))) for each in said]


async def test_a_formatted_reply_reaches_the_buyer_formatted(scene: Scene) -> None:
    """Bold, code and links as they were, a list as its lines, a mention as a name, emoji by name."""
    card = await scene.opened()
    await scene.office.says(
        scene.ada,
        f"**Sent** by `EMS`, see [the shop](https://a.test) <@{scene.tanaka.id}> <:tanuki:5>\n"
        "- one\n- ~~two~~\n> when?\n```py\nx = *1*\n```",
        channel=scene.acme,
        thread=card,
    )
    told = [each for each in scene.hanako.sees() if each.author != scene.hanako.id][-1]
    assert quoted(told) == [
        ("Sent", "bold"),
        (" by ", ""),
        ("EMS", "code"),
        (", see ", ""),
        ("the shop", "link:https://a.test"),
        (" @田中 :tanuki:\n• one\n• ", ""),
        ("two", "strike"),
        ("\n> when?\n", ""),
        ("x = *1*", "code_block"),
    ]


async def test_what_was_typed_into_the_form_is_plain(scene: Scene) -> None:
    """Signs in a form format nothing; an address there is a link."""
    await scene.opened("**not bold** @everyone https://a.test")
    where = scene.tanaka.thread(scene.card(scene.acme))
    assert where is not None
    told = scene.tanaka.sees(where)[0]
    assert quoted(told) == [("**not bold** @everyone ", ""), ("https://a.test", "link:https://a.test")]
    assert not told.mention_everyone
