"""Write an E5S1 model as a folder that sentence-transformers loads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from safetensors import SafetensorError
from safetensors.numpy import save_file

from indexer.default_model.e5s1 import Header, ModelFile, TokenizerData
from indexer.default_model.tokenizer import MASK_TOKEN, build_tokenizer
from indexer.default_model.weights import bert_weights

__all__ = ["write_folder"]


def write_folder(model: ModelFile, folder: Path) -> None:
    """Write weights (float32), tokenizer and settings into an empty folder; OSError if it cannot.

    The layout is the classic one of sentence-transformers, and its values are those of the
    settings of intfloat/multilingual-e5-small.
    """
    settings = _settings(model)
    for name, content in settings.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    # The module has no settings, but its folder is expected.
    (folder / "2_Normalize").mkdir()
    tokenizer = build_tokenizer(model.tokenizer)
    (folder / "tokenizer.json").write_text(tokenizer.to_str(), encoding="utf-8")
    weights = folder / "model.safetensors"
    try:
        save_file(bert_weights(model), weights, metadata={"format": "pt"})
    except SafetensorError as error:
        # The library has no other way to say that the disk is full.
        raise OSError(str(error)) from error
    # save_file keeps the file to its owner; a cache may be shared.
    weights.chmod((folder / "config.json").stat().st_mode & 0o777)


# Any: these become JSON.
def _settings(model: ModelFile) -> dict[str, Any]:
    positions = model.header.positions
    return {
        "config.json": _bert_config(model),
        "tokenizer_config.json": _tokenizer_config(model.tokenizer, positions),
        "modules.json": [
            _module(0, "", "Transformer"),
            _module(1, "1_Pooling", "Pooling"),
            _module(2, "2_Normalize", "Normalize"),
        ],
        "sentence_bert_config.json": {"max_seq_length": positions, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "passage": "passage: ", "document": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "1_Pooling/config.json": _pooling(model.header),
    }


def _bert_config(model: ModelFile) -> dict[str, Any]:
    header = model.header
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "dtype": "float32",
        "hidden_act": "gelu",
        "hidden_size": header.hidden,
        "intermediate_size": header.feed_forward,
        "layer_norm_eps": header.epsilon,
        "max_position_embeddings": header.positions,
        "num_attention_heads": header.heads,
        "num_hidden_layers": header.layers,
        "pad_token_id": model.tokenizer.pad,
        "type_vocab_size": header.token_types,
        "vocab_size": header.vocabulary,
    }


def _tokenizer_config(data: TokenizerData, positions: int) -> dict[str, Any]:
    bos, eos = data.pieces[data.bos][0], data.pieces[data.eos][0]
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "bos_token": bos,
        "cls_token": bos,
        "eos_token": eos,
        "sep_token": eos,
        "pad_token": data.pieces[data.pad][0],
        "unk_token": data.pieces[data.unk][0],
        "mask_token": MASK_TOKEN,
        "model_input_names": ["input_ids", "attention_mask"],
        "model_max_length": positions,
        "padding_side": "right",
    }


def _module(index: int, path: str, name: str) -> dict[str, Any]:
    kind = f"sentence_transformers.models.{name}"
    return {"idx": index, "name": str(index), "path": path, "type": kind}


def _pooling(header: Header) -> dict[str, Any]:
    return {
        "word_embedding_dimension": header.hidden,
        "pooling_mode_cls_token": False,
        "pooling_mode_mean_tokens": True,
        "pooling_mode_max_tokens": False,
        "pooling_mode_mean_sqrt_len_tokens": False,
    }
