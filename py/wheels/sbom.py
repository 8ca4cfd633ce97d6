"""The list of parts that maturin puts into a wheel, without where and when it was built."""

import base64
import hashlib
import json
import zipfile

from places import UNPACKED


def clean(wheel):
    with zipfile.ZipFile(wheel) as archive:
        entries = [(entry, archive.read(entry)) for entry in archive.infolist()]
    entries = [(entry, cleaned(data) if is_list(entry) else data) for entry, data in entries]
    recorded = [line for entry, data in entries if is_list(entry) for line in [record(entry.filename, data)]]
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, data in entries:
            if entry.filename.endswith(".dist-info/RECORD"):
                data = with_lines(data.decode(), recorded).encode()
            archive.writestr(entry, data)


def is_list(entry):
    return ".dist-info/sboms/" in entry.filename


def cleaned(data):
    (folder,) = UNPACKED.iterdir()
    bill = json.loads(data.decode().replace(folder.as_uri(), "file:///katapult-disk"))
    # Both differ in each build of the same source.
    bill.pop("serialNumber", None)
    bill["metadata"].pop("timestamp", None)
    return json.dumps(bill, indent=2).encode()


def record(name, data):
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
    return f"{name},sha256={digest},{len(data)}"


def with_lines(text, recorded):
    """RECORD, with the lines of the files that were changed."""
    new = {line.split(",")[0]: line for line in recorded}
    return "".join(f"{new.get(line.split(',')[0], line)}\n" for line in text.splitlines())
