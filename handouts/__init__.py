"""Handouts: Markdown lessons in, printed program weeks out."""

__version__ = "1.0.0"
