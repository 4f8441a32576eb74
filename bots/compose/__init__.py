"""How a desk is put together: what all platforms share, and a room for each of them.

Used by `running` for `henji run` and for stories in tests, and by the other commands for the parts they need.
Each builder says in its arguments what it needs; none reads a setting or starts anything.
"""

from bots.compose.discord import DiscordAccess, DiscordRoom, discord
from bots.compose.door import Door
from bots.compose.house import Bell, Clock, House, house, rota
from bots.compose.room import Room
from bots.compose.slack import SLACK_PATH, SlackAccess, SlackRoom, slack

__all__ = [
    "SLACK_PATH",
    "Bell",
    "Clock",
    "DiscordAccess",
    "DiscordRoom",
    "Door",
    "House",
    "Room",
    "SlackAccess",
    "SlackRoom",
    "discord",
    "house",
    "rota",
    "slack",
]
