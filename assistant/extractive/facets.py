"""Problems and remedies: the items of the chapters about them, whole or of the divisions that a question names."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.extractive.claims import Claim
from assistant.extractive.lists import items, titled_items
from assistant.extractive.overview import about_section
from assistant.extractive.reading import LISTED, Reader
from assistant.extractive.scopes import NAMED, chapters, concept, same, untitled, without_summing_up
from assistant.extractive.sides import asks_for_forbidden
from assistant.extractive.structure import children, leaves, passages_under
from assistant.understanding.advice import actor_of, asks_how_to_serve, without_advising
from assistant.understanding.lexicon import VAGUE, Word, words_of
from assistant.understanding.question import Question, without_everything, without_facets
from index.analysis import fold
from index.documents import Document, Section
from index.store import Hit

# A question for all of a chapter or a division says no more, by weight, than this beside what they are about: to promote it.
BESIDE, BESIDE_ALL = 0.8, 1.0
# What a title about problems may say of them besides: those that we face, the main ones, and what to do about them.
PLAIN = frozenset("face main 面临 存在 主要 当前".split())
# Passages whose documents are near by.
NEAR_BY = 4
# So many characters, or words of English, in a row from a document's title are its subject.
_RUN_ZH, _RUN_EN = 3, 2
_LEVEL = re.compile(r"层[面级次]|\blevels?\b", re.IGNORECASE)
# What is done for the sake of a document's subject, and is no subject by itself: to promote it.
_TOWARDS = re.compile(
    r"推进|促进|推动|加快|加强|开展|实施|实现|做好|搞好|发展|深化|落实|支持|扶持|帮助"
    r"|\b(?:promot|advanc|boost|foster|develop|support|encourag|achiev|strengthen|improv|pursu|facilitat|enabl|help|assist)(?:e"
    r"|es|ed|ing|s)?\b"
)
# To state says next to nothing, the state is one who acts.
_THE_STATE = re.compile(r"(?<=\bthe )state\b(?=[,.?]|$| (?:and|or|in|to|do|should|must|can|level)\b)")
# All from the one end to the other.
_RANGE = re.compile(
    r"\bfrom [^,.?]{2,40}? (?:(?:up|down|right|all the way|through) )?to [^,.?]{2,60}|从[^，。？]{1,8}[到至][^，。？]{1,8}"
)


def items_of_facets(reader: Reader, question: Question, hits: list[Hit]) -> list[Claim]:
    """The items of the chapters about problems or remedies, for a question that names no subject beyond its document's.

    Those of the divisions that it names (企业、行业、政府); all of them where it names none and asks for everything, or for
    both problems and remedies. The document is the nearest that has such chapters, or one near by whose divisions it names. [] for
    any other question, and where the document has no one such chapter."""
    advised = question.advice or asks_how_to_serve(question.folded)
    facets = question.facets or (("solution",) if advised else ())
    if not facets or asks_for_forbidden(question):
        return []
    near = [reader.index.documents[name] for name in dict.fromkeys(hit.passage.document for hit in hits[:NEAR_BY])]
    found = [(document, [_chapter(reader, document, facet) for facet in facets]) for document in near]
    able = [(document, [c for c in within if c]) for document, within in found if all(within)]
    for place, (document, within) in enumerate(able):
        if told := _items_in(reader, question, document, dict(zip(facets, within, strict=True)), by_name=place > 0):
            return told
    return []


def _chapter(reader: Reader, document: Document, facet: str) -> Section | None:
    """The one chapter of a document that is about a facet and has items; where none has, the one section with such a title; or
    None."""
    within = [s for s in chapters(reader, document, concept(facet)) if titled_items(document, s)]
    if within:
        return within[0] if len(within) == 1 else None
    # "The problems we face", without headings below.
    alone = [s for s in document.sections if not children(document, s) and _only_about(s, concept(facet))]
    return alone[0] if len(alone) == 1 else None


def _only_about(section: Section, named: Word) -> bool:
    """Whether a section's title says that it is about problems, or remedies, and nothing else."""
    telling = [w for w in words_of(section.title) if w.weight > VAGUE]
    return bool(telling) and all(same(w, named) or w.text in PLAIN for w in telling)


def _items_in(
    reader: Reader, question: Question, document: Document, facets: dict[str, Section], by_name: bool
) -> list[Claim]:
    """The items of a document's chapter for each facet; by_name: only of divisions that the question names."""
    folded = without_summing_up(question.folded) if question.kind == "summary" else question.folded
    folded = _THE_STATE.sub("government", folded)
    if question.everything:
        folded = without_everything(_RANGE.sub(" ", folded))
    who = actor_of(question.folded)
    actor = words_of(who)
    words = [
        w
        for w in words_of(_beyond_title(document, without_facets(without_advising(folded)), towards=bool(who)))
        if w.weight > VAGUE and not w.number and not any(same(w, concept(facet)) for facet in facets)
    ]
    found: list[Claim] = []
    for chapter in facets.values():
        # Whose they are is told by a heading over a list as well as by one over headings, or it says so itself (政府层面：……).
        below = children(document, chapter)
        whose = [s for s in below if children(document, s) or _LEVEL.search(s.title) or _lists(reader, document, s)]
        acting = _divisions(reader, document, below, actor)
        if any(w.weight > VAGUE for w in actor) and not acting and not question.everything:
            return []
        named = acting or _divisions(reader, document, whose, words)
        everything = question.everything or question.kind == "summary" or len(question.several) > 1
        if not named and (by_name or (not everything and len(facets) < 2 and below)):
            return []
        # Firms are no subject of their own where somebody is to do something for the makers that the title is about.
        of_own = [w for w in words if not acting or reader.about(document).match(w) < NAMED]
        if _more_is_asked(reader, document, chapter, named, of_own, BESIDE_ALL if everything else BESIDE):
            return []
        for section in named or [chapter]:
            if children(document, section):
                found += items(reader, question, document, section)
            else:
                found += about_section(reader, question, document, section, [])
    return found


def _lists(reader: Reader, document: Document, section: Section) -> bool:
    """Whether what stands under a heading is a list: its paragraphs are lines of one."""
    opening = [document.text[p.start : p.end] for p in passages_under(reader.index, document, section)]
    lines = [line for text in opening for line in text.splitlines() if line.strip()]
    return len(lines) > 1 and all(LISTED.match(line) for line in lines)


def _divisions(reader: Reader, document: Document, below: list[Section], words: list[Word]) -> list[Section]:
    """Of the divisions of a chapter those that a word names which is not in all of their titles."""
    if document.translation is not None:
        # Both languages have titles: no detour by the other (管理, to govern, government), but by the likeliest translation.
        words = [replace(w, others=_nearest(w)) for w in words]
    # What the document's own title says in so many words is no level that only goes by a like word (manufacturing: 企业).
    about = reader.about(document)
    least = {w: 1.0 if about.match(w) == 1 else NAMED for w in words}
    holding = [[s for s in below if reader.title(document, s.position).match(w) >= least[w]] for w in words]
    telling = [found for found in holding if 0 < len(found) < len(below)]
    return [s for s in below if any(s in found for found in telling)]


def _nearest(word: Word) -> tuple[str, ...]:
    """What can stand for a word in its own language, and its likeliest translation."""
    own = [o for o in word.others if o.isascii() == word.text.isascii()]
    return (*own, *[o for o in word.others if o not in own][:1])


def _more_is_asked(
    reader: Reader, document: Document, chapter: Section, named: list[Section], words: list[Word], most: float
) -> bool:
    """Whether a question has a subject of its own: words that the document has, but no title around the items, or many."""
    about = reader.about(document)
    titles = [reader.title(document, s.position) for s in (chapter, *(named or children(document, chapter)))]
    left = [w for w in words if about.match(w) < 1 and all(title.match(w) < NAMED for title in titles)]
    lowest = [reader.title(document, s.position) for s in leaves(document, chapter)]
    if any(title.match(w) >= NAMED for w in left for title in lowest):
        return True
    left = [w for w in left if about.match(w) < NAMED]
    return sum(w.weight for w in left) > most or bool(untitled(reader, document, left, titles))


def _beyond_title(document: Document, folded: str, *, towards: bool) -> str:
    """A question without the runs of its document's title: 制造业企业 is what a paper on 制造业企业… is about, no one level in it.

    Where there are any, or with `towards`, without what is done for the sake of a subject, too."""
    titles = [fold(t) for t in (document.title, document.metadata.get("title_en", "")) if t]
    spelt = [f" {' '.join(re.findall('[a-z]+', title))} " for title in titles]
    longest = max(map(len, titles), default=0)  # and no run is longer, however long the question is
    pieces = re.findall(r"[a-z]+(?: [a-z]+)*|[\u4e00-\u9fff]+|[^a-z\u4e00-\u9fff]+", folded)
    kept: list[str] = []
    for piece in pieces:
        parts, glue, least = (piece.split(" "), " ", _RUN_EN) if piece[0].isascii() else (list(piece), "", _RUN_ZH)
        place = 0
        while place < len(parts):
            run = next(
                (
                    n
                    for n in range(min(len(parts), place + longest), place + least - 1, -1)
                    if any(glue + glue.join(parts[place:n]) + glue in title for title in (spelt if glue else titles))
                ),
                0,
            )
            kept.append(" " if run else parts[place] + glue)
            place = run or place + 1
    beyond = "".join(kept)
    return _TOWARDS.sub(" ", beyond) if towards or beyond != folded else beyond
