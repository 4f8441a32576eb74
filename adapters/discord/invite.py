"""The invitation that adds Henji to a guild, with the permissions it needs and no others.

Printed by `henji invite discord`; the same table is held against what Henji was given by `checkup`, and by
the messenger where Discord refuses something. Pure.
https://docs.discord.com/developers/topics/permissions
"""

from typing import Final

import discord

PERMISSIONS: Final[dict[str, tuple[str, str]]] = {
    "view_channel": ("View Channels", "to be in the channels of staff and sellers"),
    "send_messages": ("Send Messages", "to post inquiries there"),
    "embed_links": ("Embed Links", "to show what was written apart from what Henji says"),
    "read_message_history": ("Read Message History", "to read what was written while Henji was away"),
    "create_public_threads": ("Create Public Threads", "to keep each inquiry in a thread of its own"),
    "send_messages_in_threads": ("Send Messages in Threads", "to bring messages there"),
    "create_private_threads": (
        "Create Private Threads",
        "to reach a buyer who takes no direct messages",
    ),
    "attach_files": ("Attach Files", "to bring files that people send"),
    "add_reactions": ("Add Reactions", "to show that a message was taken"),
}
"""Each permission as the library calls it, as Discord shows it, and what for.

Not among them: Manage Threads (a locked thread was locked by somebody who meant it) and Mention Everyone
(a role that Henji is to mention can be made mentionable by itself).
"""


def invite(application: int) -> str:
    """The address at which somebody who may manage a guild adds Henji to it."""
    wanted = discord.Permissions(**dict.fromkeys(PERMISSIONS, True))
    return discord.utils.oauth_url(application, permissions=wanted, scopes=("bot", "applications.commands"))
