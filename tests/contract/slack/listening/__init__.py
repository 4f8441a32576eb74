"""What Slack's listening half does, through the real SDK and the emulator, on a real store."""
