"""Where a command is."""
