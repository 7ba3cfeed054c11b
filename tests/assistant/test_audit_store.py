"""What an audit remembers: outcomes by text and settings, dismissals by the two quotes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.audit_store import FILE, AuditStore, Outcome, UnreadableAudit, conflict_id, opened
from assistant.comparing.relating import Related
from assistant.comparing.statement import Statement
from assistant.errors import BadInput

NINE, ELEVEN = Statement("Nine people died."), Statement("Eleven people died.")
CLASH = Related("conflict", "number", "Nine, Eleven: they cannot both hold.", 0.9, 0.05)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[AuditStore]:
    with opened(tmp_path, "settings") as made:
        yield made


def test_an_outcome_is_there_for_the_two_texts_in_either_order(store: AuditStore) -> None:
    assert store.outcome(NINE, ELEVEN) is None
    store.keep([(NINE, ELEVEN, CLASH)])
    assert store.outcome(ELEVEN, NINE) == Outcome("conflict", "number", CLASH.reason, 0.9)


def test_other_settings_or_days_have_outcomes_of_their_own(store: AuditStore, tmp_path: Path) -> None:
    store.keep([(NINE, ELEVEN, CLASH)])
    assert store.outcome(NINE, Statement(ELEVEN.text, published=date(2026, 3, 4))) is None
    with opened(tmp_path, "other settings") as other:
        assert other.outcome(NINE, ELEVEN) is None


def test_what_was_kept_is_there_when_the_file_is_opened_again(tmp_path: Path) -> None:
    with opened(tmp_path, "settings") as first:
        first.keep([(NINE, ELEVEN, CLASH)])
        first.dismiss(conflict_id(NINE, ELEVEN), "Two counts of one day.")
    with opened(tmp_path, "settings") as second:
        assert second.outcome(NINE, ELEVEN) is not None
        assert second.dismissed() == {conflict_id(ELEVEN, NINE): "Two counts of one day."}


def test_layout_and_days_change_no_id() -> None:
    other = Statement("Nine people\n died.", published=date(2026, 3, 4))
    assert conflict_id(other, ELEVEN) == conflict_id(ELEVEN, NINE)


def test_only_a_conflict_that_was_found_can_be_dismissed_and_only_with_a_reason(store: AuditStore) -> None:
    store.keep([(NINE, ELEVEN, CLASH)])
    with pytest.raises(BadInput, match="x-nothing"):
        store.dismiss("x-nothing", "Why not.")
    with pytest.raises(BadInput, match="--reason"):
        store.dismiss(conflict_id(NINE, ELEVEN), "  ")


def test_a_file_that_is_no_database_is_named_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("This is not SQLite. " * 100)
    with pytest.raises(UnreadableAudit, match=FILE), opened(tmp_path, "settings"):
        pass
