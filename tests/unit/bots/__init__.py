"""What runs: settings, logs and the parts of the command line, each by itself."""
