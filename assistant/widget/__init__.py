"""The embeddable widget: one script for any site (source/, built into widget.js) and the routes that serve it."""
