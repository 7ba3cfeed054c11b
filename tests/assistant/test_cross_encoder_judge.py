"""Any entailment CrossEncoder in the judge's place: tried with small random ones whose labels stand in any order."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.comparing.judgement import StatementPair
from assistant.cross_encoder import load_judge
from index.model_files import DEFAULT_MODEL, WrongModelFiles, locate
from tests.conftest import Crosscheck

PAIRS = [
    StatementPair("Nine people died.", "Eleven people died."),
    StatementPair("The mill is closing.", "The mill, which has stood for a hundred years, is not closing at all."),
]


def made(folder: Path, labels: Sequence[str]) -> Path:
    """Always the same random weights; only what their outputs are called differs."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification

    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=30522, hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64,
        id2label=dict(enumerate(labels)), label2id={label: at for at, label in enumerate(labels)},
    )  # fmt: skip
    model = BertForSequenceClassification(config)
    with torch.no_grad():
        model.classifier.weight *= 20
    model.save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt"):
        shutil.copy(locate(DEFAULT_MODEL).folder / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def judge_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("judge"), ("contradiction", "entailment", "neutral"))


def test_the_order_of_labels_is_read_from_the_model(judge_folder: Path, tmp_path: Path) -> None:
    one = load_judge(str(judge_folder))(PAIRS)
    other = load_judge(str(made(tmp_path, ("ENTAILMENT", "Neutral", "contradiction"))))(PAIRS)
    for a, b in zip(one, other, strict=True):
        assert (a.conflict, a.agree, a.compatible) == pytest.approx((b.agree, b.compatible, b.conflict))
        assert len({round(value, 6) for value in (a.conflict, a.agree, a.compatible)}) > 1


def test_which_statement_is_first_changes_nothing_and_neither_does_the_batch(judge_folder: Path) -> None:
    judge = load_judge(str(judge_folder))
    forth = judge(PAIRS)
    back = judge([StatementPair(pair.b, pair.a) for pair in PAIRS])
    alone = [judge([pair])[0] for pair in PAIRS]
    for one, other, single in zip(forth, back, alone, strict=True):
        for values in (other, single):
            assert (one.agree, one.compatible, one.conflict) == pytest.approx(
                (values.agree, values.compatible, values.conflict), abs=1e-5
            )
        assert one.agree + one.compatible + one.conflict == pytest.approx(1)


def test_no_pairs_are_not_judged(judge_folder: Path) -> None:
    assert load_judge(str(judge_folder))([]) == []


@pytest.mark.parametrize(
    "labels", [("LABEL_0", "LABEL_1", "LABEL_2"), ("entailment", "not_entailment"), ("entailment", "neutral", "other")]
)
def test_a_model_without_entailment_labels_is_refused_by_name_of_its_labels(
    labels: tuple[str, ...], tmp_path: Path
) -> None:
    with pytest.raises(WrongModelFiles, match="needed are entailment, neutral and contradiction") as raised:
        load_judge(str(made(tmp_path, labels)))
    assert labels[-1] in str(raised.value)


def test_the_command_judges_with_it_and_refuses_a_folder_that_holds_none(
    judge_folder: Path, crosscheck: Crosscheck, tmp_path: Path
) -> None:
    file = tmp_path / "pairs.jsonl"
    file.write_text('{"id": 1, "a": {"text": "Nine people died."}, "b": {"text": "It was calm."}}\n', encoding="utf-8")
    assert '"id": 1' in crosscheck("compare", file, CROSSCHECK_JUDGE=str(judge_folder)).stdout
    flags = {"CROSSCHECK_JUDGE": str(tmp_path / "nothing"), "HF_HUB_OFFLINE": "1"}
    done = crosscheck("compare", file, code=1, **flags)
    assert "The judge" in done.stderr
    assert "cannot be loaded" in done.stderr
    assert "Traceback" not in done.stderr
