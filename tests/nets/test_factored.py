"""Factored layers: how far they hear, and what a stream of them gives."""

from __future__ import annotations

import pytest
import torch

from speechrnn.nets.factored import FactoredStack, SharedDropout


@pytest.mark.parametrize(("n_layers", "look_ahead"), [(1, 1), (2, 1), (3, 2), (6, 3)])
@torch.no_grad()
def test_an_output_sees_so_many_frames_ahead_and_no_more(n_layers: int, look_ahead: int) -> None:
    torch.manual_seed(0)
    stack = FactoredStack(4, 16, 5, n_layers, dropout=0.0).eval()
    assert stack.look_ahead == look_ahead
    x, lengths = torch.randn(1, 40, 4), torch.tensor([40])
    changed = x.clone()
    changed[:, 20] += 1.0
    moved = (stack(x, lengths)[0] - stack(changed, lengths)[0]).abs().amax(dim=(0, 2))
    (places,) = torch.nonzero(moved > 1e-6, as_tuple=True)
    assert int(places.min()) == 20 - look_ahead
    assert int(places.max()) == 20 + 2 * n_layers - look_ahead  # each layer sees three frames


@pytest.mark.parametrize("cuts", [[], [1], [1, 2, 3], [10, 11, 29], [0, 0, 30]])
@torch.no_grad()
def test_a_stream_gives_what_the_whole_gives(cuts: list[int]) -> None:
    torch.manual_seed(0)
    stack = FactoredStack(4, 16, 5, 5, dropout=0.3).eval()
    x = torch.randn(2, 30, 4)
    whole, _ = stack(x, torch.tensor([30, 30]))
    held, parts = stack.initial(2), []
    for start, end in zip([0, *cuts], [*cuts, 30], strict=True):
        out, held = stack.step(x[:, start:end], held, last=False)
        parts.append(out)
    assert sum(part.shape[1] for part in parts) == 30 - stack.look_ahead
    out, _ = stack.step(x[:, :0], held, last=True)
    torch.testing.assert_close(torch.cat([*parts, out], dim=1), whole, atol=1e-5, rtol=0)


def test_dropout_is_one_number_for_each_channel_of_an_utterance() -> None:
    torch.manual_seed(0)
    dropout = SharedDropout(0.25)
    out = dropout(torch.ones(3, 7, 500))
    torch.testing.assert_close(out, out[:, :1].expand_as(out))
    assert 0.5 <= float(out.min()) < 0.55 and 1.45 < float(out.max()) <= 1.5
    assert float(out.mean()) == pytest.approx(1.0, abs=0.03)
    assert torch.equal(dropout.eval()(out), out)
