"""Pictures of documents: PNG, JPEG, BMP, TIFF of several pages, read by recognition."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from corpus.errors import LoadError
from indexer.loaders.base import Source
from indexer.loaders.ocr import Recogniser, recognition_findings, regions_of_spots
from indexer.loaders.pdf_chars import Frame
from indexer.loaders.pdf_furniture import Page
from indexer.loaders.pdf_source import lines_of

__all__ = ["load_image"]

#: A page of A3 at 600 dots an inch has 70 million; more is made to fill the memory.
_MOST_PIXELS = 100_000_000
_MOST_FRAMES = 500
#: What recognition reads well; a larger picture is made smaller first.
_LONGEST_SIDE = 2400


def load_image(path: Path) -> Source:
    """Recognise each page of a picture; raise LoadError without the extra or where damaged."""
    recogniser = Recogniser.load(path.name)
    pages: list[Page] = []
    # A decoder can fail on a damaged or hostile picture with errors of many kinds.
    try:
        for number, (image, scale) in enumerate(_frames(path), 1):
            # Points of 1/72 inch, as if scanned at 200 dots: sizes then mean what they do in a PDF.
            spots = recogniser.read(image, scale * 72 / 200)
            height, width = image.shape[:2]
            size = (width * scale * 72 / 200, height * scale * 72 / 200)
            frame = Frame(number, 0.0, 0.0, size[0], size[1], 0, 0)
            pages.append(Page(frame, regions_of_spots(spots)))
    except (LoadError, FileNotFoundError, PermissionError, IsADirectoryError):
        raise
    except Exception as error:
        raise LoadError(
            f"图片损坏或无法识别 / the picture is damaged: {path.name}: {error}", field="file"
        ) from error
    lines = lines_of(pages)
    if not lines:
        raise LoadError(
            f"图片中没有识别出文字 / no text was recognised in the picture: {path.name}",
            field="file",
        )
    read = [page.frame.page for page in pages if page.regions]
    return Source(lines, findings=tuple(recognition_findings(lines, read)))


def _frames(path: Path) -> Iterator[tuple[np.ndarray[Any, Any], float]]:
    """Yield each picture of a file as rows of blue, green, red, and how much smaller it was made."""
    from PIL import Image, ImageOps

    with warnings.catch_warnings():
        # Beyond this the library only warns; the size is checked here, before any decoding.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            opened = Image.open(path)
        except Image.DecompressionBombError as error:
            raise _too_large(path) from error
        with opened as picture:
            frames = getattr(picture, "n_frames", 1)
            if frames > _MOST_FRAMES:
                raise _too_large(path)
            for number in range(frames):
                picture.seek(number)
                if picture.width * picture.height > _MOST_PIXELS:
                    raise _too_large(path)
                upright = _on_white(ImageOps.exif_transpose(picture))
                scale = max(1.0, max(upright.size) / _LONGEST_SIDE)
                upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
                yield np.ascontiguousarray(np.asarray(upright)[:, :, ::-1]), scale


def _on_white(picture: Any) -> Any:
    """Return a picture without transparency: what shows through is paper."""
    from PIL import Image

    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        paper = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(paper, layer).convert("RGB")
    return picture.convert("RGB")


def _too_large(path: Path) -> LoadError:
    return LoadError(f"图片尺寸过大 / the picture is too large: {path.name}", field="file")
