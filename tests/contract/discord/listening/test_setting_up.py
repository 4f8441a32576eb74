"""Setting up a desk in two forms, and joining two workspaces to one."""

from core.ids import PersonId
from tests.contract.discord.listening.office import Office
from tests.contract.discord.listening.scene import Scene, answered, set_up, workspace
from tests.emulators.discord import Channel, Permission, Person
from tests.waiting import until


async def test_only_who_manages_the_guild_sets_up_a_desk(office: Office) -> None:
    """Others are told so, and see no form."""
    taro, boss, deputy = (office.discord.person(name) for name in ("Taro", "Boss", "Deputy"))
    guild = office.discord.guild("Tanuki", members=[taro, deputy], owner=boss)
    office.discord.role(guild, "managers", members=[deputy], permissions=Permission.MANAGE_GUILD)
    lobby = office.discord.channel(guild, "lobby")
    assert answered(taro, await taro.command("/desk setup", channel=lobby))
    assert taro.view is None
    for manager in (boss, deputy):
        assert (await manager.command("/desk setup", channel=lobby)).message is None
        assert manager.view is not None
        assert manager.view.value("staff") == [manager.id]


async def test_a_desk_is_changed_by_whom_its_admins_name(scene: Scene) -> None:
    """The form begins with what is, and who was named, in person or by a role, may send it."""
    assert answered(scene.tanaka, await scene.tanaka.command("/desk setup", channel=scene.lobby))
    scene.office.discord.role(scene.guild, "leads", members=[scene.tanaka])
    await scene.boss.command("/desk setup", channel=scene.lobby)
    form = scene.boss.view
    assert form is not None
    assert (form.value("name"), form.value("staff_place")) == ("Tanuki", scene.support.id)
    await form.fill(admins=["Boss", "leads"])
    assert (await form.submit()).message is not None
    assert (await scene.tanaka.command("/desk setup", channel=scene.lobby)).message is None
    assert scene.tanaka.view is not None


async def test_language_and_hours_are_a_second_form(scene: Scene) -> None:
    """It is offered when the first is saved, and changes nothing of what that was about."""
    await scene.boss.command("/desk setup", channel=scene.lobby)
    first = scene.boss.view
    assert first is not None
    saved = await first.submit()
    assert saved.message is not None
    await scene.boss.presses("More settings", on=saved.message)
    second = scene.boss.view
    assert second is not None
    await second.fill(lang="Japanese", quiet_from="２２：００", quiet_to="7:30")
    assert (await second.submit()).message is not None
    desk = await scene.office.store.desk(await scene.desk())
    assert desk is not None
    assert desk.staff == (PersonId(f"discord:users:{scene.tanaka.id}"),)
    assert desk.staff_place is not None
    assert desk.languages[desk.staff_place] == "ja"
    assert desk.quiet is not None
    assert (desk.quiet.start, desk.quiet.end) == (22 * 60, 7 * 60 + 30)


async def test_what_is_no_time_of_day_can_be_mended(scene: Scene) -> None:
    """The form is opened again with all that stood in it."""
    await scene.boss.command("/desk setup", channel=scene.lobby)
    first = scene.boss.view
    assert first is not None
    saved = await first.submit()
    assert saved.message is not None
    await scene.boss.presses("More settings", on=saved.message)
    for wrong in ("25:00", "noon", "7:60", "7"):
        form = scene.boss.view
        assert form is not None
        await form.fill(quiet_from=wrong, quiet_to="7:00")
        refused = await form.submit()
        assert refused.message is not None
        assert wrong in scene.boss.reads(refused.message)
        await scene.boss.presses("Edit", on=refused.message)
        assert scene.boss.view is not None
        assert scene.boss.view.value("quiet_from") == wrong


async def test_a_refused_form_of_the_desk_can_be_mended(scene: Scene) -> None:
    """Staff in a seller's channel are refused; the rest of what was entered is there again."""
    await scene.boss.command("/desk setup", channel=scene.lobby)
    form = scene.boss.view
    assert form is not None
    await form.fill(name="Kitsune", staff_place="acme", leads=["Ada"])
    refused = await form.submit()
    assert refused.message is not None
    await scene.boss.presses("Edit", on=refused.message)
    again = scene.boss.view
    assert again is not None
    assert (again.value("name"), again.value("leads")) == ("Kitsune", [scene.ada.id])
    await again.fill(staff_place="support")
    assert (await again.submit()).message is not None
    desk = await scene.office.store.desk(await scene.desk())
    assert desk is not None
    assert desk.name.raw == "Kitsune"


async def test_a_refused_seller_can_be_mended(scene: Scene) -> None:
    """A name that is taken is refused, and the form comes back."""
    await scene.tanaka.command("/seller add", channel=scene.support)
    form = scene.tanaka.view
    assert form is not None
    await form.fill(name="ACME", ping=["Ada"])
    refused = await form.submit()
    assert refused.message is not None
    await scene.tanaka.presses("修正", on=refused.message)
    again = scene.tanaka.view
    assert again is not None
    assert (again.value("name"), again.value("ping")) == ("ACME", [scene.ada.id])
    await again.fill(name="Beta")
    assert (await again.submit()).message is not None
    assert len(await scene.office.store.sellers(await scene.desk())) == 2


async def test_a_channel_that_is_gone_is_not_proposed(scene: Scene) -> None:
    """Discord opens no form that proposes one; another can be chosen."""
    await scene.boss.deletes_channel(scene.acme)
    await scene.office.discord.heard()
    await scene.tanaka.command("/seller add", {"name": "Acme"}, channel=scene.support)
    form = scene.tanaka.view
    assert form is not None
    assert form.value("place") is None


async def test_two_guilds_join_one_desk_by_a_code(scene: Scene) -> None:
    """The code of one, typed in the other, opens the desk there; taken off, it keeps its inquiries."""
    await scene.opened()
    discord, boss = scene.office.discord, scene.boss
    annex = discord.guild("Annex", members=[], owner=boss)
    hall = discord.channel(annex, "hall")
    await until(lambda: len(scene.office.reception.client.guilds) == 2)
    made = answered(boss, await boss.command("/desk link", channel=scene.lobby))
    assert "KMPQ-RST2" in made
    assert answered(boss, await boss.command("/desk link", channel=hall, code="wrong"))
    assert await scene.office.store.desk_of(workspace(annex)) is None
    assert "Tanuki" in answered(boss, await boss.command("/desk link", channel=hall, code="kmpq rst2"))
    assert await scene.office.store.desk_of(workspace(annex)) == await scene.desk()
    assert "#1" in answered(boss, await boss.command("/inquiry show", channel=scene.support, number="1"))
    assert answered(boss, await boss.command("/desk unlink", channel=hall))
    assert await scene.office.store.desk_of(workspace(annex)) is None


async def test_each_guild_has_a_desk_of_its_own(scene: Scene) -> None:
    """What is typed in one is of no other."""
    other = await set_up(scene.office, name="Kitsune", seller="Beta")
    assert await scene.desk() != await other.desk()
    assert "Beta" not in answered(
        scene.tanaka, await scene.tanaka.command("/seller list", channel=scene.support)
    )


async def test_a_card_of_a_desk_that_left_is_no_other_desks(scene: Scene) -> None:
    """In a guild that has another desk by now, an old button acts on none of its inquiries of that number."""
    await scene.opened("古い件")
    old = scene.card(scene.support)
    discord, boss = scene.office.discord, scene.boss
    annex = discord.guild("Annex", members=[scene.tanaka], owner=boss)
    hall = discord.channel(annex, "hall")
    await until(lambda: len(scene.office.reception.client.guilds) == 2)
    await boss.command("/desk link", channel=scene.lobby)
    await boss.command("/desk link", channel=hall, code="kmpqrst2")
    await entered(boss, "/desk setup", hall, name="Tanuki", staff_place="hall", staff=["田中"])
    await boss.command("/desk unlink", channel=scene.lobby)
    await entered(boss, "/desk setup", scene.lobby, name="New", staff_place="support", staff=["田中"])
    await entered(scene.tanaka, "/seller add", scene.support, name="Beta", place="acme", ping=["Ada"])
    await scene.form("新しい件", seller="Beta")
    await scene.submit()
    assert answered(scene.tanaka, await scene.tanaka.presses("act:acknowledge:1", on=old))
    shown = await scene.office.store.shown(await scene.desk(), 1)
    assert shown is not None
    assert shown.inquiry.seller_name.raw == "Beta"
    assert shown.inquiry.acknowledged is None


async def entered(person: Person, command: str, channel: Channel, **values: str | list[str]) -> None:
    """Somebody fills in a command's form."""
    await person.command(command, channel=channel)
    assert person.view is not None
    await person.view.fill(**values)
    assert (await person.view.submit()).message is not None
