"""The architecture: imports point one way, and the command's fast path stays free of heavy libraries."""

import ast
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from index.store import PassageIndex

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {
    "prompts": set(),
    "index": set(),
    "assistant": {"prompts", "index"},
    "eval": {"prompts", "index", "assistant"},
}


def imported(path: Path) -> set[str]:
    """Top-level names that a file imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_imports_point_one_way(package: str) -> None:
    siblings = set(MAY_IMPORT) - {package}
    for path in (ROOT / package).rglob("*.py"):
        assert imported(path) & siblings <= MAY_IMPORT[package], path


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_each_file_says_what_it_is(package: str) -> None:
    for path in (ROOT / package).rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not text.strip() or ast.get_docstring(ast.parse(text)), path


def test_no_dependency_owns_our_names() -> None:
    owners = packages_distributions()
    for package in MAY_IMPORT:
        assert set(owners.get(package, ["policy-assistant"])) == {"policy-assistant"}, package


def test_asking_imports_no_torch_gradio_or_langchain() -> None:
    PassageIndex.open()  # the first question of all would build the index, which takes more than asking does
    code = (
        "import sys; from assistant.cli import main; main(['ask', '武汉有多少条数字化产线？']); "
        "print(sorted({'torch', 'gradio', 'langchain', 'langchain_core', 'sentence_transformers', 'scipy'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert result.stdout.splitlines()[-1] == "[]"
