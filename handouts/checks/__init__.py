"""Rules over what was read. Each rule is a pure function from records to problems."""
