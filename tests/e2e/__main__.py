"""`make story STORY=name` plays a story and prints what each person saw; without a name it lists them.

Runs a Redis of its own for the time of the story. Prints what stands on the screens at the end, place by
place, oldest first, with threads indented.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

import typer

from adapters.redis.embedded import Embedded
from tests.e2e.stories import STORIES, Story
from tests.e2e.town import Town, town
from tests.emulators.slack.transcript import of_person


def main(name: str = typer.Argument("", help="Which story; none lists them.")) -> None:
    """Play a story on the emulator of Slack."""
    if name not in STORIES:
        for known, story in STORIES.items():
            typer.echo(f"{known:46} {_told(story)}")
        if name:
            typer.echo(f"\nThere is no story called {name!r}.", err=True)
            sys.exit(2)
        return
    asyncio.run(_play(name))


async def _play(name: str) -> None:
    with tempfile.TemporaryDirectory(prefix="henji-story-") as folder:
        server = Embedded(Path(folder))
        try:
            async with town(await server.start(), "socket") as here:
                await STORIES[name](here)
                typer.echo(f"{name}: {_told(STORIES[name])}\n")
                typer.echo(_screens(here))
        finally:
            await server.stop()


def _told(story: Story) -> str:
    """The story's docstring on one line."""
    return " ".join((story.__doc__ or "").split())


def _screens(here: Town) -> str:
    """What each person sees where they are."""
    seen = {"buyer": here.buyer, "seller": here.seller, "staff": here.staff}
    if here.stranger.person.sees():
        seen["buyer, in English"] = here.stranger
    return "\n\n".join(
        f"--- {someone.person.name} ({role}) sees ---\n{of_person(someone.person)}"
        for role, someone in seen.items()
    )


if __name__ == "__main__":
    typer.run(main)
