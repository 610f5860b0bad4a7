"""Which parts make which document."""
