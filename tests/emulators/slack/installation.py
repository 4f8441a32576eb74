"""What an app's manifest gives it: the scopes, events and commands it asked for, and no others.

Made by `SlackEmulator.install`, so that a story runs with the manifest that people paste. Without one, the
app hears everything and may be called by any command. https://docs.slack.dev/reference/app-manifest
"""

from collections.abc import Iterator
from typing import Literal

from tests.emulators.slack.records import Json

# The scopes, any one of which an event needs before Slack accepts the subscription.
_EVENT_SCOPES = {
    "app_mention": ("app_mentions:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
}
_ROOM = {"channel": "channels", "group": "groups", "im": "im"}


class Installation:
    """An app as installed from its manifest."""

    def __init__(self, manifest: Json) -> None:
        features, settings = manifest["features"], manifest["settings"]
        home = features.get("app_home", {})
        self.scopes = set(manifest["oauth_config"]["scopes"]["bot"])
        self.events = set(settings.get("event_subscriptions", {}).get("bot_events", []))
        self.commands = {each["command"] for each in features.get("slash_commands", [])}
        self.interactive = bool(settings.get("interactivity", {}).get("is_enabled"))
        self.name = str(features["bot_user"]["display_name"])
        self.messages_tab: Literal["writable", "read_only", "off"] = "off"
        if home.get("messages_tab_enabled"):
            self.messages_tab = (
                "read_only" if home.get("messages_tab_read_only_enabled", True) else "writable"
            )

    def hears(self, event: Json) -> bool:
        """Whether the app subscribed to an event of this kind, in this kind of channel."""
        kind = event["type"]
        return (f"message.{_ROOM[event['channel_type']]}" if kind == "message" else kind) in self.events

    def problems(self) -> Iterator[str]:
        """What Slack would refuse about the manifest."""
        for event in sorted(self.events):
            needed = _EVENT_SCOPES.get(event, ())
            if needed and not self.scopes & set(needed):
                yield f"the manifest subscribes to {event} without {' or '.join(needed)}"
        if self.commands and "commands" not in self.scopes:
            yield "the manifest has slash commands without the scope commands"
