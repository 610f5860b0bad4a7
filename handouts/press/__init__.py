"""One part to one tagged PDF: markup, theme, engine, tags, shelf."""
