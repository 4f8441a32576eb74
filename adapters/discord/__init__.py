"""Discord: translates what happens there into commands, and notices into its messages.

The only home of discord.py. Used by bots; one client serves everything. It decides nothing about an inquiry,
and never imports another adapter.
"""
