"""A local page in the browser that shows a text as it prints, and what is wrong with it."""
