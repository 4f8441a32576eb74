"""Slack: payloads become commands, notices become blocks.

Composed by bots. The only home of slack_bolt and slack_sdk; never holds a rule or
a sentence of the desk's.
"""
