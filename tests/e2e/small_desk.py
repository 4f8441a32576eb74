"""A small desk, set up without Slack: what the tests of the command line find in the store.

Goes through the front desk, as everything does.
"""

from bots import clock, compose
from core.commands import Actor, OpenInquiry, SaveSeller, SetUpDesk
from core.ids import DeskId, Key, PersonId, PlaceId, SellerId, WorkspaceId
from core.records import Topic, Wish
from core.text import Foreign


async def set_up(url: str, team: str, *, staff: str, seller: str) -> None:
    """A desk in this workspace, with a staff channel, one seller in another, and one inquiry."""
    workspace = WorkspaceId(f"slack:{team}")
    boss = Actor(
        person=PersonId(f"{workspace}:U1"),
        name=Foreign("Boss"),
        lang="en",
        place=PlaceId(f"{workspace}:{staff}"),
        admin=True,
    )
    async with compose.house(url) as home:
        await home.desk.handle(
            SetUpDesk(
                key=Key("1"),
                desk=DeskId("dsk234"),
                actor=boss,
                workspace=workspace,
                name=Foreign("Support"),
                staff_place=boss.place,
                staff=(boss.person,),
                leads=(),
                admins=(),
            )
        )
        await home.desk.handle(
            SaveSeller(
                key=Key("2"),
                desk=DeskId("dsk234"),
                actor=boss,
                fresh=SellerId("acme"),
                seller=None,
                name=Foreign("Acme \x1b[31m"),
                place=PlaceId(f"{workspace}:{seller}"),
                lang="en",
                ping=(),
            )
        )
        await home.desk.handle(
            OpenInquiry(
                key=Key("3"),
                desk=DeskId("dsk234"),
                actor=boss,
                seller=SellerId("acme"),
                order_number="",
                topic=Topic.QUESTION,
                wish=Wish.ANSWER,
                text=Foreign("Is it there?"),
                at=clock.now(),
            )
        )
