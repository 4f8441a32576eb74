"""The invitation: exactly the permissions that are needed."""

from urllib.parse import parse_qs, urlsplit

import discord

from adapters.discord.invite import PERMISSIONS, invite


def test_the_invitation_asks_for_what_is_needed_and_no_more() -> None:
    """The application, the bot with its slash commands, and the permissions of the table."""
    asked = parse_qs(urlsplit(invite(42)).query)
    assert asked["client_id"] == ["42"]
    assert asked["scope"] == ["bot applications.commands"]
    given = discord.Permissions(int(asked["permissions"][0]))
    assert {name for name, on in given if on} == {"read_messages", *PERMISSIONS} - {"view_channel"}


def test_it_asks_for_nothing_mighty() -> None:
    """Neither to manage anything nor to mention everyone."""
    given = discord.Permissions(**dict.fromkeys(PERMISSIONS, True))
    assert not any(on for name, on in given if name.startswith(("manage", "mention", "administrator")))
