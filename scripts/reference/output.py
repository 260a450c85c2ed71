"""Writes one reference file to test/reference. Floats are printed so that they read back to the same double."""

import json
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
FOLDER = CHECKOUT / "test" / "reference"


def _plain(value):
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, (str, bool, int)):
        return value
    return float(value)


def write(name, generated_by, description, units, content):
    FOLDER.mkdir(parents=True, exist_ok=True)
    document = {"generatedBy": generated_by, "description": description, "units": units, **_plain(content)}
    text = json.dumps(document, indent=1, allow_nan=False)
    (FOLDER / name).write_text(text + "\n")
