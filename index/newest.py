"""What came into a workspace since an earlier generation: for those who tell of it. SQL like that of `view`."""

from __future__ import annotations

from collections.abc import Sequence

from index.view import View


def titles_since(view: View, generation: int, *, most: int) -> Sequence[str]:
    """Titles, or ids where there are none, of at most so many articles added or revised after `generation`."""
    rows = view.rows(
        "SELECT coalesce(r.title, a.id) FROM revisions r JOIN articles a ON a.number = r.article "
        "WHERE r.born > CAST(:since AS INTEGER) AND r.born <= :generation AND r.died IS NULL ORDER BY a.id LIMIT :most",
        since=str(generation),
        most=str(most),
    )
    return [title for (title,) in rows]
