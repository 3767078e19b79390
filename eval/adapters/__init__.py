"""Runs handed to other tools of evaluation, in their own form, so that their figures can be set beside these."""
