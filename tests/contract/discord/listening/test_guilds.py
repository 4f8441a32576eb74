"""What happens to a guild: Henji comes and goes, and may do more or less."""

from core.ids import PlaceId
from core.ports import Lease, Settled
from tests.contract.discord.listening.scene import Scene
from tests.emulators.discord import Permission, deeds_guilds
from tests.waiting import until


async def test_a_guild_is_greeted(scene: Scene) -> None:
    """Two lines, where its owner wants such things said, once."""
    discord, boss = scene.office.discord, scene.boss
    guild = discord.guild("Annex", members=[], owner=boss, bot=None)
    hall = discord.channel(guild, "hall")
    guild.system_channel = hall.id
    await until(scene.office.reception.client.is_ready)  # until then the library takes it for an old one
    await boss.invites_bot(guild)
    await until(lambda: bool(hall.messages))
    (greeting,) = hall.messages.values()
    assert len(boss.reads(greeting).splitlines()) == 2


async def test_a_guild_that_removes_us_keeps_its_desk(scene: Scene) -> None:
    """What waits for it is kept, its staff are told of it, and it goes on when we are invited again."""
    await scene.opened()
    await scene.boss.removes_bot(scene.guild)
    desk = await scene.desk()
    await until(lambda: not scene.office.reception.client.guilds)
    waiting = PlaceId(f"discord:users:@{scene.boss.id}")

    async def told() -> bool:
        return any(each.place == waiting for each in await scene.office.outbox.take(20))

    await until(told)
    assert await scene.office.store.desk(desk) is not None


async def test_what_was_kept_for_a_place_goes_when_we_may_again(scene: Scene) -> None:
    """A change of rights wakes what waits for the channel."""
    await scene.opened()
    await scene.office.says(scene.ada, "wait", channel=scene.acme, thread=scene.card(scene.acme))
    woken = list[PlaceId]()
    await scene.tanaka.presses("act:write_seller:1", on=scene.card(scene.support))
    form = scene.tanaka.view
    assert form is not None
    await form.fill(text="急いでください")
    await form.submit()
    (lease,) = [each for each in await scene.office.outbox.take(20) if each.place.endswith(scene.acme.id)]
    await scene.office.outbox.settle([later(lease)])
    assert not await scene.office.outbox.take(20)
    role = next(each for each in scene.guild.roles.values() if each.name == "@everyone")
    deeds_guilds.permit(scene.office.discord.world, role, role.permissions ^ Permission.ADD_REACTIONS)

    async def due() -> bool:
        woken.extend(each.place for each in await scene.office.outbox.take(20))
        return bool(woken)

    await until(due)
    assert woken[0].endswith(scene.acme.id)


def later(lease: Lease) -> Settled:
    """It could not be delivered, and waits for ten minutes."""
    return Settled(lease=lease, done=False, pause=600.0)
