"""What only Discord does, through the real library, on the emulator."""
