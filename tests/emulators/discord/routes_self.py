"""What the bot is: its user, its application with the intents it was granted, and the way to the gateway.

Found by `server` through `rest.ROUTES`. https://discord.com/developers/docs/resources/application
"""

from tests.emulators.discord.records import Json
from tests.emulators.discord.rest import Api, Call, route, unknown
from tests.emulators.discord.wire import user_json


@route("GET", "/users/@me", name="get_my_user")
def me(api: Api, call: Call) -> Json:
    """The bot's own user."""
    del call
    return user_json(api.world.bot) | {
        "mfa_enabled": True, "locale": "en-US", "verified": True, "email": None,
    }  # fmt: skip


@route("GET", "/users/{user_id}", name="get_user")
def user(api: Api, call: Call) -> Json:
    """Anybody's user."""
    found = api.world.users.get(call.path["user_id"])
    if found is None:
        raise unknown("User", 10013)
    return user_json(found)


@route("GET", "/applications/@me", name="get_my_application")
def my_application(api: Api, call: Call) -> Json:
    """The application; its flags tell which privileged intents are granted."""
    del call
    return _application(api)


@route("GET", "/oauth2/applications/@me", name="get_my_oauth2_application")
def oauth2_application(api: Api, call: Call) -> Json:
    """The same, as discord.py asks for it."""
    del call
    return _application(api)


@route("GET", "/gateway", name="get_gateway")
def gateway(api: Api, call: Call) -> Json:
    """Where the gateway is."""
    del call
    return {"url": api.gateway_url}


@route("GET", "/gateway/bot", name="get_bot_gateway")
def bot_gateway(api: Api, call: Call) -> Json:
    """Where the gateway is, how many shards are recommended, and how many sessions may be begun."""
    del call
    starts = {"total": 1000, "remaining": 999, "reset_after": 14_400_000, "max_concurrency": 1}
    return {"url": api.gateway_url, "shards": api.shards(), "session_start_limit": starts}


def _application(api: Api) -> Json:
    world, flags = api.world, api.world.application_flags()
    servers = sum(world.bot.id in each.members for each in world.guilds.values())
    return {
        "id": world.application_id, "name": world.bot.name, "icon": None, "description": "", "type": None,
        "verify_key": "00" * 32, "flags": flags, "flags_new": str(flags), "redirect_uris": [],
        "interactions_endpoint_url": None, "role_connections_verification_url": None,
        "owner": user_json(world.developer),
        "approximate_guild_count": servers, "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0, "explicit_content_filter": 0, "team": None,
        "eligible_oauth2_scopes": [], "bot": user_json(world.bot), "bot_public": True,
        "bot_require_code_grant": False, "summary": "",
    }  # fmt: skip
