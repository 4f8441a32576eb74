"""The routes by which an app registers its slash commands, for everywhere or for one guild.

Found by `server` in the table of `rest`; what is kept is in `commands`.
https://discord.com/developers/docs/interactions/application-commands#endpoints
"""

from tests.emulators.discord.commands import EVERYWHERE, without_localizations
from tests.emulators.discord.records import DiscordError, Json
from tests.emulators.discord.rest import Api, Call, Reply, route

_GLOBAL = "/applications/{application_id}/commands"
_GUILD = "/applications/{application_id}/guilds/{guild_id}/commands"


@route("GET", _GLOBAL, name="list_application_commands")
@route("GET", _GUILD, name="list_guild_application_commands")
def listed(api: Api, call: Call) -> list[Json]:
    """What is registered."""
    found = api.commands.all(_where(api, call))
    full = call.query.get("with_localizations") in ("1", "true")
    return found if full else [without_localizations(each) for each in found]


@route("PUT", _GLOBAL, name="bulk_set_application_commands")
@route("PUT", _GUILD, name="bulk_set_guild_application_commands")
def overwrite(api: Api, call: Call) -> list[Json]:
    """Register exactly these."""
    return api.commands.overwrite(_where(api, call), call.items)


@route("POST", _GLOBAL, name="create_application_command")
@route("POST", _GUILD, name="create_guild_application_command")
def create(api: Api, call: Call) -> Reply:
    """Register one."""
    there = {each["name"] for each in api.commands.all(_where(api, call))}
    status = 200 if call.body.get("name") in there else 201
    return Reply(status, api.commands.put(_where(api, call), call.body))


@route("DELETE", f"{_GLOBAL}/{{command_id}}", name="delete_application_command")
@route("DELETE", f"{_GUILD}/{{command_id}}", name="delete_guild_application_command")
def delete(api: Api, call: Call) -> None:
    """Register one no longer."""
    api.commands.remove(_where(api, call), call.path["command_id"])


def _where(api: Api, call: Call) -> str:
    if call.path["application_id"] != api.world.application_id:
        raise DiscordError(403, 20012, "You are not authorized to perform this action on this application")
    guild = call.path.get("guild_id", "")
    return api.guild(guild).id if guild else EVERYWHERE
