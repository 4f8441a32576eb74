"""What people format: it reaches the others as it was formatted."""

from tests.contract.slack.listening.scene import Scene
from tests.emulators.slack import Message
from tests.emulators.slack.rich import read_rich


def quoted(message: Message) -> list[tuple[str, str]]:
    """What somebody said in a message of Henji's, piece by piece with its styles."""
    said = [each for each in message.blocks if each["type"] == "rich_text"][1:]
    spans = [each for each in read_rich(said) if each.text.strip()]
    return [(each.text, " ".join(sorted(each.styles - {"quote"}))) for each in spans]


async def test_a_formatted_reply_reaches_the_buyer_formatted(scene: Scene) -> None:
    """Bold, code and links as they were, a list as its lines, a mention as a name, emoji as themselves."""
    card = await scene.opened()
    await scene.office.says(
        scene.ada,
        "*Sent* by `EMS`, see [the shop](https://a.test) @田中 :+1:\n- one\n- ~two~\n> when?\n```x = *1*```",
        channel=scene.acme,
        thread=card,
    )
    told = list(scene.hanako.inbox.messages.values())[-1]
    assert quoted(told) == [
        ("Sent", "bold"),
        (" by ", ""),
        ("EMS", "code"),
        (", see ", ""),
        ("the shop", "link:https://a.test"),
        (" @田中 👍\n• one\n• ", ""),
        ("two", "strike"),
        ("\n> when?", ""),
        ("x = *1*", "bar code_block"),
    ]
    assert "see the shop (https://a.test)" in told.text


async def test_what_was_typed_into_the_form_is_plain(scene: Scene) -> None:
    """Signs in a form format nothing; an address there is a link."""
    await scene.opened("*not bold* <!channel> https://a.test :+1:")
    card = scene.card(scene.acme)
    thread = [each for each in scene.acme.messages.values() if each.thread_ts == card.ts]
    assert quoted(thread[0]) == [
        ("*not bold* <!channel> ", ""),
        ("https://a.test", "link:https://a.test"),
        (" 👍", ""),
    ]
