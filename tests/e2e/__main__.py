"""`make story STORY=name` plays a story and prints what each person saw; without a name it lists them.

`ON=discord/slack` says on which platform the buyer and the seller are (a third word: the staff, who are
otherwise where the seller is). Runs a Redis of its own for the time of the story. Prints what stands on the
screens at the end, place by place, oldest first, with threads indented.
"""

import asyncio
import logging
import sys
import tempfile
from pathlib import Path
from typing import NoReturn

import structlog
import typer

from adapters.redis.embedded import Embedded
from tests.e2e.pairing import EVERYWHERE, Pairing, can_happen
from tests.e2e.stories import STORIES, Story
from tests.e2e.town import town


def main(
    name: str = typer.Argument("", help="Which story; none lists them."),
    on: str = typer.Argument("", help="The buyer's/the seller's(/the staff's) platform."),
) -> None:
    """Play a story on the emulated platforms."""
    if name not in STORIES:
        for known, story in STORIES.items():
            typer.echo(f"{known:46} {_told(story)}")
        if name:
            _stop(f"There is no story called {name!r}.")
        return
    able = [pairing for pairing in EVERYWHERE if can_happen(STORIES[name], pairing)]
    try:
        pairing = Pairing.read(on) if on else able[0]
    except ValueError as error:
        _stop(str(error))
    if pairing not in able:
        _stop(f"This story can't happen on {pairing}, but on {', '.join(map(str, able))}.")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    asyncio.run(_play(name, pairing))


async def _play(name: str, pairing: Pairing) -> None:
    with tempfile.TemporaryDirectory(prefix="henji-story-") as folder:
        server = Embedded(Path(folder))
        try:
            async with town(await server.start(), pairing) as here:
                await STORIES[name](here)
                typer.echo(f"{name}, on {pairing}: {_told(STORIES[name])}\n")
                typer.echo(here.screens())
        finally:
            await server.stop()


def _told(story: Story) -> str:
    """The story's docstring on one line."""
    return " ".join((story.__doc__ or "").split())


def _stop(why: str) -> NoReturn:
    typer.echo(f"\n{why}", err=True)
    sys.exit(2)


if __name__ == "__main__":
    typer.run(main)
