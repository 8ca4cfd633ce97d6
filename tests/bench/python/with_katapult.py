"""The library: objects with attributes."""

import katapult_disk

import requested


class Client:
    def __init__(self, url, ca_file):
        self.client = katapult_disk.Client(
            requested.TOKEN,
            organization=requested.ORGANIZATION,
            base_url=url,
            ca_file=ca_file,
            timeout=requested.TIMEOUT,
            allow_http=url.startswith("http:"),
        )

    def for_thread(self):
        """One client serves all threads."""
        return self

    def get(self):
        return self.client.get_disk(requested.DISK_ID)

    def iterate(self):
        count = 0
        for disk in self.client.list_disks(page_size=requested.PER_PAGE):
            count += disk.size_in_gb > 0
        return count

    def keep(self):
        return list(self.client.list_disks(page_size=requested.PER_PAGE))
