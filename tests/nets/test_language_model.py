"""Language models: pieces equal the whole, and a step at a time equals both."""

import numpy as np
import pytest
import torch

from speechrnn.errors import ConfigError
from speechrnn.nets.language_model import LanguageModel, LanguageModelSizes
from speechrnn.nets.step_network import StepNetwork


def make(cell: str, n_layers: int = 2, tied: bool = True) -> LanguageModel:
    torch.manual_seed(3)
    sizes = LanguageModelSizes(n_tokens=11, hidden_size=16, n_layers=n_layers, cell=cell, tied=tied)  # type: ignore[arg-type]
    net = LanguageModel(sizes).eval()
    for name, weight in net.named_parameters():
        if "norm" in name:  # as new they are ones and zeros, which hides mistakes
            torch.nn.init.uniform_(weight, 0.5, 1.5)
    return net


@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
def test_pieces_with_their_state_equal_the_whole(cell: str) -> None:
    net, tokens = make(cell), torch.randint(0, 11, (2, 30))
    with torch.inference_mode():
        whole, end = net(tokens, net.initial(2))
        first, state = net(tokens[:, :13], net.initial(2))
        second, state = net(tokens[:, 13:], state)
    torch.testing.assert_close(torch.cat([first, second], dim=1), whole)
    torch.testing.assert_close(state, end)


@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
@pytest.mark.parametrize(("eight_bit", "tolerance"), [(False, 1e-5), (True, 0.1)])
def test_step_by_step_equals_the_whole(cell: str, eight_bit: bool, tolerance: float) -> None:
    net, tokens = make(cell, tied=False), torch.randint(0, 11, (3, 20))
    with torch.inference_mode():
        whole, _ = net(tokens, net.initial(3))
    stepper = StepNetwork(net, eight_bit=eight_bit)
    state = stepper.initial(3)
    for place in range(20):
        logits, state = stepper.step(tokens[:, place].numpy(), state)
        np.testing.assert_allclose(logits, whole[:, place].numpy(), atol=tolerance)


def test_a_kept_state_can_be_gone_back_to() -> None:
    stepper = StepNetwork(make("lstm"))
    _, kept = stepper.step(np.array([1]), stepper.initial())
    first, _ = stepper.step(np.array([2]), kept)
    stepper.step(np.array([5]), kept)
    again, _ = stepper.step(np.array([2]), kept)
    np.testing.assert_array_equal(first, again)


def test_a_tied_model_has_one_matrix_for_both_ends() -> None:
    net = make("lstm")
    assert net.output_weight is net.embedding.weight
    assert sum(weight.shape == (11, 16) for weight in net.state_dict().values()) == 1


@pytest.mark.parametrize("changes", [{"n_tokens": 1}, {"dropout": 1.0}])
def test_sizes_out_of_range_are_refused(changes: dict[str, float]) -> None:
    with pytest.raises(ConfigError, match=next(iter(changes))):
        LanguageModelSizes(**changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
def test_priming_by_a_stretch_equals_priming_step_by_step(cell: str) -> None:
    stepper, tokens = StepNetwork(make(cell), eight_bit=False), np.random.default_rng(2).integers(0, 11, 600)
    state = stepper.initial()
    for token in tokens[:-1]:
        _, state = stepper.step(np.array([token]), state)
    primed = stepper.advance(tokens[:-1], stepper.initial())
    np.testing.assert_allclose(primed, state, atol=1e-5)
    assert stepper.advance(tokens[:0], state) is state


def test_streams_side_by_side_do_not_touch_each_other() -> None:
    stepper = StepNetwork(make("lstm"), eight_bit=False)
    together, _ = stepper.step(np.array([1, 5, 7]), stepper.initial(3))
    for row, token in zip(together, (1, 5, 7), strict=True):
        alone, _ = stepper.step(np.array([token]), stepper.initial())
        np.testing.assert_allclose(row, alone[0], atol=1e-6)
