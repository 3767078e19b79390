"""How the shipped embedding model is made: `python -m index.training`. A tool for us, not part of the installed product."""
