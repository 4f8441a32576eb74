"""What only Slack does, through the real SDK, on the emulator."""
