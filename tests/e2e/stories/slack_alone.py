"""Stories that can only happen on Slack: its retries, its channels, commands that are free text."""

from tests.e2e.pairing import Pairing, where
from tests.e2e.slack_side import SlackSide
from tests.e2e.town import Town


def _slack_alone(on: Pairing) -> bool:
    return on.platforms == ("slack",)


@where(_slack_alone)
async def welcomed_to_a_channel(town: Town) -> None:
    """Added to a channel, Henji says in two lines what it is for and what to type."""
    side = _slack(town)
    town.buyer.client.home = lobby = side.channel("lobby", [town.buyer.client], with_henji=False)
    await side.lets_in(town.buyer.client, lobby)
    await town.turn()
    text = town.buyer.rereads(town.buyer.reads("/inquiry new"))
    assert len(text.splitlines()) == 2


@where(_slack_alone)
async def commands_half_typed(town: Town) -> None:
    """A command without a word, or with one that nobody knows, is answered with what there is."""
    for command in ("/inquiry", "/inquiry nani"):
        assert "/inquiry new" in await town.buyer.types(command)


def _slack(town: Town) -> SlackSide:
    side = town.buyer.side
    assert isinstance(side, SlackSide)
    return side


STORIES = (welcomed_to_a_channel, commands_half_typed)
