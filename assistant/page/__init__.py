"""The chat page: Gradio's chat (chat.py), messages as HTML (messages.py), and the document around both (frame.py)."""
