"""The commands: options and words on the screen, one module for each kind of work."""
