"""auth, apps, team, bots and users: who the app is and who it talks to.

Found by `server` through `api.METHODS`.
"""

from tests.emulators.slack.api import Api, Args, method, page
from tests.emulators.slack.records import Json, SlackError
from tests.emulators.slack.wire import bot_json, team_json, user_json


@method("auth.test")
def auth_test(api: Api, _args: Args) -> Json:
    """Whose token this is."""
    world = api.world
    return {
        "url": f"https://{world.team_domain}.slack.com/", "team": world.team_name, "team_id": world.team_id,
        "user": world.bot.name, "user_id": world.bot.id, "bot_id": world.bot.bot_id,
        "is_enterprise_install": False,
    }  # fmt: skip


@method("apps.connections.open", kind="xapp")
def connections_open(api: Api, _args: Args) -> Json:
    """An address for one Socket Mode connection."""
    return {"url": api.new_socket()}


@method("team.info", "team", "team:read")
def team_info(api: Api, _args: Args) -> Json:
    """The workspace."""
    return {"team": team_json(api.world)}


@method("bots.info", "bot team_id", "users:read")
def bots_info(api: Api, args: Args) -> Json:
    """The app's own bot."""
    if args.get("bot", api.world.bot.bot_id) != api.world.bot.bot_id:
        raise SlackError("bot_not_found")
    return {"bot": bot_json(api.world)}


@method("users.info", "user include_locale", "users:read")
def users_info(api: Api, args: Args) -> Json:
    """One person."""
    user = api.world.users.get(args.text("user"))
    if user is None:
        raise SlackError("user_not_found")
    return {
        "user": user_json(api.world, user) | ({"locale": user.locale} if args.flag("include_locale") else {})
    }


@method("users.list", "include_locale limit cursor team_id", "users:read")
def users_list(api: Api, args: Args) -> Json:
    """Everybody."""
    locale = args.flag("include_locale")
    everybody = [
        user_json(api.world, each) | ({"locale": each.locale} if locale else {})
        for each in api.world.users.values()
    ]
    found, cursor = page(everybody, args)
    return {"members": found, "cache_ts": api.world.seconds(), "response_metadata": {"next_cursor": cursor}}
