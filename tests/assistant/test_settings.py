"""Where settings come from, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import BadInput
from assistant.settings import Settings, load


def test_a_flag_wins_over_the_environment_over_the_file_over_the_default(tmp_path: Path) -> None:
    (tmp_path / "crosscheck.toml").write_text("top_k = 3\ncandidates = 50\nfusion_weight = 0.7\n")
    settings = load(
        {"top_k": 5, "candidates": None},
        environment={"CROSSCHECK_TOP_K": "4", "CROSSCHECK_CANDIDATES": "60", "HOME": "/x"},
        folder=tmp_path,
    )
    assert (settings.top_k, settings.candidates, settings.fusion_weight) == (5, 60, 0.7)
    assert settings.encoder is None


def test_a_relative_workspace_in_the_file_is_relative_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "crosscheck.toml").write_text('workspace = "clippings"\n')
    assert load({}, environment={}, folder=tmp_path).workspace == tmp_path / "clippings"


def test_without_any_setting_the_workspace_is_a_user_data_folder(tmp_path: Path) -> None:
    assert load({}, environment={}, folder=tmp_path).workspace.parts[-2:] == ("crosscheck", "workspace")


@pytest.mark.parametrize(
    ("file", "environment", "message"),
    [
        ("topk = 3", {}, "The key 'topk' in crosscheck.toml is no setting. Did you mean 'top_k'?"),
        ("zzz = 3", {}, "Known keys: cache, candidates, encoder, fusion_weight, judge, reader, top_k, workspace."),
        ("top_k = [", {}, "crosscheck.toml cannot be read"),
        ("top_k = 0", {}, "The setting 'top_k' is wrong: Input should be greater than or equal to 1."),
        ("", {"CROSSCHECK_TOP_K": "many"}, "The setting 'top_k' is wrong: Input should be a valid integer"),
        ("", {"CROSSCHECK_WORKPLACE": "x"}, "CROSSCHECK_WORKPLACE is no setting. Did you mean 'workspace'?"),
    ],
)
def test_what_cannot_be_used_is_named(file: str, environment: dict[str, str], message: str, tmp_path: Path) -> None:
    (tmp_path / "crosscheck.toml").write_text(file)
    with pytest.raises(BadInput) as error:
        load({}, environment=environment, folder=tmp_path)
    assert message in str(error.value)


def test_the_hash_changes_with_what_can_change_an_answer_and_only_with_that() -> None:
    plain = Settings()
    assert plain.answering_hash() == Settings(workspace=Path("/elsewhere")).answering_hash()
    assert plain.answering_hash() != Settings(top_k=9).answering_hash()
