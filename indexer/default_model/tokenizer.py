"""The unigram tokenizer of XLM-RoBERTa, which multilingual-e5-small uses.

The rule is SentencePiece's nmt_nfkc. No compiled character map is carried: the tokenizers
library's own Nmt and NFKC do the same, which is checked against the model file's map.
"""

from __future__ import annotations

from collections.abc import Mapping

from tokenizers import (
    AddedToken,
    Regex,
    Tokenizer,
    decoders,
    models,
    normalizers,
    pre_tokenizers,
    processors,
)

from corpus.errors import ModelError
from indexer.default_model.e5s1 import TokenizerData

__all__ = ["MASK_TOKEN", "build_normalizer", "build_tokenizer"]

MASK_TOKEN = "<mask>"
# nmt_nfkc leaves the full-width tilde, frequent in Chinese, as it is; NFKC does not.
# A noncharacter, which no text may contain, stands in for it meanwhile.
TILDE = "\uff5e"
STAND_IN = "\ufdd0"


def build_tokenizer(data: TokenizerData) -> Tokenizer:
    """Build the tokenizer; ModelError if the installed library would normalise otherwise."""
    tokenizer = Tokenizer(models.Unigram(list(data.pieces), unk_id=data.unk, byte_fallback=False))
    tokenizer.normalizer = build_normalizer()
    _check_normalizer(tokenizer.normalizer, data.char_map)
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="always")
    bos, eos = data.pieces[data.bos][0], data.pieces[data.eos][0]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, data.bos), (eos, data.eos)],
    )
    special = sorted((data.bos, data.pad, data.eos, data.unk))
    tokenizer.add_special_tokens(
        [AddedToken(data.pieces[i][0], special=True, normalized=False) for i in special]
        + [AddedToken(MASK_TOKEN, special=True, normalized=False, lstrip=True)]
    )
    return tokenizer


def build_normalizer() -> normalizers.Normalizer:
    """Build nmt_nfkc, which also folds runs of spaces into one."""
    return normalizers.Sequence(
        [
            normalizers.Replace(TILDE, STAND_IN),
            normalizers.Nmt(),
            normalizers.NFKC(),
            normalizers.Replace(STAND_IN, TILDE),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )


def _check_normalizer(normalizer: normalizers.Normalizer, char_map: Mapping[str, str]) -> None:
    for char, expected in {**char_map, TILDE: TILDE}.items():
        if normalizer.normalize_str(char) != expected:
            raise ModelError(
                "已安装的 tokenizers 版本与默认模型的文本规范化不一致 / the installed version of "
                f"tokenizers normalises U+{ord(char):04X} otherwise than the default model"
            )
