"""What clients need to know to find a simulator."""

from __future__ import annotations

import urllib.parse
from typing import Any

LOGIN = ("auth_url", "username", "password", "user_domain_name", "project_name", "project_domain_name")


class Addresses:
    """Addresses, tokens and names, from the simulator's description."""

    description: dict[str, Any]
    """All that the simulator says about itself: addresses, tokens, ids of its disks, machines and volumes."""

    def __init__(self, description: dict[str, Any]) -> None:
        self.description = description

    @property
    def url(self) -> str:
        """The URL of the Katapult API, with `/core/v1`."""
        return self._text("katapult_url")

    @property
    def origin(self) -> str:
        """Scheme, host and port, to which all paths of all services are added."""
        parts = urllib.parse.urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def control_url(self) -> str:
        """The URL of the control API."""
        return self._text("control_url")

    @property
    def ui_url(self) -> str:
        """The URL of the page that shows what is in the simulator."""
        return self._text("ui_url")

    @property
    def api_token(self) -> str:
        """A token of the Katapult API that may do everything."""
        return self._text("api_token")

    @property
    def organization(self) -> str:
        """The sub-domain of the organization to which the disks belong."""
        return self._text("organization")

    @property
    def data_center(self) -> str:
        """The permalink of the data center in which the disks are."""
        return self._text("data_center")

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables with which clients find the simulator.

        KATAPULT_API_URL and so on for `katapult_disk`, its C library and Katapult's own tools; OS_AUTH_URL and so on for those of
        OpenStack; KATAPULT_SIM_CONTROL_URL and KATAPULT_SIM_CONTROL_TOKEN for orders.
        """
        return dict(self.description["environment"])

    @property
    def openstack(self) -> dict[str, str]:
        """A login by password, as keyword arguments of `katapult_disk.openstack.Client`."""
        return {name: self._text(name) for name in (*LOGIN, "region_name")}

    @property
    def clouds(self) -> dict[str, Any]:
        """The same as a `clouds.yaml` (JSON is YAML), with one cloud that is called `katapult-sim`."""
        auth = {name: self._text(name) for name in LOGIN}
        return {"clouds": {"katapult-sim": {"auth": auth, "region_name": self._text("region_name")}}}

    def _text(self, name: str) -> str:
        return str(self.description[name])
