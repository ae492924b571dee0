"""The one loop that every network here is trained with.

AdamW under a warm-up and cosine schedule, gradients clipped, weights averaged, checkpoints that resume
to the same losses as without the break. What is trained comes in as a `Task`; the loop knows no data.
Under `torchrun` several processes share a step: each takes its own batch and gradients are averaged.
A run folder holds `checkpoint.pt` (ours, made and read on this machine only), `best.pt`, `log.jsonl` with a
line a step and a validation, `samples.jsonl` and, where TensorBoard is installed, its event files. A run that
goes on after a kill writes steps behind its checkpoint once more: of two lines of a step the later counts.
"""

from __future__ import annotations

import json
import logging
import math
import os
import pickle
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Literal, Protocol

import torch
from torch import Tensor, nn

from speechrnn.errors import ConfigError, DataError, OutputError
from speechrnn.nets.device import DEVICES, pick_device
from speechrnn.ranges import check_ranges

logger = logging.getLogger(__name__)

_BEST = "best.pt"


class Task(Protocol):
    """What is trained: a network, its batches, its loss and its measure."""

    def network(self) -> nn.Module:
        """A new network, or one with the weights to start from."""

    def n_batches(self, epoch: int) -> int:
        """Batches of an epoch, counted from 0."""

    def batches(self, epoch: int, numbers: range) -> Iterator[Any]:
        """The epoch's batches of these numbers; the same for the same seed, epoch and number."""

    def loss(self, net: nn.Module, batch: Any) -> tuple[Tensor, dict[str, float]]:
        """The scalar to minimise, and its parts for the log."""

    def validate(self, net: nn.Module) -> dict[str, float]:
        """Scores on held-out data; the first is the one to minimise."""

    def samples(self, net: nn.Module) -> list[str]:
        """A few lines that show what the network does by now."""

    def save(self, net: nn.Module, scores: dict[str, float], folder: Path) -> None:
        """Writes the bundle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopOptions:
    """How to train.

    Attributes:
        seed: of weights, order of data, dropout.
        epochs: passes over the data.
        steps: so many at most, and the schedule ends with them; 0 runs all epochs out.
        minutes: so long at most, breaks not counted, and the schedule ends with them; 0 is without limit. The
            losses of such a run depend on how quick the machine is.
        learning_rate: at the peak.
        final_learning_rate: share of the peak that the schedule ends at, 0..1.
        warmup_steps: steps of linear rise to the peak.
        decay_steps: the rate stays at its peak until so many steps before the end and then falls; 0 lets it
            fall by a cosine from the warm-up on. A run that holds its rate may be resumed with other `steps`:
            the end can be chosen while it trains.
        weight_decay: of AdamW, each step by this share of the rate; matrices only. A run may be resumed with
            another.
        clip_norm: largest norm of the whole gradient.
        average_decay: of the exponential moving average of the weights; 0 switches it off.
        validate_every: steps between validations, checkpoints and samples.
        keep: which averaged weights become the bundle: the last, or those that were best on held-out data.
        device: auto, cpu, cuda or mps.
        bf16: autocast to bfloat16 where the processor has it.
        threads: of torch; 0 leaves torch's choice.
    """

    seed: int = 1
    epochs: int = 20
    steps: int = 0
    minutes: float = 0.0
    learning_rate: float = 1e-3
    final_learning_rate: float = 0.01
    warmup_steps: int = 200
    decay_steps: int = 0
    weight_decay: float = 0.01
    clip_norm: float = 1.0
    average_decay: float = 0.999
    validate_every: int = 500
    keep: Literal["last", "best"] = "last"
    device: str = "auto"
    bf16: bool = True
    threads: int = 0

    def __post_init__(self) -> None:
        check_ranges(
            self,
            ("epochs", 1, 100_000),
            ("steps", 0, 10_000_000),
            ("minutes", 0.0, 1_000_000),
            ("learning_rate", 1e-8, 1.0),
            ("final_learning_rate", 0.0, 1.0),
            ("warmup_steps", 0, 1_000_000),
            ("decay_steps", 0, 10_000_000),
            ("weight_decay", 0.0, 1.0),
            ("clip_norm", 1e-6, 1e6),
            ("average_decay", 0.0, 0.999999),
            ("validate_every", 1, 1_000_000),
            ("threads", 0, 1024),
        )
        if self.device not in DEVICES:
            raise ConfigError(f"device is {self.device!r}; expected auto, cpu, cuda or mps")


class Progress(Protocol):
    """Where the loop reports; the command line draws it."""

    def start(self, total: int, done: int) -> None:
        """Training begins at step `done` of `total`."""

    def step(self, done: int, parts: dict[str, float]) -> None:
        """A step is done."""

    def validated(self, scores: dict[str, float], samples: list[str]) -> None:
        """A validation is done."""


class SilentProgress:
    """Reports nowhere."""

    def start(self, total: int, done: int) -> None:
        """See `Progress`."""

    def step(self, done: int, parts: dict[str, float]) -> None:
        """See `Progress`."""

    def validated(self, scores: dict[str, float], samples: list[str]) -> None:
        """See `Progress`."""


def has_bf16(device: torch.device) -> bool:
    """Whether bfloat16 is faster than float32 on this device: AVX-512 BF16 or AMX, or an Ampere GPU."""
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported())
    return device.type == "cpu" and bool(
        torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
    )


def never() -> bool:
    """Nobody asks a run to stop."""
    return False


class Trainer:
    """A run: the network, its average, the optimiser and the place in the data."""

    def __init__(
        self,
        task: Task,
        options: LoopOptions,
        run_dir: Path,
        progress: Progress,
        stop: Callable[[], bool] = never,
    ) -> None:
        self.task, self.options, self.run_dir, self.progress = task, options, run_dir, progress
        self.stop = stop
        if options.threads:
            torch.set_num_threads(options.threads)
        self.device = pick_device(options.device)
        self.bf16 = options.bf16 and has_bf16(self.device)
        torch.manual_seed(options.seed)
        self.net = task.network().to(self.device)
        self.average = {name: value.detach().clone() for name, value in self.net.state_dict().items()}
        self._fused = self.device.type in ("cpu", "cuda")
        matrices = [p for p in self.net.parameters() if p.ndim >= 2]
        vectors = [p for p in self.net.parameters() if p.ndim < 2]
        self.optimiser = torch.optim.AdamW(
            [
                {"params": matrices, "weight_decay": options.weight_decay},
                {"params": vectors, "weight_decay": 0.0},
            ],
            lr=options.learning_rate,
            betas=(0.9, 0.98),
            fused=self._fused,  # one pass over the weights instead of seven
        )
        self.step_number, self.epoch, self.next_batch = 0, 0, 0
        self.n_skipped = 0
        self.best = math.inf
        self._before_s, self._began = 0.0, time.monotonic()
        self.rank, self.n_processes = _join_processes(self.device)
        torch.manual_seed(options.seed + self.rank)  # dropout differs between processes, weights do not
        total = sum(task.n_batches(epoch) // self.n_processes for epoch in range(options.epochs))
        self.total = min(total, options.steps or total)

    def learning_rate(self, step: int) -> float:
        """Warm-up, then a cosine down to the final share, or the peak and at the end `1 - sqrt`.

        Source of the latter: Hägele et al. 2024, "Scaling laws and compute-optimal training beyond fixed
        training durations".
        """
        o = self.options
        if step < o.warmup_steps:
            return o.learning_rate * (step + 1) / o.warmup_steps
        if o.decay_steps:
            done = (step - (self.total - o.decay_steps)) / o.decay_steps
            share = 1 - math.sqrt(min(1.0, max(0.0, done)))
        else:
            done = (step - o.warmup_steps) / max(1, self.total - o.warmup_steps)
            if o.minutes:
                done = max(done, self.elapsed_s / (60 * o.minutes))
            share = 0.5 * (1 + math.cos(math.pi * min(1.0, done)))
        return o.learning_rate * (o.final_learning_rate + (1 - o.final_learning_rate) * share)

    @property
    def elapsed_s(self) -> float:
        """How long the run has gone on, without its breaks."""
        return self._before_s + time.monotonic() - self._began

    def run(self) -> dict[str, float]:
        """Trains to the end; gives the last validation's scores of the averaged weights.

        Where `stop` comes true it ends after the step, with a checkpoint.

        Raises:
            DataError: stopped before anything was learned.
            OutputError: the run's folder cannot be written.
        """
        self.run_dir.mkdir(parents=True, exist_ok=True)
        self._began = time.monotonic()
        self.progress.start(self.total, self.step_number)
        scores: dict[str, float] = {}
        board = _summary_writer(self.run_dir) if self.rank == 0 else None
        name = "log.jsonl" if self.rank == 0 else f"log-{self.rank}.jsonl"
        # Unbuffered: whoever follows the run sees whole lines, and a full disk is told once.
        with (self.run_dir / name).open("ab", buffering=0) as log:
            while self.epoch < self.options.epochs and self.step_number < self.total and not self._over():
                left = (self.total - self.step_number) * self.n_processes
                n_batches = self.task.n_batches(self.epoch) // self.n_processes * self.n_processes
                n_batches = min(n_batches, self.next_batch + left)
                numbers = range(self.next_batch + self.rank, n_batches, self.n_processes)
                for batch in self.task.batches(self.epoch, numbers):
                    record = self._train_step(batch)
                    self.next_batch += self.n_processes
                    self._log(log, board, record)
                    self.progress.step(self.step_number, record)
                    if self.step_number % self.options.validate_every == 0:
                        scores = self._validate(log, board)
                        self.save_checkpoint()
                    if self._over():
                        break
                else:
                    self.epoch, self.next_batch = self.epoch + 1, 0
            if not self.step_number:
                raise DataError(f"{self.run_dir}: stopped before the first step; nothing was learned yet")
            if self.step_number % self.options.validate_every or not scores:
                scores = self._validate(log, board)
            self.save_checkpoint()
        if board is not None:
            board.close()
        return scores

    def _over(self) -> bool:
        limit_s = 60 * self.options.minutes
        return self.stop() or bool(limit_s and self.elapsed_s >= limit_s)

    def kept(self) -> nn.Module:
        """A network with the weights that become the bundle, in evaluation mode."""
        net = self.averaged()
        best = self.run_dir / _BEST
        if self.options.keep == "best" and best.is_file():
            net.load_state_dict(torch.load(best, map_location=self.device, weights_only=True))
        return net

    def averaged(self) -> nn.Module:
        """A network with the averaged weights, in evaluation mode."""
        net = self.task.network().to(self.device)
        net.load_state_dict(self.average if self.options.average_decay else self.net.state_dict())
        return net.eval()

    def save_checkpoint(self) -> None:
        """Writes everything that `resume` needs, by way of a temporary file."""
        _save(torch.get_rng_state(), self.run_dir / f"random-{self.rank}.pt")
        if self.rank:
            return
        state = {
            "net": self.net.state_dict(),
            "average": self.average,
            "optimiser": self.optimiser.state_dict(),
            "place": (self.step_number, self.epoch, self.next_batch, self.n_skipped),
            "best": self.best,
            "elapsed_s": self.elapsed_s,
            "cuda_random": torch.cuda.get_rng_state() if self.device.type == "cuda" else None,
        }
        _save(state, self.run_dir / "checkpoint.pt")

    def resume(self) -> None:
        """Goes on where the run's checkpoint stopped.

        Raises:
            DataError: there is no checkpoint, it is damaged, or of another network.
        """
        path = self.run_dir / "checkpoint.pt"
        if not path.is_file():
            raise DataError(f"{path}: no checkpoint to resume; start without --resume")
        try:
            state = torch.load(path, map_location=self.device, weights_only=True)
        except (OSError, RuntimeError, EOFError, pickle.UnpicklingError) as error:
            raise DataError(
                f"{path}: the checkpoint is damaged ({str(error).splitlines()[0]}); start the run anew"
            ) from error
        try:
            self.net.load_state_dict(state["net"])
            self.optimiser.load_state_dict(state["optimiser"])
        except (RuntimeError, ValueError, KeyError) as error:
            raise DataError(
                f"{path}: the checkpoint is of another network than the recipe's ({error})"
            ) from error
        # The recipe's and this machine's, which may have changed; the rate is set at each step anyway.
        for group, decay in zip(self.optimiser.param_groups, (self.options.weight_decay, 0.0), strict=True):
            group["weight_decay"], group["fused"] = decay, self._fused
        self.average = state["average"]
        self.step_number, self.epoch, self.next_batch, self.n_skipped = state["place"]
        self.best = state["best"]
        self._before_s = state.get("elapsed_s", 0.0)  # older checkpoints have none
        random = self.run_dir / f"random-{self.rank}.pt"
        if random.is_file():  # missing where the run goes on with more processes than before
            torch.set_rng_state(torch.load(random, weights_only=True))
        if state["cuda_random"] is not None and self.device.type == "cuda":
            torch.cuda.set_rng_state(state["cuda_random"].cpu())

    def _train_step(self, batch: Any) -> dict[str, float]:
        started = time.perf_counter()
        self.net.train()
        rate = self.learning_rate(self.step_number)
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.bf16):
            loss, parts = self.task.loss(self.net, batch)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        if self.n_processes > 1:
            self._average_gradients()
        norm = float(nn.utils.clip_grad_norm_(self.net.parameters(), self.options.clip_norm))
        if math.isfinite(norm):
            self.optimiser.step()
            self._update_average()
        else:  # one bad batch must not poison the weights
            self.n_skipped += 1
            logger.warning("step %d skipped: the gradient is not finite", self.step_number)
        self.step_number += 1
        return {
            "loss": float(loss.detach()),
            **parts,
            "gradient_norm": norm,
            "clipped": float(norm > self.options.clip_norm),
            "skipped": float(self.n_skipped),
            "learning_rate": rate,
            "epoch": self.epoch,
            "step_s": time.perf_counter() - started,
        }

    def _average_gradients(self) -> None:
        gradients = [p.grad for p in self.net.parameters() if p.grad is not None]
        flat = torch.cat([gradient.flatten() for gradient in gradients])
        torch.distributed.all_reduce(flat)
        flat /= self.n_processes
        parts = torch.split(flat, [gradient.numel() for gradient in gradients])
        for gradient, part in zip(gradients, parts, strict=True):
            gradient.copy_(part.view_as(gradient))

    def _update_average(self) -> None:
        # A short memory at the start, so that the first weights do not linger (as in Adam's correction).
        decay = min(self.options.average_decay, (1 + self.step_number) / (10 + self.step_number))
        with torch.no_grad():
            for name, value in self.net.state_dict().items():
                if value.is_floating_point():
                    self.average[name].lerp_(value, 1 - decay)
                else:
                    self.average[name].copy_(value)

    def _log(self, log: BinaryIO, board: Any, record: dict[str, float]) -> None:
        rounded = {name: round(value, 6) for name, value in record.items()}
        place = {"step": self.step_number, "total": self.total, "elapsed_s": round(self.elapsed_s, 3)}
        _write_line(log, {**place, **rounded})
        if board is not None:
            for name, value in record.items():
                board.add_scalar(name, value, self.step_number)

    def _validate(self, log: BinaryIO, board: Any) -> dict[str, float]:
        if self.rank:
            return {"": math.nan}  # the first process measures; the others wait at the next step
        random = torch.get_rng_state()
        net = self.averaged()  # made with random weights first
        with torch.inference_mode():
            scores, samples = self.task.validate(net), self.task.samples(net)
        torch.set_rng_state(random)  # so that validating does not change the training that follows
        first = next(iter(scores.values()))
        if first < self.best:
            self.best = first
            _save(net.state_dict(), self.run_dir / _BEST)
        self._log(log, board, {f"validation_{name}": value for name, value in scores.items()})
        with (self.run_dir / "samples.jsonl").open("ab", buffering=0) as file:
            _write_line(file, {"step": self.step_number, "lines": samples})
        if board is not None:
            board.add_text("samples", "\n\n".join(samples), self.step_number)
        self.progress.validated(scores, samples)
        return scores


def train(
    task: Task,
    options: LoopOptions,
    run_dir: Path,
    *,
    resume: bool = False,
    progress: Progress | None = None,
    stop: Callable[[], bool] = never,
) -> tuple[nn.Module, dict[str, float]]:
    """Trains a task to its end.

    Args:
        task: what to train.
        options: how.
        run_dir: folder of checkpoint and logs; made where missing.
        resume: go on from the folder's checkpoint.
        progress: where to report.
        stop: asked after each step; once it is true the run ends there, and can be resumed.

    Returns:
        The network with the averaged weights that are kept, and the scores of the last.

    Raises:
        DataError: nothing to resume, a run folder that holds another run already, or stopped before the first
            step.
        OutputError: the run's folder cannot be written.
    """
    trainer = Trainer(task, options, run_dir, progress or SilentProgress(), stop)
    if resume:
        trainer.resume()
    elif (run_dir / "checkpoint.pt").exists():
        raise DataError(f"{run_dir}: holds a run already; go on with it by --resume, or name another folder")
    scores = trainer.run()
    return trainer.kept(), scores


def is_first_process() -> bool:
    """Whether this process is the only one of its run, or the one that writes for all."""
    return not torch.distributed.is_initialized() or torch.distributed.get_rank() == 0


def _join_processes(device: torch.device) -> tuple[int, int]:
    """This process's rank and the number of processes, as `torchrun` set them."""
    if "WORLD_SIZE" not in os.environ:
        return 0, 1
    if not torch.distributed.is_initialized():
        torch.distributed.init_process_group("nccl" if device.type == "cuda" else "gloo")
    return torch.distributed.get_rank(), torch.distributed.get_world_size()


def _write_line(file: BinaryIO, record: dict[str, Any]) -> None:
    with _writing(file.name):
        file.write((json.dumps(record, ensure_ascii=False) + "\n").encode("utf-8", errors="replace"))


def _save(state: Any, path: Path) -> None:
    """Writes by way of a temporary file: what was there before stays until the new is whole."""
    temporary = path.with_suffix(".tmp")
    with _writing(path):
        torch.save(state, temporary)
        temporary.replace(path)


@contextmanager
def _writing(path: Path | str) -> Iterator[None]:
    try:
        yield
    except (OSError, RuntimeError) as error:  # torch raises the latter where the disk is full
        reason = error.strerror if isinstance(error, OSError) else None
        raise OutputError(
            f"{path} cannot be written ({reason or str(error).splitlines()[0]}): free some room on the disk, "
            "then resume the run"
        ) from error


def _summary_writer(run_dir: Path) -> Any:
    try:  # an optional dependency, of training only
        from torch.utils.tensorboard import SummaryWriter
    except ImportError:
        return None
    return SummaryWriter(str(run_dir))
