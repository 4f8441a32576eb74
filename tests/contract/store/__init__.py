"""What every store and every outbox has to do: the model and Redis answer to the same tests."""
