"""Opening a desk elsewhere by a code, and taking it off again, as it is typed on Slack."""

import re
from typing import Any

from core.answers import Linked
from core.commands import Actor, MakeLinkCode, SetUpDesk, UseLinkCode
from core.ids import DeskId, Key, LinkCode, PersonId, PlaceId, WorkspaceId
from core.notices import Notice, Trouble
from core.text import Foreign
from tests.contract.slack.listening.office import Office
from tests.contract.slack.listening.scene import Scene, answered

GUILD = WorkspaceId("discord:77")
OWNER = Actor(
    person=PersonId("discord:users:1"),
    name=Foreign("Owner"),
    lang="en",
    place=PlaceId("discord:77:10"),
    admin=True,
)


async def test_a_code_opens_the_desk_elsewhere(scene: Scene) -> None:
    """An admin reads it, and how long it works; typed on the other side, it joins the two."""
    said = answered(scene.boss, await scene.boss.command("/desk link"))
    code = re.search(r"/desk link ([A-Z2-9]{4}-[A-Z2-9]{4})", said)
    assert code is not None, said
    joined = await scene.office.reception.desk.handle(
        UseLinkCode(
            key=Key("k"), desk=DeskId("fresh"), actor=OWNER, workspace=GUILD, typed=Foreign(code[1].lower())
        )
    )
    assert joined == Linked(desk=Foreign("Tanuki"))
    desk = await scene.office.store.desk(await scene.desk())
    assert desk is not None
    assert desk.workspaces == (scene.office.reception.me.workspace, GUILD)
    assert "/desk unlink" in answered(scene.boss, await scene.boss.command("/desk help"))


async def test_only_who_may_set_up_links_and_unlinks(scene: Scene) -> None:
    """Others are told so."""
    for typed in ("/desk link", "/desk link BCDF-2345", "/desk unlink"):
        assert "not yours" in answered(scene.ada, await scene.ada.command(typed))


async def test_the_only_workspace_stays(scene: Scene) -> None:
    """A desk has to be somewhere."""
    assert "only place" in answered(scene.boss, await scene.boss.command("/desk unlink"))


async def test_a_code_opens_here_a_desk_of_the_other_side(office: Office) -> None:
    """In a workspace without a desk, an admin types the code, and the desk answers here from then on."""
    boss = office.slack.person("Boss", admin=True)
    desk, other = office.reception.desk, DeskId("kitsune")
    settings = SetUpDesk(
        key=Key("s"),
        desk=other,
        actor=OWNER,
        workspace=GUILD,
        name=Foreign("Kitsune"),
        staff_place=OWNER.place,
        staff=(OWNER.person,),
        leads=(),
        admins=(),
    )
    await desk.handle(settings)
    await desk.handle(MakeLinkCode(key=Key("k"), desk=other, actor=OWNER, code=LinkCode("bcdf2345")))
    assert "not valid" in answered(boss, await boss.command("/desk link BCDF-2346"))
    assert "Kitsune" in answered(boss, await boss.command("/desk link bcdf 2345"))
    assert await office.reception.desk_id() == "kitsune"
    assert answered(boss, await boss.command("/desk unlink"))
    assert await office.reception.desk_id() is None


async def test_an_app_that_was_removed_is_told_of_on_the_other_side(scene: Scene) -> None:
    """Staff on Slack can't be told there any more; an admin of the desk on Discord is, in a DM."""
    desk = await scene.desk()
    reception = scene.office.reception
    given: dict[str, Any] = {"key": Key("j"), "desk": desk, "actor": OWNER, "workspace": GUILD}
    await reception.desk.store.keep_code(LinkCode("bcdf2345"), desk)
    await reception.desk.handle(UseLinkCode(**given, typed=Foreign("bcdf2345")))
    record = await scene.office.store.desk(desk)
    assert record is not None
    assert record.staff_place is not None
    await reception.desk.handle(
        SetUpDesk(
            **{**given, "key": Key("s")},
            name=record.name,
            staff_place=record.staff_place,
            staff=record.staff,
            leads=(),
            admins=(*record.admins, OWNER.person),
        )
    )
    await scene.office.slack.delivery.tell([{"type": "app_uninstalled"}])
    leases = await scene.office.outbox.take(20)
    told = [one.item for one in leases if isinstance(one.item, Notice)]
    assert "discord:users:@1" in {notice.place for notice in told if isinstance(notice.what, Trouble)}
