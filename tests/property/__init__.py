"""What has to hold for whatever happens: tests that invent their own sequences of events."""
