"""The battery: sentences with one thing changed that must be caught, and faithful rewordings that must not be."""
