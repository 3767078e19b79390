"""The commands of `assistant eval`, a file each, found by being here.

A file has `register(subparsers)`, which adds its parser and sets `execute`: (arguments) -> exit code. It imports nothing
heavy at its top, since every `assistant` command reads it. Errors of evaluation, of the assistant and of the index may pass
out of `execute`: the command line prints them as one line and exits with 2.
"""

from __future__ import annotations

import argparse
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


def register_all(subparsers: Subparsers) -> None:
    """Add each command of this folder, in the order of their names."""
    for name in sorted(module.name for module in iter_modules(__path__)):
        import_module(f"{__name__}.{name}").register(subparsers)
