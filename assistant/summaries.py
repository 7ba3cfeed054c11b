"""What ingest, search, articles, origins, info and doctor print: as lines for people, or as JSON.

Pure: values in, strings out. Answers are rendered in `render`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.harmless import in_json, visible
from assistant.render import heading, on_one_line
from assistant.searching import found_passage
from corpus.models import Article
from corpus.origins import Link, Origin
from index.checks import Check
from index.models import Hit, Summary
from index.view import Listing
from index.workspace import STORE_FILE, Workspace


def ingest_text(summary: Summary) -> str:
    """The counts of an ingest, in two lines."""
    counts = f"{summary.added:,} added, {summary.revised:,} revised, {summary.unchanged:,} unchanged, "
    counts += f"{summary.removed:,} removed, {len(summary.skipped):,} skipped."
    work = f"{summary.passages:,} passages, {summary.embedded:,} of them embedded, in {summary.seconds:.1f} s."
    lines = [counts, work]
    if summary.vanished:
        are = "article is" if summary.vanished == 1 else "articles are"
        lines.append(f"{summary.vanished:,} {are} no longer there; remove with --prune.")
    return "\n".join(lines)


def ingest_json(summary: Summary) -> str:
    return _json(asdict(summary), indent=2)


def skipped_text(summary: Summary) -> list[str]:
    """One line for each thing that was skipped: where, and why."""
    return [on_one_line(f"Skipped {item.path}: {item.reason}") for item in summary.skipped]


def hits_json(hits: Sequence[Hit]) -> str:
    return _json([found_passage(hit).model_dump() for hit in hits], indent=2)


def listing_text(listing: Listing) -> str:
    day = (listing.published or "")[:10]
    return "\t".join(
        visible(" ".join(part.split())) for part in (listing.id, day, listing.publisher or "", listing.title or "")
    )


def listing_json(listing: Listing) -> str:
    return _json(asdict(listing))


def article_heading(article: Article) -> str:
    """What is known of an article besides its text."""
    lines = [heading(article.title, article.publisher, article.published, article.id)]
    known = (("Author", article.author), ("Address", article.url), ("Language", article.language))
    lines += [f"{name}: {visible(' '.join(value.split()))}" for name, value in known if value]
    lines.append(f"{visible(article.id)}, revision {article.revision}, SHA-256 {article.sha256}")
    lines.append(f"Read from {on_one_line(article.source)}")
    return "\n".join(lines) + "\n"


def article_json(article: Article) -> str:
    return _json(asdict(article), indent=2)


_LINKS_SHOWN = 10


def same_origin_text(article_id: str, links: Sequence[Link]) -> str:
    """One line for each article that is linked with this one."""
    lines = [
        f"Same origin as {on_one_line(link.other if link.article == article_id else link.article)}: "
        f"{on_one_line(link.reason)}."
        for link in links[:_LINKS_SHOWN]
    ]
    if len(links) > _LINKS_SHOWN:
        lines.append(f"And as {len(links) - _LINKS_SHOWN:,} more; all of them: crosscheck origins")
    return "".join(line + "\n" for line in lines)


def origin_text(origin: Origin) -> str:
    """The articles of one origin, a line each, below why they belong together."""
    count = f"{len(origin.articles):,} {'article' if len(origin.articles) == 1 else 'articles'}"
    lines = [f"{origin.name}: {count}. {on_one_line(origin.reason)}"]
    return "\n".join([*lines, *(f"  {on_one_line(article)}" for article in origin.articles)])


def origin_json(origin: Origin) -> str:
    return _json({"origin": origin.name, "articles": origin.articles, "reason": origin.reason})


@dataclass(frozen=True, slots=True)
class Facts:
    """What `crosscheck info` tells of a workspace."""

    folder: str
    articles: int
    passages: int
    revisions: int
    generation: int
    published: int
    """The generation that questions see."""
    model: str | None
    model_revision: str | None
    dimension: int | None
    dense_index: str
    database_bytes: int
    derived_bytes: int


def facts(workspace: Workspace) -> Facts:
    """Counts, model and sizes on disk."""
    with workspace.viewing() as view:
        sizes = view.sizes()
    encoder = workspace.store.encoder
    derived = workspace.open_derived_or_none(workspace.store.published)
    return Facts(
        folder=str(workspace.folder.absolute()),
        articles=sizes.articles,
        passages=sizes.passages,
        revisions=sizes.revisions,
        generation=workspace.store.generation,
        published=workspace.store.published,
        model=encoder.model if encoder else None,
        model_revision=encoder.revision if encoder else None,
        dimension=encoder.dimension if encoder else None,
        dense_index=derived.dense.kind if derived else "none yet",
        database_bytes=_size(workspace.folder.glob(f"{STORE_FILE}*")),
        derived_bytes=_size((workspace.folder / "derived").rglob("*")),
    )


def _size(files: Iterable[Path]) -> int:
    return sum(file.stat().st_size for file in files if file.is_file())


def facts_text(found: Facts) -> str:
    model = "none yet"
    if found.model and found.model_revision:
        model = f"{found.model}, revision {found.model_revision[:12]}, {found.dimension} dimensions"
    rows = (
        ("Workspace", visible(found.folder)),
        ("Articles", f"{found.articles:,} ({found.revisions:,} revisions kept)"),
        ("Passages", f"{found.passages:,}"),
        ("Model", model),
        ("Dense index", found.dense_index),
        ("Generation", f"{found.published} (last change {found.generation})"),
        ("Database", f"{found.database_bytes / 1e6:.1f} MB"),
        ("Indexes", f"{found.derived_bytes / 1e6:.1f} MB"),
    )
    return "\n".join(f"{name:<12} {value}" for name, value in rows)


def facts_json(found: Facts) -> str:
    return _json(asdict(found), indent=2)


def checks_text(checks: Sequence[Check]) -> str:
    lines = []
    for check in checks:
        lines.append(f"{'ok   ' if check.passed else 'FAULT'}  {check.name}. {on_one_line(check.found)}")
        if check.mend:
            lines.append(f"       {check.mend}")
    return "\n".join(lines)


def checks_json(checks: Sequence[Check]) -> str:
    return _json([asdict(check) for check in checks], indent=2)


def _json(value: object, *, indent: int | None = None) -> str:
    return in_json(json.dumps(value, ensure_ascii=False, indent=indent))
