"""The HTTP side: the application and its routes. Everything asks through `Assistant`; nothing here composes an answer."""
