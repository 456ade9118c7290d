"""The tensors of an E5S1 file under the names of transformers' BertModel."""

from __future__ import annotations

import numpy as np

from indexer.default_model.e5s1 import Floats, ModelFile

__all__ = ["bert_weights"]

# BERT's name of a linear layer, its name in the file, and which sizes it goes from and to.
LINEAR_LAYERS = (
    ("attention.self.query", "q", "hidden", "hidden"),
    ("attention.self.key", "k", "hidden", "hidden"),
    ("attention.self.value", "v", "hidden", "hidden"),
    ("attention.output.dense", "ao", "hidden", "hidden"),
    ("intermediate.dense", "fi", "hidden", "feed_forward"),
    ("output.dense", "fo", "feed_forward", "hidden"),
)
NORMS = (("attention.output.LayerNorm", "aln"), ("output.LayerNorm", "oln"))


def bert_weights(model: ModelFile) -> dict[str, Floats]:
    """Restore every weight to float32, by BERT's names; ModelError if one is absent."""
    hidden = model.header.hidden
    weights = _embeddings(model)
    for layer in range(model.header.layers):
        weights |= _layer(model, layer)
    # The file has no pooler, and mean pooling uses none; without these two tensors the loader
    # would warn and fill them at random.
    weights["pooler.dense.weight"] = np.zeros((hidden, hidden), np.float32)
    weights["pooler.dense.bias"] = np.zeros(hidden, np.float32)
    return weights


def _embeddings(model: ModelFile) -> dict[str, Floats]:
    header = model.header
    tables = (
        ("word_embeddings.weight", "emb.word", (header.vocabulary, header.hidden)),
        ("position_embeddings.weight", "emb.pos", (header.positions, header.hidden)),
        ("token_type_embeddings.weight", "emb.type", (header.token_types, header.hidden)),
        ("LayerNorm.weight", "emb.ln.w", (header.hidden,)),
        ("LayerNorm.bias", "emb.ln.b", (header.hidden,)),
    )
    return {f"embeddings.{name}": model.tensor(key, *shape) for name, key, shape in tables}


def _layer(model: ModelFile, layer: int) -> dict[str, Floats]:
    header = model.header
    sizes = {"hidden": header.hidden, "feed_forward": header.feed_forward}
    prefix = f"encoder.layer.{layer}."
    weights = {}
    for name, key, source, target in LINEAR_LAYERS:
        shape = (sizes[target], sizes[source])
        weights[f"{prefix}{name}.weight"] = model.tensor(f"l{layer}.{key}.w", *shape)
        weights[f"{prefix}{name}.bias"] = model.tensor(f"l{layer}.{key}.b", sizes[target])
    for name, key in NORMS:
        weights[f"{prefix}{name}.weight"] = model.tensor(f"l{layer}.{key}.w", header.hidden)
        weights[f"{prefix}{name}.bias"] = model.tensor(f"l{layer}.{key}.b", header.hidden)
    return weights
