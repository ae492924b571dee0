"""The bundle that recognizer training ends with: weights, labels, lexicon, language model, card, scores.

Weights are stored as 8-bit integers (`nets.quantize`). The scores are measured on the network as it is
read back from the bundle, so that they hold for what is shipped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from torch import Tensor, nn

from speechrnn.bundles import phoneme_trigram, rescorer
from speechrnn.bundles.bundle import Bundle, BundleInfo, save_bundle
from speechrnn.decoding.beam import BeamOptions
from speechrnn.decoding.confidence import Calibration
from speechrnn.decoding.phoneme_trigram import PhonemeTrigram
from speechrnn.errors import ConfigError
from speechrnn.features.log_mel import FeatureOptions
from speechrnn.nets.quantize import quantize
from speechrnn.nets.recognizer import RecognizerSizes
from speechrnn.text.labels import BLANK, CHARACTERS, PHONEMES
from speechrnn.text.lexicon import Lexicon

LEXICON, LANGUAGE_MODEL = "lexicon.txt.xz", "lm.bin"


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleParts:
    """What a recognizer's bundle holds besides its weights.

    Attributes:
        id: of the bundle.
        sizes: of the network.
        features: of its input.
        decoding: the beam's numbers and, under "calibration", those of the confidence; the prior is
            measured when the bundle is written.
        lexicon: words that can be recognized.
        language_model: a KenLM file; None for a bundle that decodes greedily only.
        rescorer: a bundle of recipes/lm-words.toml for the second pass, or None.
        trained_on: the corpora and their licences, a line each.
        recipe: text of the recipe.
    """

    id: str
    sizes: RecognizerSizes
    features: FeatureOptions
    decoding: Mapping[str, Any]
    lexicon: Lexicon
    language_model: Path | None
    trained_on: Sequence[str]
    recipe: str
    rescorer: Bundle | None = None

    def __post_init__(self) -> None:
        known = {f.name for f in fields(BeamOptions)} | {"calibration"}
        for key in self.decoding:
            if key not in known:
                raise ConfigError(f"[decoding] has {key}; expected some of {', '.join(sorted(known))}")
        # Built once for their checks: a bundle must not be written with a value that it cannot run.
        BeamOptions(**{key: value for key, value in self.decoding.items() if key != "calibration"})
        Calibration.from_table(self.decoding.get("calibration", {}))


def write_recognizer(
    folder: Path,
    net: nn.Module,
    parts: BundleParts,
    log_prior: Sequence[float],
    scores: Sequence[Mapping[str, Any]],
    card: str,
    *,
    trigram: PhonemeTrigram | None = None,
) -> Bundle:
    """Writes the bundle of a trained recognizer.

    Args:
        folder: to make or replace.
        net: the network.
        parts: what goes with it.
        log_prior: natural log of how often the network emits each phoneme class.
        scores: as `BundleInfo.scores`.
        card: text of `CARD.md`.
        trigram: of the phonemes of the training, for the second pass.

    Raises:
        OutputError: the folder cannot be written.
    """
    files: dict[str, bytes | str | Path] = {
        "phonemes.txt": "\n".join((BLANK, *PHONEMES)) + "\n",
        "characters.txt": "\n".join((BLANK, *CHARACTERS)) + "\n",
        LEXICON: parts.lexicon.to_bytes(),
        "recipe.toml": parts.recipe,
    }
    if parts.language_model is not None:
        files[LANGUAGE_MODEL] = parts.language_model
    decoding = {**parts.decoding, "log_prior": [round(value, 4) for value in log_prior]}
    if parts.rescorer is not None:
        files[rescorer.WEIGHTS] = parts.rescorer.read("weights.safetensors")
        files[rescorer.VOCABULARY] = parts.rescorer.read("vocabulary.txt")
        sizes = {key: value for key, value in parts.rescorer.info.net.items() if key != "class"}
        decoding[rescorer.TABLE] = sizes
    if trigram is not None:
        files[phoneme_trigram.FILE] = phoneme_trigram.trigram_bytes(trigram)
    tensors: dict[str, Tensor] = quantize(net.state_dict())
    info = BundleInfo(
        id=parts.id,
        task="recognizer",
        net={"class": "Recognizer", **asdict(parts.sizes)},
        features=asdict(parts.features),
        decoding=decoding,
        licence="Apache-2.0",
        trained_on=tuple(parts.trained_on),
        scores=tuple(scores),
        min_speechrnn="0.1.0",
    )
    return save_bundle(
        folder, info, tensors=tensors, files=files, card=card, keep_float32=exact_names(tensors)
    )


def exact_names(tensors: Mapping[str, Tensor]) -> list[str]:
    """Which quantized tensors stay float32: scales, biases and the normalisation, few and weighty."""
    return [name for name, tensor in tensors.items() if tensor.ndim < 2 and tensor.is_floating_point()]
