"""The chat page: Gradio's components (chat.py), the document around them (frame.py), and the scripts and styles (assets/)."""
