"""What waits: the ticker, the sweep of due alarms, delivery, the audit.

Composed by bots; works through core's ports. Never imports an adapter, and never keeps
a job per inquiry.
"""
