"""What Slack would make of what was drawn: whether it takes it, whom it pings, what a reader sees.

Used by the tests of the drawing. The judgement is the emulator's, which knows Slack and nothing of Henji.
"""

from collections.abc import Sequence

from adapters.slack.mrkdwn import Json
from adapters.slack.render import Drawn
from tests.emulators.slack.blocks import block_problems
from tests.emulators.slack.mrkdwn import Reader, mentions
from tests.emulators.slack.rendering import block_lines, mention_texts

_EYES = Reader(name_of=lambda some_id: some_id)


def problems(blocks: Sequence[Json]) -> list[str]:
    """What Slack would refuse about a message's blocks."""
    return list(block_problems(list(blocks), "message"))


def pings(drawn: Drawn) -> set[str]:
    """Everybody and everything it mentions, in its blocks or in its text."""
    texts = [drawn["text"], *mention_texts(drawn["blocks"])]
    return {each for text in texts for each in mentions(text)}


def seen(drawn: Drawn) -> str:
    """What a reader sees of the blocks."""
    return "\n".join(block_lines(drawn["blocks"], _EYES))


def kinds(node: object) -> set[str]:
    """Every kind of block, element and text object in it."""
    match node:
        case list():
            return set().union(*map(kinds, node))
        case dict():
            return {str(node.get("type"))}.union(*map(kinds, node.values()))
        case _:
            return set()


def actions(drawn: Drawn) -> dict[str, str]:
    """Its buttons: each action id with its value."""
    elements = [each for block in drawn["blocks"] for each in block["elements"] if block["type"] == "actions"]
    return {each["action_id"]: each.get("value", "") for each in elements}
