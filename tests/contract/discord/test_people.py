"""People as Discord tells about them, and what is made of it when Discord does not."""

import pytest
from discord import AutoShardedClient, User

from adapters.discord.people import People, Profile
from core.ids import Lang, PersonId
from core.text import Foreign
from tests.clocks import HandClock
from tests.emulators.discord import DiscordEmulator, Guild, Person, deeds_guilds
from tests.emulators.discord.faults import Kind

GET_MEMBER = "get_guild_member"


@pytest.fixture
def hanako(discord: DiscordEmulator) -> Person:
    """Somebody."""
    return discord.person("Hanako")


@pytest.fixture
def guild(discord: DiscordEmulator, hanako: Person) -> Guild:
    """A guild that she is in."""
    return discord.guild("market", members=[hanako])


@pytest.fixture
def people(client: AutoShardedClient, clock: HandClock) -> People:
    """Nobody met yet; one person was spoken to in English."""

    async def lang_of(person: PersonId) -> Lang | None:
        return "en" if person == "discord:users:1" else None

    return People(client, lang_of, clock.now)


async def author(client: AutoShardedClient, person: Person) -> User:
    """Somebody as the author of a message that was read back."""
    return await client.fetch_user(int(person.id))


async def test_people_are_called_as_in_the_guild_they_write_in(
    discord: DiscordEmulator, client: AutoShardedClient, people: People, guild: Guild, hanako: Person
) -> None:
    """By their nickname there, with the roles they have there; in a DM by their own name, without any."""
    deeds_guilds.rename(discord.world, guild, hanako.id, "花子")
    role = discord.role(guild, "staff", members=[hanako])
    she = await author(client, hanako)
    found = await people.of(she, int(guild.id))
    assert found == Profile(name=Foreign("花子"), groups=(PersonId(f"discord:{guild.id}:&{role.id}"),))
    assert await people.of(she, None) == Profile(name=Foreign("Hanako"))


async def test_discord_is_asked_once_in_a_while(
    discord: DiscordEmulator,
    client: AutoShardedClient,
    people: People,
    guild: Guild,
    hanako: Person,
    clock: HandClock,
) -> None:
    """A role that was taken away is noticed within minutes."""
    role = discord.role(guild, "staff", members=[hanako])
    she = await author(client, hanako)
    for _ in range(3):
        assert (await people.of(she, int(guild.id))).groups
    assert [each.route for each in discord.calls].count(GET_MEMBER) == 1
    deeds_guilds.delete_role(discord.world, role)
    clock.advance(minutes=6)
    assert (await people.of(she, int(guild.id))).groups == ()


async def test_whoever_cannot_be_looked_up_has_a_name_and_no_roles(
    discord: DiscordEmulator, client: AutoShardedClient, people: People, guild: Guild, hanako: Person
) -> None:
    """Somebody who left, and anybody while Discord is away."""
    discord.role(guild, "staff", members=[hanako])
    she = await author(client, hanako)
    discord.faults.switch_on(Kind.REFUSED, GET_MEMBER, times=1)
    assert await people.of(she, int(guild.id)) == Profile(name=Foreign("Hanako"))
    await hanako.leaves(guild)
    assert await people.of(she, int(guild.id)) == Profile(name=Foreign("Hanako"))


async def test_people_are_spoken_to_in_the_language_they_used_last(people: People) -> None:
    """And those who used none in that of the line."""
    assert await people.lang(1, "ja") == "en"
    assert await people.lang(2, "ja") == "ja"
