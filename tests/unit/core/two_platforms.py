"""A desk on both platforms: an office on Slack, and people of a Discord guild who join it.

Used by the stories of linking.
"""

from typing import Any

from core.answers import AnyAnswer, CodeMade
from core.commands import Actor, MakeLinkCode, SetUpDesk, UnlinkWorkspace, UseLinkCode
from core.ids import DeskId, Key, LinkCode, PersonId, PlaceId, WorkspaceId
from core.text import Foreign
from tests.unit.core.office import STAFF_PLACE, Office, actor

GUILD = WorkspaceId("discord:77")
OTHER_DESK = DeskId("betsu")
CODE = LinkCode("bcdf2345")


def in_guild(user: int, *, admin: bool = False, groups: tuple[PersonId, ...] = ()) -> Actor:
    """Somebody acting in a channel of the guild that only they use."""
    return Actor(
        person=PersonId(f"discord:users:{user}"),
        name=Foreign(f"user {user}"),
        lang="en",
        place=PlaceId(f"{GUILD}:{user}0"),
        admin=admin,
        groups=groups,
    )


OWNER = in_guild(1, admin=True)
SHOP = in_guild(2)
GUEST = in_guild(3)
KANRI = actor("kanri", STAFF_PLACE, admin=True)


async def make_code(office: Office, by: Actor = KANRI) -> CodeMade:
    """Somebody gets a code."""
    answer = await office.does(MakeLinkCode, by, code=CODE)
    assert isinstance(answer, CodeMade)
    return answer


async def use_code(office: Office, typed: str = "BCDF-2345", by: Actor = OWNER, **fields: Any) -> AnyAnswer:
    """Somebody types a code, in the guild unless another workspace is named."""
    given: dict[str, Any] = {"workspace": GUILD, **fields}
    return await office.does(UseLinkCode, by, typed=Foreign(typed), **given)


async def join(office: Office) -> AnyAnswer:
    """The guild joins the desk."""
    await make_code(office)
    return await use_code(office)


async def leave(office: Office, workspace: WorkspaceId = GUILD, by: Actor = KANRI) -> AnyAnswer:
    """A workspace is taken off."""
    return await office.does(UnlinkWorkspace, by, workspace=workspace)


async def set_up_another(office: Office) -> AnyAnswer:
    """The guild's owner sets up a desk of the guild's own."""
    return await office.desk.handle(
        SetUpDesk(
            key=Key("another"),
            desk=OTHER_DESK,
            actor=OWNER,
            workspace=GUILD,
            name=Foreign("Another"),
            staff_place=OWNER.place,
            staff=(OWNER.person,),
            leads=(),
            admins=(),
        )
    )


async def on_both(office: Office) -> Office:
    """Staff on Slack, a seller on Discord, buyers on either."""
    await office.set_up()
    await join(office)
    await office.add_seller("shop", SHOP.place, ping=(SHOP.person,))
    await office.told()
    return office
