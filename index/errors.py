"""What can go wrong between a document and a search.

IndexingError                   shown to people as one line
├── DocumentError               a file cannot be read as a document, or a translation does not fit its original
├── EmbeddingError              an embedding model cannot be loaded
└── StoredIndexError            an index folder cannot be used
    ├── IndexMissing            there is none
    └── IndexMismatch           it was made by another version or model, or is damaged

Each message gives what was found, what was expected, and what mends it.
"""

from __future__ import annotations


class IndexingError(ValueError):
    """Base of this package's errors."""


class DocumentError(IndexingError):
    """A file cannot be read as a document, or a translation does not fit its original."""


class EmbeddingError(IndexingError):
    """An embedding model cannot be loaded or used."""


class StoredIndexError(IndexingError):
    """An index folder cannot be used."""


class IndexMissing(StoredIndexError):
    """There is no index at the place named."""


class IndexMismatch(StoredIndexError):
    """The index was written by another version or for another model, or its files are damaged."""
