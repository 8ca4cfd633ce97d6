"""The case table, tests/cases/*.json: what every face must do."""

import json

from places import CASES

FACES = ("python", "c", "rust")


def load(operation):
    table = json.loads((CASES / f"{operation}.json").read_text(encoding="utf-8"))
    assert table["operation"] == operation
    for case in table["cases"]:
        # The cases about client options say themselves which call they make.
        case.setdefault("operation", "get_disk" if operation == "client" else operation)
        case.setdefault("client", {})
        case.setdefault("faces", list(FACES))
        case["table"] = operation
    return table["cases"]


def load_all():
    return [case for path in sorted(CASES.glob("*.json")) for case in load(path.stem)]


def fill(value, placeholders):
    """The same value with its placeholders, such as {project_id}, replaced."""
    if isinstance(value, str):
        for name, text in placeholders.items():
            value = value.replace(name, text)
        return value
    if isinstance(value, list):
        return [fill(item, placeholders) for item in value]
    if isinstance(value, dict):
        return {key: fill(item, placeholders) for key, item in value.items()}
    return value


def canonical(value):
    """Equal for equal JSON values; true is not 1, and 1 is not 1.0."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
