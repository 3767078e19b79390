"""Gradio's theme: the system's own fonts, so that none is downloaded, and the page's colours."""

from __future__ import annotations

import gradio as gr


def theme() -> gr.Theme:
    return gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"])
