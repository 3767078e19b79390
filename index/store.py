"""The index: documents, passages, vectors (FAISS) and terms (BM25) in one folder that explains itself.

This is the seam to larger engines: everything above calls `build_index`, `PassageIndex.open` and `PassageIndex.search`.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.closeup import CLOSE, CloseUp
from index.documents import Block, Document, Section, find_documents, read_document
from index.embeddings import SHIPPED_MODEL, Embedder, load_embedder
from index.encoder import encoder_fingerprint
from index.errors import DocumentError, IndexMismatch, IndexMissing, StoredIndexError
from index.lexical import Lexical
from index.passages import Passage, Sentence, heading_path, split
from index.readings import FILES as READINGS
from index.readings import Readings, read

if TYPE_CHECKING:
    import faiss

FORMAT = 2
SHIPPED_CORPUS = Path(__file__).parent / "corpus"
SHIPPED_INDEX = Path(__file__).parent / "build" / "shipped"
METRIC = "cosine"
# score = cosine + LAMBDA * coverage^2 * normalised BM25, where coverage is the share of the question's terms, by idf, that
# the index holds: what suits a question in the documents' language would ruin one in the other (see index/model/README.md).
LAMBDA = 4.0
_FILES = (
    "documents.jsonl",
    "passages.jsonl",
    "rows.npy",
    "vectors.faiss",
    "lexical/data.npy",
    "lexical/indices.npy",
    "lexical/indptr.npy",
    "lexical/vocabulary.json",
    *READINGS,
)
_CANDIDATES = 200
# Seconds that writing the files of an index may take.
WRITTEN_WITHIN = 600

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Hit:
    """A passage found for a question.

    score = cosine + bm25 + close-up: cosine in [-1, 1], bm25 weighted as LAMBDA says, and index.closeup's for its best
    sentence.
    """

    passage: Passage
    score: float
    cosine: float
    bm25: float


@dataclass(frozen=True)
class Manifest:
    """What an index folder holds, and what it needs to be read.

    encoder: the fingerprint of the sentence encoder; "" where an older version built the index, without readings.
    """

    format: int
    model: str
    model_fingerprint: str
    dimension: int
    metric: str
    corpus_digest: str
    documents: int
    passages: int
    rows: int
    data: str
    files: dict[str, int]
    calibration: dict[str, float]
    encoder: str = ""


class PassageIndex:
    """An index held open for searching. Safe to share between threads: nothing changes after `open`.

    rows: for each row of `vectors` and of `lexical` the position of its passage in `passages`. readings: the English
    sentences as the encoder reads them, None in an index that an older version built.
    """

    def __init__(
        self,
        manifest: Manifest,
        documents: dict[str, Document],
        passages: Sequence[Passage],
        rows: NDArray[np.int32],
        vectors: faiss.Index,
        lexical: Lexical,
        embedder: Embedder,
        readings: Readings | None = None,
    ) -> None:
        self.manifest = manifest
        self.documents = documents
        self.passages = passages
        self.lexical = lexical
        self.embedder = embedder
        self.readings = readings
        self.by_document: dict[str, list[Passage]] = {name: [] for name in documents}
        for passage in passages:
            self.by_document[passage.document].append(passage)
        self.rows = rows
        self.vectors = vectors
        self._closeup = CloseUp(embedder, lexical)
        # A question is searched for, and then read against what was found.
        self.vector = lru_cache(maxsize=64)(self._vector)

    @classmethod
    def open(cls, folder: Path | None = None) -> PassageIndex:
        """Open an index folder; None is the shipped corpus, indexed now if that has not been done.

        Raises IndexMissing or IndexMismatch, with the command that mends it.
        """
        if folder is None:
            folder = SHIPPED_INDEX
            if not (folder / "manifest.json").is_file():
                build_index([SHIPPED_CORPUS], folder)
        manifest = read_manifest(folder)
        embedder = load_embedder(manifest.model if manifest.model != "shipped" else SHIPPED_MODEL)
        made_by = (manifest.model_fingerprint, manifest.encoder)
        if folder == SHIPPED_INDEX and made_by != (embedder.fingerprint, encoder_fingerprint()):
            # A newer release brought another model: the shipped corpus is simply read again.
            build_index([SHIPPED_CORPUS], folder)
            return cls.open(folder)
        if embedder.fingerprint != manifest.model_fingerprint:
            raise IndexMismatch(
                f"{folder}: its vectors were made by model {manifest.model} with fingerprint {manifest.model_fingerprint}, "
                f"found {embedder.fingerprint}; {_mend(folder)}"
            )
        if manifest.encoder and manifest.encoder != encoder_fingerprint():
            raise IndexMismatch(
                f"{folder}: its sentences were read by an encoder with fingerprint {manifest.encoder}, found "
                f"{encoder_fingerprint()}; {_mend(folder)}"
            )
        import faiss

        try:
            data = folder / manifest.data
            documents = {d.id: d for d in map(_document, _lines(data / "documents.jsonl"))}
            passages = [_passage(line) for line in _lines(data / "passages.jsonl")]
            rows = np.load(data / "rows.npy", allow_pickle=False)
            vectors = faiss.read_index(str(data / "vectors.faiss"), faiss.IO_FLAG_MMAP)
            lexical = Lexical.load(data / "lexical", manifest.rows)
            readings = Readings.load(data, passages) if manifest.encoder else None
        except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
            raise IndexMismatch(f"{folder}: found a damaged file ({error}); {_mend(folder)}") from error
        if (len(passages), vectors.ntotal, vectors.d) != (manifest.passages, manifest.rows, manifest.dimension):
            raise IndexMismatch(
                f"{folder}: found {len(passages)} passages and {vectors.ntotal} vectors of {vectors.d}, expected "
                f"{manifest.passages}, {manifest.rows} and {manifest.dimension}; {_mend(folder)}"
            )
        return cls(manifest, documents, passages, rows, vectors, lexical, embedder, readings)

    def _vector(self, text: str) -> NDArray[np.float32]:
        """The unit vector of a text, shape (dimension,)."""
        vector: NDArray[np.float32] = self.embedder.encode([text])[0]
        vector.flags.writeable = False
        return vector

    def search(self, question: str, count: int = 10, documents: frozenset[str] = frozenset()) -> list[Hit]:
        """The best `count` passages for a question, best first; of some documents only, where any are named."""
        if not len(self.rows):
            return []
        query = self.vector(question)
        bm25 = self.lexical.scores(question) * np.float32(LAMBDA * self.lexical.coverage(question) ** 2)
        # With a choice of documents every row is a candidate: theirs may all be far down among the others.
        near = len(self.rows) if documents else min(_CANDIDATES, len(self.rows))
        cosines, found = self.vectors.search(query[None, :], near)
        known = dict(zip(found[0].tolist(), cosines[0].tolist(), strict=True))
        strongest = np.argpartition(-bm25, near - 1)[:near]
        for row in strongest[bm25[strongest] > 0].tolist():
            if row not in known:
                known[row] = float(self.vectors.reconstruct(row) @ query)
        best: dict[int, Hit] = {}
        for row, cosine in known.items():
            lexical = float(bm25[row])
            hit = Hit(self.passages[self.rows[row]], cosine + lexical, cosine, lexical)
            if documents and hit.passage.document not in documents:
                continue
            # A passage and its translation are two rows of one passage: the better one speaks for it.
            if hit.passage.id not in best or hit.score > best[hit.passage.id].score:
                best[hit.passage.id] = hit
        ranked = sorted(best.values(), key=lambda hit: (-hit.score, hit.passage.id))
        return self._closely(question, query, ranked[: max(count, CLOSE)])[:count]

    def _closely(self, question: str, query: NDArray[np.float32], ranked: list[Hit]) -> list[Hit]:
        """Passages ranked again by their best sentence, in the original or in translation."""
        passages = [(hit.passage.id, partial(self._sentences, hit.passage)) for hit in ranked]
        closer = self._closeup.scores(question, query, passages)
        hits = [replace(hit, score=hit.score + more) for hit, more in zip(ranked, closer, strict=True)]
        return sorted(hits, key=lambda hit: (-hit.score, hit.passage.id))

    def _sentences(self, passage: Passage) -> list[str]:
        text = self.documents[passage.document].text
        originals = [text[s.start : s.end] for s in passage.sentences]
        return originals + [
            s.translation for s in passage.sentences if s.translation and s.translation not in originals
        ]

    def only(self, documents: Collection[str]) -> PassageIndex:
        """The same index over some of its documents, as if it held no others.

        Raises DocumentError for an id that the index does not hold.
        """
        if unknown := sorted(set(documents) - self.documents.keys()):
            raise DocumentError(
                f"found no document {', '.join(unknown)}, expected one of: {', '.join(sorted(self.documents))}"
            )
        import faiss

        kept = [passage for passage in self.passages if passage.document in documents]
        places = {passage.id: place for place, passage in enumerate(kept)}
        rows = np.array([row for row, passage in enumerate(self.rows.tolist()) if passage in places], np.int64)
        vectors = faiss.IndexFlatIP(self.vectors.d)
        for row in rows.tolist():
            vectors.add(self.vectors.reconstruct(row)[None, :])
        return PassageIndex(
            replace(self.manifest, documents=len(documents), passages=len(kept), rows=len(rows)),
            {name: document for name, document in self.documents.items() if name in documents},
            [replace(passage, id=places[passage.id]) for passage in kept],
            np.array([places[passage] for passage in self.rows[rows].tolist()], np.int32),
            vectors,
            self.lexical.only(rows),
            self.embedder,
            self.readings.only(kept) if self.readings else None,
        )

    def text(self, passage: Passage) -> str:
        """A passage's own words."""
        return self.documents[passage.document].text[passage.start : passage.end]


def build_index(
    paths: list[Path], folder: Path, model: str | Path = SHIPPED_MODEL, progress: Progress | None = None
) -> Manifest:
    """Read documents, cut, embed and store them beside what the folder holds, which is then replaced in one step.

    progress is called as (stage, done, total). Raises DocumentError, EmbeddingError, or IndexMismatch where `folder`
    holds something that is not an index.
    """
    report = progress or (lambda stage, done, total: None)
    if folder.is_file():
        raise IndexMismatch(f"{folder}: found a file, expected a folder or nothing; choose another --out")
    if folder.exists() and any(folder.iterdir()) and not (folder / "manifest.json").is_file():
        raise IndexMismatch(
            f"{folder}: found a folder that is no index, expected an index or nothing; choose another --out"
        )
    documents: dict[str, Document] = {}
    files = find_documents(paths)
    for done, path in enumerate(files, 1):
        document = read_document(path)
        if document.id in documents:
            raise DocumentError(
                f"{path}: found a second document called {document.id}; set another `id:` in its front matter"
            )
        documents[document.id] = document
        report("reading", done, len(files))
    passages: list[Passage] = []
    for document in documents.values():
        passages += split(document, len(passages))
    rows = _searchable(documents, passages)
    embedder = load_embedder(model)
    vectors = np.zeros((len(rows), embedder.dimension), np.float32)
    for start in range(0, len(rows), 256):
        batch = [text for _, text in rows[start : start + 256]]
        vectors[start : start + len(batch)] = embedder.encode(batch)
        report("embedding", start + len(batch), len(rows))
    lexical = Lexical.build(text for _, text in rows)
    readings = read(documents, passages, partial(report, "sentences"))
    report("indexing", 1, 1)

    try:
        folder.mkdir(parents=True, exist_ok=True)
        data = Path(tempfile.mkdtemp(prefix="data-", dir=folder))
    except OSError as error:
        raise IndexMissing(
            f"{folder}: cannot be written ({error.strerror}); build somewhere else with `assistant index build "
            f"{SHIPPED_CORPUS} --out DIR`, and set ASSISTANT_INDEX=DIR"
        ) from error
    try:
        data.chmod(0o755)
        _write(
            data, documents, passages, np.array([passage for passage, _ in rows], np.int32), vectors, lexical, readings
        )
        manifest = Manifest(
            format=FORMAT,
            model="shipped" if Path(model) == SHIPPED_MODEL else str(model),
            model_fingerprint=embedder.fingerprint,
            dimension=embedder.dimension,
            metric=METRIC,
            corpus_digest=sha256("".join(d.digest for d in documents.values()).encode()).hexdigest()[:16],
            documents=len(documents),
            passages=len(passages),
            rows=len(rows),
            files={f"{data.name}/{name}": (data / name).stat().st_size for name in _FILES},
            data=data.name,
            calibration={},
            encoder=encoder_fingerprint(),
        )
        # What was calibrated on the same texts with the same model still holds.
        before = _previous(folder)
        if before and (before.corpus_digest, before.model_fingerprint) == (
            manifest.corpus_digest,
            embedder.fingerprint,
        ):
            manifest = replace(manifest, calibration=before.calibration)
        replaced = _data_of(folder)
        _swap(manifest, folder)
    except BaseException:
        shutil.rmtree(data, ignore_errors=True)
        raise
    for other in folder.glob("data-*"):
        # Another process may be writing one at this moment; what a build left that broke off is older.
        if other.name == replaced or time.time() - other.stat().st_mtime > WRITTEN_WITHIN:
            shutil.rmtree(other, ignore_errors=True)
    return manifest


def _data_of(folder: Path) -> str:
    """The name of the data that the manifest of an index names, whatever its version; "" where there is none."""
    try:
        return str(json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["data"])
    except (OSError, ValueError, TypeError, KeyError):
        return ""


def _previous(folder: Path) -> Manifest | None:
    try:
        return read_manifest(folder)
    except StoredIndexError:
        return None


def calibrate(folder: Path, values: dict[str, float]) -> Manifest:
    """Store calibrated values with the index that they belong to."""
    manifest = replace(read_manifest(folder), calibration=values)
    _swap(manifest, folder)
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """The manifest of an index folder, its files checked to be there and whole."""
    try:
        values: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise IndexMissing(f"{folder}: found no index there, expected manifest.json; {_mend(folder)}") from None
    except (OSError, ValueError) as error:
        raise IndexMismatch(f"{folder}: found an unreadable manifest.json ({error}); {_mend(folder)}") from error
    found = values.get("format") if isinstance(values, dict) else None
    if found != FORMAT:
        raise IndexMismatch(f"{folder}: found index format {found}, expected {FORMAT}; {_mend(folder)}")
    try:
        manifest = Manifest(**values)
    except TypeError as error:
        raise IndexMismatch(f"{folder}: found a manifest with other fields ({error}); {_mend(folder)}") from error
    for name, size in manifest.files.items():
        path = folder / name
        actual = path.stat().st_size if path.is_file() else None
        if actual != size:
            raise IndexMismatch(f"{folder}: found {name} with {actual} bytes, expected {size}; {_mend(folder)}")
    return manifest


def _mend(folder: Path) -> str:
    if folder == SHIPPED_INDEX:
        return "run: assistant index build"
    return f"run: assistant index build YOUR_DOCUMENTS --out {folder}"


def _searchable(documents: dict[str, Document], passages: Sequence[Passage]) -> list[tuple[int, str]]:
    """The rows that are embedded and indexed: each passage under its headings, and again in translation."""
    rows: list[tuple[int, str]] = []
    for passage in passages:
        document = documents[passage.document]
        rows.append((passage.id, _headed(document, passage.section, document.text[passage.start : passage.end])))
        words = [s.translation for s in passage.sentences if s.translation]
        if words and document.translation is not None and " ".join(words) != document.text[passage.start : passage.end]:
            rows.append((passage.id, _headed(document.translation, passage.section, " ".join(words))))
    return rows


def _headed(document: Document, section: int, words: str) -> str:
    return "\n".join((*heading_path(document, section), words))


def _write(
    folder: Path,
    documents: dict[str, Document],
    passages: Sequence[Passage],
    rows: NDArray[np.int32],
    vectors: NDArray[np.float32],
    lexical: Lexical,
    readings: Readings,
) -> None:
    import faiss

    flat = faiss.IndexFlatIP(vectors.shape[1])
    flat.add(vectors)
    faiss.write_index(flat, str(folder / "vectors.faiss"))
    np.save(folder / "rows.npy", rows, allow_pickle=False)
    (folder / "lexical").mkdir()
    lexical.save(folder / "lexical")
    readings.save(folder)
    for name, items in (("documents.jsonl", documents.values()), ("passages.jsonl", passages)):
        with (folder / name).open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(asdict(item), ensure_ascii=False) + "\n" for item in items)


def _swap(manifest: Manifest, folder: Path) -> None:
    """Point the folder at its new data. Replacing one file is atomic: a reader sees the old index or the new one."""
    fresh = folder / f".manifest-{os.getpid()}.json"
    fresh.write_text(json.dumps(asdict(manifest), indent=2, ensure_ascii=False), encoding="utf-8")
    fresh.replace(folder / "manifest.json")


def _lines(path: Path) -> list[Any]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def _document(values: dict[str, Any]) -> Document:
    translation = values.pop("translation")
    sections = tuple(Section(**{**section, "path": tuple(section["path"])}) for section in values.pop("sections"))
    blocks = tuple(Block(**block) for block in values.pop("blocks"))
    return Document(
        **values, sections=sections, blocks=blocks, translation=_document(translation) if translation else None
    )


def _passage(values: dict[str, Any]) -> Passage:
    return Passage(**{**values, "sentences": tuple(Sentence(**sentence) for sentence in values["sentences"])})
