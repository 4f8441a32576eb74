"""The store and the outbox, kept in Redis or Valkey.

Composed by bots, used through core's ports. The only home of the redis library;
never decides: it compares and writes what it is told.
"""
