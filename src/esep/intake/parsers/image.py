"""Pictures: format and size from the header, without decoding the pixels."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from PIL import Image, UnidentifiedImageError

from esep.errors import RefusedFile
from esep.intake.limits import Limits


def parse(content: bytes, *, limits: Limits) -> Iterator[dict[str, Any]]:
    """One object: `format`, `width`, `height` in pixels, `pages`, or `broken` where the header cannot be read."""
    Image.MAX_IMAGE_PIXELS = None  # our own cap below has our own words
    try:
        with Image.open(io.BytesIO(content)) as picture:
            width, height = picture.size
            kind = picture.format
            frames = getattr(picture, "n_frames", 1) if kind == "TIFF" else 1  # elsewhere frames are a moving picture
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        yield {"broken": True}
        return
    if width * height > limits.pixels:
        raise RefusedFile(
            f"the picture has {width} x {height} pixels; {limits.pixels} is the most that is read",
            hint="add a smaller copy, and keep the original where it is",
        )
    yield {"format": kind, "width": width, "height": height, "pages": frames}
