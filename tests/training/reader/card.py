"""The model card: what the shipped reader is, what it was made from, how well it does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.training.tables import Table

_CARD = """\
# Reader

One small network that reads a question with a passage and says three things: where in the passage the answer
stands, how likely the passage answers the question at all, and, for a yes/no question, whether the passage says
yes, says no or leaves it open.

It is all-MiniLM-L6-v2 (6 layers, width 384) with a span head and two heads over the first token, fine-tuned by this
project, with weights of 8 bits. English only; letter case makes no difference.

## Files
| file | what |
|---|---|
| `reader.onnx` | the network, ONNX, int8 weights for matrix products and word vectors |
| `tokenizer.json` | its tokenizer (WordPiece, lower case) |
| `config.json` | limits, order of labels, thresholds with their meaning, SHA-256 of the other two |

## Inputs and outputs
`[CLS] question [SEP] passage [SEP]`, or with a title `[CLS] question [SEP] title [SEP] passage [SEP]`.

| name | type and shape | meaning |
|---|---|---|
| `input_ids` | int64 [pairs, tokens] | padded with 0 |
| `token_type_ids` | int64 [pairs, tokens] | 1 on the passage and the `[SEP]` after it, else 0; spans lie only there |
| `attention_mask` | int64 [pairs, tokens] | 1 on tokens, 0 on padding |
| `start`, `end` | float32 [pairs, tokens] | logits of a span's first and last token; token 0: "nothing answers" |
| `answers` | float32 [pairs] | log-odds that the passage answers the question |
| `stance` | float32 [pairs, 3] | logits of yes, no, open |

## Data, and whom to name
The weights are a work derived from the sets below and are licensed CC BY-SA 4.0.

| set | used for | licence |
|---|---|---|
| all-MiniLM-L6-v2, sentence-transformers | starting weights | Apache-2.0 |
| SQuAD 1.1, Rajpurkar et al. 2016 (a part of the development set, from Wikipedia) | spans, answers | CC BY-SA 4.0 |
| RealTime QA, Kasai et al. 2022, with news articles of 2022 | spans, answers | the articles are their publishers' |
| RAMDocs, Wang et al. 2025 | spans, answers | MIT |
| SNLI, Bowman et al. 2015; MultiNLI, Williams et al. 2018 | stance | CC BY-SA 4.0; OANC and others |
| Counterfactually augmented SNLI, Kaushik et al. 2020 | stance | Apache-2.0 |
| Semi-Automatic NLI (Wikipedia) | stance | CC BY-SA 3.0 |
| FEVER-Symmetric v0.2, Schuster et al. 2019 | stance | CC BY-SA 3.0 |
| SciFact, Wadden et al. 2020 | stance | CC BY 4.0 |
| WikiFactCheck-English, Sathe et al. 2020 | stance | CC BY-SA 4.0 |
| questions of this project over its own sample articles | spans, answers, stance | Apache-2.0 |
| questions and sentence pairs over news of 2014-15 and 2022, labelled here | all | articles: their publishers' |
| sentence pairs that this project wrote | spans, answers, stance | Apache-2.0 |

Hypotheses were turned into yes/no questions by rules. Method: Devlin et al. 2019 (spans), Rajpurkar et al. 2018 (no
answer as a span of its own).

Never trained or tuned on: the articles {held}; half of the 2022 questions; 30 % of RAMDocs' questions; 8 % of the
entailment sets' premises; stories of the news pairs and questions whose part is "held" (`tests/gold`).

## Made by
`python -m tests.training.reader --data FOLDER --work FOLDER --ship assistant/weights/reader`

Three rounds, 41,000, 25,000 and 37,000 examples, about 4,000 tokens a second on one core with bf16: about an hour.
The third brings this project's own questions and pairs, also as blanks to fill and as "Is it true that ...?". 600 of
the written pairs were added to its data after it had run, so a rerun gives a reader as good, not the same bits.

## How to use it
- Read pairs one at a time: faster than batches with int8 weights, and a pair's scores then depend on nothing else.
- A passage's score: `log_odds` in `config.json`; for ranking among hits add the search's score (see the tables).
- A sentence's score: the best span inside it when its passage is read (best start + end, less the first token's start +
  end); adding the same of the sentence read alone is a little better and costs another reading.

## How well it does
{tables}
## Known to be weak
- A passage is read by itself: who "he" is, or what "the company" is, it knows only from the passage and its title.
- "Is it true that ...?", asked of another sentence, tells agreement from conflict only somewhat better than chance
  on hard pairs of news sentences.
- Stance was learnt from single sentences and pictures' captions; on long passages and on hedged or attributed
  claims it is less sure than the tables say.
- Arithmetic, comparison of dates and counting across sentences are beyond it.
"""


def write(ship: Path, tables: Sequence[Table], *, held: Sequence[str]) -> None:
    names = ", ".join(f"“{title}”" for title in held)
    text = _CARD.format(held=names, tables="\n".join(table.markdown() for table in tables))
    (ship / "README.md").write_text(text, encoding="utf-8")
