"""The recurrent stack and the recognizer: padded equals alone, stepped equals whole."""

from __future__ import annotations

from typing import get_args

import pytest
import torch

from speechrnn.errors import ConfigError
from speechrnn.nets.factored import FactoredStack
from speechrnn.nets.recognizer import Recognizer, RecognizerSizes, unwarped
from speechrnn.nets.recurrent import Cell, Context, Direction, RecurrentStack, reverse_by_length

CELLS = get_args(Cell)
DIRECTIONS = get_args(Direction)
CONTEXT = Context(chunk=5, look_ahead=3)
LENGTHS = torch.tensor([101, 64, 83])
WARPS = (0.9, 1.0, 1.15)


@pytest.fixture(
    params=[
        *({"cell": cell, "direction": direction} for cell in CELLS for direction in DIRECTIONS),
        {"mean_frames": 20, "warps": WARPS},
        {"blocks": (1, 2), "block_channels": 5},
        {"channels": (3, 5), "strides": (3, 1)},
        {"factored_layers": 1, "factored_size": 12, "bottleneck": 3},
        {"factored_layers": 5, "factored_size": 12, "bottleneck": 3, "strides": (3, 1), "warps": WARPS},
    ],
    ids=lambda sizes: "-".join(map(str, sizes.values())),
)
def net(request: pytest.FixtureRequest) -> Recognizer:
    torch.manual_seed(0)
    net = Recognizer(RecognizerSizes(hidden_size=8, n_layers=3, **request.param)).eval()
    for weight in net.new_weights().values():  # so that they do something
        weight.add_(0.1 * torch.randn_like(weight))
    return net


@pytest.fixture
def log_mel() -> torch.Tensor:
    return torch.randn(3, 101, 80, generator=torch.Generator().manual_seed(1))


@pytest.mark.parametrize("context", [None, CONTEXT], ids=["full", "windows"])
@torch.no_grad()
def test_padding_changes_nothing(net: Recognizer, log_mel: torch.Tensor, context: Context | None) -> None:
    together = net(log_mel, LENGTHS, context)
    for row, length in enumerate(LENGTHS):
        alone = net(log_mel[row : row + 1, :length], length[None], context)
        n = int(alone.lengths)
        torch.testing.assert_close(together.phonemes[row, :n], alone.phonemes[0], atol=1e-5, rtol=0)
        torch.testing.assert_close(together.characters[row, :n], alone.characters[0], atol=1e-5, rtol=0)


@pytest.mark.parametrize("n_frames", [12, 36, 48])
@pytest.mark.parametrize("length", [1, 3, 20, 64, 101])
@torch.no_grad()
def test_steps_equal_one_call_with_the_same_context(
    net: Recognizer, log_mel: torch.Tensor, n_frames: int, length: int
) -> None:
    x = log_mel[:1, :length]
    whole = net(x, torch.tensor([length]), CONTEXT).phonemes
    state, parts = net.initial(), []
    for at in range(0, length, n_frames):
        output, state = net.step(x[:, at : at + n_frames], state, CONTEXT, last=at + n_frames >= length)
        parts.append(output.phonemes)
    torch.testing.assert_close(torch.cat(parts, dim=1), whole, atol=1e-5, rtol=0)


@torch.no_grad()
def test_a_look_ahead_over_the_end_is_the_full_context(log_mel: torch.Tensor) -> None:
    torch.manual_seed(0)
    net = Recognizer(RecognizerSizes(hidden_size=8)).eval()
    everything = Context(chunk=26, look_ahead=0)  # ceil(101 / 4) frames
    windows, full = net(log_mel, LENGTHS, everything), net(log_mel, LENGTHS)
    torch.testing.assert_close(windows.phonemes[0], full.phonemes[0], atol=1e-5, rtol=0)


@torch.no_grad()
def test_a_one_way_stack_never_looks_ahead() -> None:
    torch.manual_seed(0)
    stack = RecurrentStack(4, 8, 2, direction="forward").eval()
    x = torch.randn(1, 20, 4)
    changed = x.clone()
    changed[:, 12:] = 0
    lengths = torch.tensor([20])
    torch.testing.assert_close(stack(x, lengths)[:, :12], stack(changed, lengths)[:, :12])


def test_the_middle_head_is_for_training_only() -> None:
    net = Recognizer(RecognizerSizes(hidden_size=8))
    x, lengths = torch.randn(1, 16, 80), torch.tensor([16])
    assert net.train()(x, lengths).middle_phonemes.shape == (1, 4, 40)
    assert net.eval()(x, lengths).middle_phonemes is None


def test_outputs_are_log_probabilities() -> None:
    output = Recognizer(RecognizerSizes(hidden_size=8)).eval()(torch.randn(2, 9, 80), torch.tensor([9, 5]))
    assert output.lengths.tolist() == [3, 2]
    torch.testing.assert_close(output.phonemes.exp().sum(-1), torch.ones(2, 3))


@pytest.mark.parametrize("context", [None, CONTEXT], ids=["full", "windows"])
@torch.no_grad()
def test_several_warps_give_the_mean_of_their_probabilities(
    log_mel: torch.Tensor, context: Context | None
) -> None:
    torch.manual_seed(0)
    net = Recognizer(RecognizerSizes(hidden_size=8, warps=WARPS)).eval()
    each = []
    for warp in WARPS:
        single = Recognizer(RecognizerSizes(hidden_size=8, warps=(warp,))).eval()
        single.load_state_dict(net.state_dict())
        each.append(single(log_mel, LENGTHS, context))
    together = net(log_mel, LENGTHS, context)
    for name in ("phonemes", "characters"):
        mean = torch.stack([getattr(output, name).exp() for output in each]).mean(dim=0)
        torch.testing.assert_close(getattr(together, name).exp(), mean, atol=1e-5, rtol=0)
    torch.testing.assert_close(together.lengths, each[0].lengths)
    assert len(net.train()(log_mel, LENGTHS).phonemes) == len(log_mel)


@torch.no_grad()
def test_a_network_hears_without_its_warps_for_a_while(log_mel: torch.Tensor) -> None:
    net = Recognizer(RecognizerSizes(hidden_size=8, warps=WARPS)).eval()
    single = Recognizer(RecognizerSizes(hidden_size=8)).eval()
    single.load_state_dict(net.state_dict())
    before = net(log_mel, LENGTHS).phonemes
    with unwarped(net):
        torch.testing.assert_close(net(log_mel, LENGTHS).phonemes, single(log_mel, LENGTHS).phonemes)
    torch.testing.assert_close(net(log_mel, LENGTHS).phonemes, before)


@torch.no_grad()
def test_new_weights_change_nothing_and_learn(log_mel: torch.Tensor) -> None:
    small = Recognizer(RecognizerSizes(hidden_size=8, dropout=0.0))
    large = Recognizer(RecognizerSizes(hidden_size=8, dropout=0.0, blocks=(1, 1)))
    large.load_state_dict(large.new_weights() | small.state_dict())
    torch.testing.assert_close(large(log_mel, LENGTHS).phonemes, small(log_mel, LENGTHS).phonemes)
    with torch.enable_grad():
        large(log_mel, LENGTHS).phonemes[..., 1].sum().backward()
    for name, weight in large.named_parameters():
        if name.endswith("second.weight"):
            assert weight.grad is not None and weight.grad.abs().max() > 0


@torch.no_grad()
def test_the_mean_of_the_utterance_goes_before_that_of_the_training(log_mel: torch.Tensor) -> None:
    """Law: another colour of the channel changes the less, the less the training's mean counts."""
    torch.manual_seed(0)
    weights = Recognizer(RecognizerSizes(hidden_size=8)).state_dict()
    colour, changes = torch.linspace(-3, 3, 80), []
    for mean_frames in (0, 1000, 1):
        net = Recognizer(RecognizerSizes(hidden_size=8, mean_frames=mean_frames)).eval()
        net.load_state_dict(weights)
        plain, coloured = (net(x, LENGTHS).phonemes for x in (log_mel, log_mel + colour))
        changes.append(float((plain - coloured)[0].abs().mean()))
    assert changes[0] > changes[1] > 10 * changes[2]


def test_reversal_by_length_is_its_own_inverse() -> None:
    x = torch.arange(12.0).reshape(2, 6, 1)
    lengths = torch.tensor([6, 3])
    turned = reverse_by_length(x, lengths)
    assert turned[1, :, 0].tolist() == [8, 7, 6, 9, 10, 11]
    torch.testing.assert_close(reverse_by_length(turned, lengths), x)


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: RecurrentStack(4, 8, 2, cell="lsmt"), "cell is 'lsmt'; expected one of lstm, gru, rnn"),  # type: ignore[arg-type]
        (lambda: RecurrentStack(4, 8, 2, direction="back"), "direction is 'back'"),  # type: ignore[arg-type]
        (lambda: RecurrentStack(4, 0, 2), "hidden_size is 0"),
        (lambda: Context(chunk=0, look_ahead=1), "chunk is 0"),
        (lambda: Context(chunk=1, look_ahead=-1), "look_ahead is -1"),
        (lambda: RecognizerSizes(n_layers=1), "n_layers is 1"),
        (lambda: RecognizerSizes(n_layers=0, factored_layers=2), "n_layers is 0; expected at least 1"),
        (lambda: RecognizerSizes(n_senones=5), "reads factored layers"),
        (lambda: RecognizerSizes(factored_layers=-1), "factored_layers is -1"),
        (lambda: FactoredStack(4, 8, 0, 2, dropout=0.0), "bottleneck of the factored layers is 0"),
        (lambda: RecognizerSizes(channels=(8, 0)), "channels is"),
        (lambda: RecognizerSizes(strides=(4,)), "strides is"),
        (lambda: RecognizerSizes(dropout=1.0), "dropout is 1.0"),
        (lambda: RecognizerSizes(n_mels=82), "n_mels is 82"),
        (lambda: RecognizerSizes(mean_frames=-1), "mean_frames is -1"),
        (lambda: RecognizerSizes(warps=()), "warps is"),
        (lambda: RecognizerSizes(blocks=(1,)), "blocks is"),
        (lambda: RecognizerSizes(blocks=(1, -1)), "blocks is"),
        (lambda: RecognizerSizes(warps=(1.0, 3.0)), "warps is"),
    ],
)
def test_sizes_out_of_range_are_named(build: object, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        build()  # type: ignore[operator]
