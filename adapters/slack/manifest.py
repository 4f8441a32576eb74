"""The Slack app that Henji needs: scopes, events, commands, and a messages tab in which people can write.

Printed by `henji manifest slack`, to be pasted where Slack makes an app from a manifest; `henji check` holds
a token's scopes against `SCOPES`. Nothing is asked for that Henji does not use.
https://docs.slack.dev/reference/app-manifest
"""

import json

from adapters.slack.mrkdwn import Json

SCOPES: dict[str, str] = {
    "app_mentions:read": "to answer who calls Henji by name",
    "channels:history": "to hear replies in public channels, and to read them back after a gap",
    "channels:read": "to notice being added to a public channel, and to check the channels that are set",
    "chat:write": "to speak",
    "commands": "to offer its slash commands",
    "files:read": "to fetch the photos and documents that people attach",
    "files:write": "to put photos and documents into the other side's thread",
    "groups:history": "to hear replies in private channels, and to read them back after a gap",
    "groups:read": "to notice being added to a private channel, and to check the channels that are set",
    "im:history": "to hear direct messages, and to read them back after a gap",
    "im:write": "to open direct messages",
    "reactions:write": "to mark a message that is on its way",
    "users:read": "to know people's names, languages and time zones, and who runs the workspace",
}
"""The bot's scopes, each with what it is for."""

EVENTS: tuple[str, ...] = (
    "app_mention",
    "app_uninstalled",
    "member_joined_channel",
    "message.channels",
    "message.groups",
    "message.im",
)

_COMMANDS: tuple[tuple[str, str, str], ...] = (
    (
        "/inquiry",
        "Ask a seller, and follow your inquiries / 出品者に問い合わせる",
        "new | list | show 12 | help",
    ),
    ("/desk", "Set up the desk / 窓口を設定する", "setup | link | unlink | block 12 | unblock 12"),
    ("/seller", "Sellers of this desk (staff) / 出品者の管理（担当）", "add | list | remove"),
)


def manifest(*, socket_mode: bool, request_url: str | None = None) -> str:
    """The manifest as JSON, in Socket Mode or with the public address of `/slack/events`."""
    url: Json = {} if socket_mode else {"request_url": request_url}
    options: Json = {} if socket_mode else {"message_menu_options_url": request_url}
    described: Json = {
        "display_information": {
            "name": "Henji",
            "description": "Minds the reply window between buyers and sellers / 返信期限を守る問い合わせ窓口",
            "background_color": "#1f3a5f",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": False,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Henji", "always_online": True},
            "slash_commands": [_command(each, None if socket_mode else request_url) for each in _COMMANDS],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {**url, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **url, **options},
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket_mode,
            "token_rotation_enabled": False,
        },
    }
    return json.dumps(described, ensure_ascii=False, indent=2)


def _command(described: tuple[str, str, str], url: str | None) -> Json:
    name, description, hint = described
    command: Json = {
        "command": name,
        "description": description,
        "usage_hint": hint,
        "should_escape": False,
    }
    return command | ({} if url is None else {"url": url})
