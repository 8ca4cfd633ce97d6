"""What only the extension imports, where PyInstaller does not look."""

hiddenimports = [
    *(f"katapult_disk.{name}" for name in ("_default_client", "_interpreter", "_public", "errors", "openstack", "outcome", "progress")),
    *("atexit", "datetime", "json", "logging", "threading"),
]
