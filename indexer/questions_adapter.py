"""Turn an embedding model towards questions: a low-rank change of its attention, for questions only.

Everyday wording stands far from the language of articles. The change (LoRA; Hu et al., 2021) was
learned on everyday questions and the articles that answer them, against all other articles, while
the vectors of passages stayed as they are: no index has to be made anew for it.
``python -m eval.training.adapter`` makes the file.
"""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

from corpus.errors import ModelError

__all__ = ["ADAPTER_FILE", "for_questions"]

ADAPTER_FILE = Path(__file__).parent / "default_model" / "questions.safetensors"


def for_questions(model: Any, path: Path = ADAPTER_FILE) -> Any:
    """Return a copy of a sentence-transformers model with the change applied.

    What does not change is shared: the copy costs the memory of the changed matrices alone.
    """
    from safetensors.torch import load_file
    from torch import nn

    memo: dict[int, Any] = {id(tensor): tensor for tensor in model.parameters()}
    memo |= {id(tensor): tensor for tensor in model.buffers()}
    memo[id(model.tokenizer)] = model.tokenizer
    turned = copy.deepcopy(model, memo)
    try:
        change = load_file(path)
        for name in {key.rpartition(".")[0] for key in change}:
            layer = turned[0].auto_model.get_submodule(name)
            added = change[f"{name}.B"].float() @ change[f"{name}.A"].float()
            layer.weight = nn.Parameter(layer.weight + added, requires_grad=False)
    except (OSError, AttributeError, RuntimeError, KeyError) as error:
        raise ModelError(
            f"问句适配文件与模型不符 / the adapter does not fit the model: {path.name}: {error}"
        ) from error
    return turned
