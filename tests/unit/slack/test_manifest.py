"""The app's manifest: what Slack is asked for."""

import json

from adapters.slack.manifest import EVENTS, SCOPES, manifest

# https://docs.slack.dev/reference/events: the scopes that each event needs, one of them is enough.
NEEDED = {
    "app_mention": {"app_mentions:read"},
    "app_uninstalled": set(),
    "member_joined_channel": {"channels:read", "groups:read"},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "message.im": {"im:history"},
}


def test_people_can_write_to_henji() -> None:
    """The messages tab is there and writable, without which no DM reaches Henji."""
    home = json.loads(manifest(socket_mode=True))["features"]["app_home"]
    assert home == {
        "home_tab_enabled": False,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }


def test_every_event_has_its_scope() -> None:
    """No event is subscribed to that the token could not receive."""
    assert set(EVENTS) == set(NEEDED)
    assert all(scopes <= set(SCOPES) for scopes in NEEDED.values())


def test_over_http_every_address_is_given() -> None:
    """Without Socket Mode, events, interactions, type-ahead and each command know where to go."""
    address = "https://desk.example/slack/events"
    described = json.loads(manifest(socket_mode=False, request_url=address))
    settings = described["settings"]
    assert settings["event_subscriptions"]["request_url"] == address
    assert settings["interactivity"]["request_url"] == address
    assert settings["interactivity"]["message_menu_options_url"] == address
    assert {each["url"] for each in described["features"]["slash_commands"]} == {address}
    assert settings["socket_mode_enabled"] is False


def test_in_socket_mode_no_address_is_asked_for() -> None:
    """With an app token, nothing needs a public address."""
    assert "http" not in manifest(socket_mode=True)


def test_slacks_limits_for_an_app_are_kept() -> None:
    """Names and descriptions fit (https://docs.slack.dev/reference/app-manifest)."""
    described = json.loads(manifest(socket_mode=True))
    assert len(described["display_information"]["description"]) <= 140
    assert all(len(each["command"]) <= 32 for each in described["features"]["slash_commands"])
