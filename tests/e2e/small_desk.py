"""A small desk, set up without Slack: what the tests of the command line find in the store.

Goes through the front desk, as everything does.
"""

from bots import clock, compose
from bots.compose import House
from core.commands import Actor, OpenInquiry, SaveSeller, SetUpDesk
from core.ids import DeskId, Key, PersonId, PlaceId, SellerId, WorkspaceId
from core.records import Topic, Wish
from core.text import Foreign

DESK = DeskId("dsk234")
SELLER = SellerId("acme")


async def set_up(url: str, team: str, *, staff: str, seller: str) -> None:
    """The desk, in this database."""
    async with compose.house(url) as home:
        await open_up(home, team, staff=staff, seller=seller)


async def open_up(home: House, team: str, *, staff: str, seller: str, boss: str = "U1") -> None:
    """The desk of a workspace, with its staff in one channel and a seller in another, and one inquiry."""
    workspace = WorkspaceId(f"slack:{team}")
    actor = Actor(
        person=PersonId(f"{workspace}:{boss}"),
        name=Foreign("Boss"),
        lang="en",
        place=PlaceId(f"{workspace}:{staff}"),
        admin=True,
    )
    await home.desk.handle(
        SetUpDesk(
            key=Key("1"),
            desk=DESK,
            actor=actor,
            workspace=workspace,
            name=Foreign("Support"),
            staff_place=actor.place,
            staff=(actor.person,),
            leads=(),
            admins=(),
        )
    )
    await home.desk.handle(
        SaveSeller(
            key=Key("2"),
            desk=DESK,
            actor=actor,
            fresh=SELLER,
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
            desk=DESK,
            actor=actor,
            seller=SELLER,
            order_number="",
            topic=Topic.QUESTION,
            wish=Wish.ANSWER,
            text=Foreign("Is it there?"),
            at=clock.now(),
        )
    )
