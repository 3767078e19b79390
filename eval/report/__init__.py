"""Reports of a run: a table for the terminal, a page for a browser, and files for programs."""
