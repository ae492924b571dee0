"""Text and music with a composing network: load a bundle, ask, iterate.

    composer = Composer.load("text-shakespeare")
    for token in composer.write(TextRequest(primer="To be", seed=7)):
        print(token.text, end="")

`write` gives the tokens of a text, `compose` the notes of a tune, each as soon as it is chosen; both are
generators, so that to stop is to ask for no more. The same bundle, request and version give the same bytes on
the same kind of processor: networks run on one core with 8-bit matrices, whose kernels, and those of the
exponential functions, may differ in the last bit between processors.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from speechrnn.bundles.bundle import Bundle
from speechrnn.bundles.catalog import find_bundle, list_bundles
from speechrnn.bundles.network import load_network
from speechrnn.decoding.originality import FILE, Copied, OriginalityIndex, copied_text, copied_tune
from speechrnn.errors import BundleError, ConfigError, DataError
from speechrnn.music import chorale_tokens, folk_tokens
from speechrnn.music.abc_reader import AbcTune, play_out
from speechrnn.music.importing import chorale_piece_of_tune, folk_piece_of_abc, folk_piece_of_tune
from speechrnn.music.piece import Bar, Piece
from speechrnn.music.tune import Tune
from speechrnn.nets.language_model import LanguageModel, LanguageModelSizes
from speechrnn.nets.step_network import StepNetwork
from speechrnn.pipeline.compose_chorale import chorale_events, chorale_piece
from speechrnn.pipeline.compose_folk import folk_events, folk_piece
from speechrnn.pipeline.compose_requests import (
    KINDS,
    Action,
    Continuation,
    Kind,
    MusicRequest,
    Provenance,
    TextRequest,
    TextToken,
    TuneEvent,
    regenerated,
    variations,
    varied,
)
from speechrnn.pipeline.compose_text import (
    PRIMER_LENGTH,
    HeardPrimer,
    continuations,
    heard_primer,
    heard_request,
    write_text,
)
from speechrnn.text.codec import TextCodec
from speechrnn.text.vocabulary import read_vocabulary

__all__ = [
    "PRIMER_LENGTH",
    "Action",
    "Bar",
    "Composer",
    "Continuation",
    "Copied",
    "HeardPrimer",
    "Kind",
    "MusicRequest",
    "Piece",
    "Provenance",
    "TextRequest",
    "TextToken",
    "TuneEvent",
    "composing_bundles",
    "kind_of",
    "regenerated",
    "variations",
    "varied",
]

TASK = "language_model"
_VOCABULARIES = {"folk": folk_tokens.VOCABULARY, "chorale": chorale_tokens.VOCABULARY}


def composing_bundles() -> list[Bundle]:
    """The bundles that compose, of all folders of the catalog; refused ones are left out."""
    entries = list_bundles()
    return [e.bundle for e in entries if e.bundle is not None and e.bundle.info.task == TASK]


def kind_of(bundle: Bundle) -> Kind | None:
    """What a bundle composes by its tokens; None where it does not."""
    return KINDS.get(str(bundle.info.features.get("tokens"))) if bundle.info.task == TASK else None


class Composer:
    """A network that writes text or music. Used by one thread at a time.

    Attributes:
        kind: text, or folk or chorale: music.
        bundle_id: such as "text-shakespeare".
        bundle_sha256: of all bytes of the bundle.
        bundle: with its card, scores and licence.
        network: one token at a time.
        knows_tonic: of a chorale network: it learned pieces with their tonic behind the mode.
    """

    def __init__(self, bundle: Bundle) -> None:
        """Reads the network of a bundle.

        Raises:
            BundleError: it is damaged, for something else, or its tokens are not known to this program.
        """
        self.bundle = bundle
        self.bundle_id, self.bundle_sha256 = bundle.info.id, bundle.sha256
        tokens = bundle.info.features.get("tokens")
        kind = kind_of(bundle)
        if kind is None:
            raise BundleError(
                f"the bundle {bundle.info.id} does not compose ({bundle.info.task}, tokens {tokens!r}): "
                f"choose another one with `speechrnn models` ({bundle.path})"
            )
        self.kind = kind
        self.knows_tonic = bool(bundle.info.features.get("tonic", False))
        self._codec: TextCodec | None = None
        self._index: OriginalityIndex | None = None
        try:
            vocabulary = read_vocabulary(bundle.lines("vocabulary.txt"))
            if self.kind == "text":
                self._codec = TextCodec(vocabulary)
            elif vocabulary != _VOCABULARIES[self.kind]:
                raise DataError(f"its tokens are not the {self.kind} tokens of this version")
        except DataError as error:
            raise BundleError(
                f"the vocabulary of the bundle {bundle.info.id} does not fit this program ({error}): "
                f"take a bundle that was made for it ({bundle.path})"
            ) from error
        net = load_network(bundle, LanguageModelSizes, LanguageModel)
        if net.sizes.n_tokens != len(vocabulary):
            raise BundleError(
                f"the bundle {bundle.info.id} has {len(vocabulary)} tokens in its vocabulary and "
                f"{net.sizes.n_tokens} in its network: copy it again ({bundle.path})"
            )
        self.network = StepNetwork(net)

    @classmethod
    def load(cls, id_or_folder: str | Path) -> Composer:
        """A composer from the id of a bundle or its folder.

        Raises:
            BundleError: no such bundle, damaged, or for something else.
        """
        return cls(find_bundle(id_or_folder, TASK))

    def heard_primer(self, primer: str) -> HeardPrimer:
        """What the network hears of a primer, and which characters it cannot write."""
        return heard_primer(self._text(), primer)

    def write(self, request: TextRequest) -> Iterator[TextToken]:
        """The tokens of a text, each as soon as it is chosen; the primer is not among them.

        Raises:
            ConfigError: this network writes music.
        """
        return write_text(self.network, self._text(), request)

    def continuations(self, text: str, n: int = 5) -> list[Continuation]:
        """The likeliest words to go on with behind a text, the likeliest first.

        Raises:
            ConfigError: this network writes music, or n is not 1..100.
        """
        if not 1 <= n <= 100:
            raise ConfigError(f"n is {n}; expected 1 to 100")
        return continuations(self.network, self._text(), text, n)

    def compose(self, request: MusicRequest) -> Iterator[TuneEvent]:
        """The notes of a tune, each as soon as it is complete, what was given among them.

        Raises:
            ConfigError: this network writes text, or cannot do what is asked.
        """
        self._check_music(request)
        return self._events(request)

    def _events(self, request: MusicRequest) -> Iterator[TuneEvent]:
        events = (
            folk_events(self.network, request)
            if self.kind == "folk"
            else chorale_events(self.network, request, knows_tonic=self.knows_tonic)
        )
        for number, event in enumerate(events, start=1):
            yield event
            if number == request.max_events:
                return

    def assemble(self, request: MusicRequest, events: Sequence[TuneEvent]) -> Piece:
        """The piece that the events of `compose` make, all of them or the first ones.

        Raises:
            ConfigError: as `compose`.
        """
        self._check_music(request)
        return (folk_piece if self.kind == "folk" else chorale_piece)(request, events)

    def piece(self, tune: Tune | AbcTune) -> Piece:
        """A tune that somebody brings, to go on from: `abc_reader.parse_abc`, `midi.read_midi`.

        Raises:
            ConfigError: this network has no tokens for it, with the reason.
        """
        if self.kind == "text":
            raise ConfigError(f"{self.bundle_id} writes text, not music: choose a music model")
        if self.kind == "chorale":
            return chorale_piece_of_tune(play_out(tune) if isinstance(tune, AbcTune) else tune)
        return folk_piece_of_abc(tune) if isinstance(tune, AbcTune) else folk_piece_of_tune(tune)

    @property
    def originality(self) -> OriginalityIndex | None:
        """The index of what the network learned from; None where the bundle has none.

        Raises:
            BundleError: the index is damaged.
        """
        if self._index is None and FILE in self.bundle.files:
            try:
                self._index = OriginalityIndex.from_bytes(self.bundle.read(FILE))
            except DataError as error:
                raise BundleError(f"{self.bundle_id}: {error} ({self.bundle.path})") from error
        return self._index

    def longest_copied(self, what: str | Tune) -> Copied | None:
        """The longest span of a text or tune that stands in what the network learned from, in whatever key.

        None where nothing is found: nothing of at least `originality.certain_length` characters, or steps
        from note to note, was copied.

        Raises:
            ConfigError: the bundle has no index.
            BundleError: it is damaged.
        """
        index = self.originality
        if index is None:
            raise ConfigError(
                f"the bundle {self.bundle_id} has no {FILE}, so that nothing can be said of what is copied: "
                "train it again with this version"
            )
        return copied_text(index, what) if isinstance(what, str) else copied_tune(index, what)

    def provenance(self, request: TextRequest | MusicRequest, n_made: int | None = None) -> Provenance:
        """Where what a request gives comes from.

        Args:
            request: as it was asked.
            n_made: characters or events that were taken, where it was stopped before its end; None for all.
        """
        if isinstance(request, TextRequest):
            request = heard_request(self._text(), request)
            request = request if n_made is None else replace(request, length=max(1, n_made))
        elif n_made is not None:
            request = replace(request, max_events=max(1, n_made))
        return Provenance(bundle=self.bundle_id, bundle_sha256=self.bundle_sha256, request=request)

    def _text(self) -> TextCodec:
        if self._codec is None:
            raise ConfigError(f"{self.bundle_id} writes music, not text: choose a text model")
        return self._codec

    def _check_music(self, request: MusicRequest) -> None:
        if self.kind == "text":
            raise ConfigError(f"{self.bundle_id} writes text, not music: choose a music model")
        if request.action == "harmonise" and self.kind != "chorale":
            raise ConfigError(f"{self.bundle_id} writes melodies: choose a chorale model to harmonise one")
        if request.piece is not None and request.piece.kind != self.kind:
            raise ConfigError(
                f"the piece is of {request.piece.kind} tokens, {self.bundle_id} has {self.kind} tokens: "
                "bring it over with `Composer.piece`"
            )
