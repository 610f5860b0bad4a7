"""Finished parts to one PDF: graft, frame, links, outline, metadata, locks."""
