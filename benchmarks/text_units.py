"""Characters or pieces of words: which language model of the same size and time says more of a held-out text.

    python benchmarks/text_units.py --archive data/text/prose.tar.xz --members "standard_ebooks/*.txt" \
        --longest 200000 --unit characters --minutes 6
    python benchmarks/text_units.py ... --unit pieces --pieces 1000 --minutes 6

Trains one network on one thread for so many minutes of processor time, as a few steps tell them beforehand,
and prints the bits a character on the held-out part, its size and how long one character takes to write.
Text is made plain (printable ASCII), and characters are those of the training part.
"""

# ruff: noqa: T201 - what it prints is its result
from __future__ import annotations

import argparse
import dataclasses
import math
import tempfile
import time
from pathlib import Path

import numpy as np

from speechrnn.nets.language_model import LanguageModelSizes
from speechrnn.nets.step_network import StepNetwork
from speechrnn.training.language_model import LanguageModelOptions, LanguageModelTask, nats_per_token
from speechrnn.training.loop import LoopOptions, SilentProgress, Trainer
from speechrnn.training.token_data import TokenCorpus, read_tokens

_TIMED = 12  # steps


class StepTimes(SilentProgress):
    """Notes the processor time after each step."""

    def __init__(self) -> None:
        self.times: list[float] = []

    def step(self, done: int, parts: dict[str, float]) -> None:
        self.times.append(time.process_time())


def trained(task: LanguageModelTask, minutes: float) -> Trainer:
    """A run that takes so many minutes of processor time."""
    usual = LoopOptions(
        epochs=1000,
        steps=_TIMED,
        learning_rate=2e-3,
        warmup_steps=100,
        weight_decay=0.02,
        average_decay=0.995,
        validate_every=10**6,
        threads=1,
    )
    noted = StepTimes()
    with tempfile.TemporaryDirectory() as folder:
        Trainer(task, usual, Path(folder), noted).run()
    step_s = (noted.times[-1] - noted.times[1]) / (len(noted.times) - 2)
    with tempfile.TemporaryDirectory() as folder:
        loop = dataclasses.replace(usual, steps=round(60 * minutes / step_s))
        trainer = Trainer(task, loop, Path(folder), SilentProgress())
        trainer.run()
    return trainer


def main() -> None:
    """Trains and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--archive", type=Path, required=True)
    parser.add_argument("--members", default="*.txt")
    parser.add_argument("--longest", type=int, default=0)
    parser.add_argument("--held-out", type=float, default=0.02)
    parser.add_argument("--unit", choices=["characters", "pieces"], required=True)
    parser.add_argument("--pieces", type=int, default=1000)
    parser.add_argument("--hidden", type=int, default=512)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--minutes", type=float, default=6)
    args = parser.parse_args()

    corpus = TokenCorpus(
        archive=str(args.archive),
        members=(args.members,),
        without=("*LICEN[CS]E*",),
        held_out=args.held_out,
        longest=args.longest,
        plain=True,
    )
    data = read_tokens(args.unit, [corpus], Path, n_pieces=args.pieces)
    n_characters = data.characters_held_out
    stretch = round(192 * len(data.held_out) / n_characters)  # as much text in a step, whatever the unit
    task = LanguageModelTask(
        bundle_id="trial",
        sizes=LanguageModelSizes(hidden_size=args.hidden, n_layers=2, dropout=args.dropout),
        options=LanguageModelOptions(tokens=args.unit, batch=32, stretch=stretch, warm_up=stretch // 6),
        data=data,
        seed=1,
    )
    trainer = trained(task, args.minutes)
    net = trainer.averaged()
    nats = nats_per_token(net, data.held_out) * len(data.held_out) / n_characters  # type: ignore[arg-type]
    stepper = StepNetwork(net.cpu())  # type: ignore[arg-type]
    state, n_steps = stepper.initial(), 1000
    began = time.process_time()
    for token in data.held_out[:n_steps]:
        _, state = stepper.step(np.array([token]), state)
    step_s = (time.process_time() - began) / n_steps
    print(
        f"{args.unit}: {len(data.vocabulary)} tokens, {sum(p.numel() for p in net.parameters()):,} weights, "
        f"{len(data.training):,} tokens to train on, {trainer.step_number} steps, "
        f"{trainer.step_number / task.n_batches(0):.2f} epochs; held out, {n_characters:,} characters: "
        f"{nats / math.log(2):.3f} bits a character; "
        f"{1e6 * step_s * len(data.held_out) / n_characters:.0f} us a character"
    )


if __name__ == "__main__":
    main()
