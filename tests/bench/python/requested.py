"""What all clients ask for, and how."""

TOKEN = "benchmark-token-0123456789abcdefghij"
ORGANIZATION = "shetland"
DISK_ID = "disk_Tn4LqX8bVw2KzYd6"
PER_PAGE = 200
TIMEOUT = 30

HEADERS = {"Authorization": f"Bearer {TOKEN}", "Accept": "application/json"}
DISK = f"/core/v1/disks/disk?disk%5Bid%5D={DISK_ID}"
OWNER = f"organization%5Bsub_domain%5D={ORGANIZATION}"
DISKS = f"/core/v1/organizations/organization/disks?{OWNER}&per_page={PER_PAGE}&page="


class DictClient:
    """A client whose answers are dicts. `exchange` sends a GET and gives the decoded answer."""

    def __init__(self, url, ca_file):
        self.url = url
        self.ca_file = ca_file
        self.open()

    def for_thread(self):
        """A connection of its own for each thread: the fastest way for these clients."""
        return type(self)(self.url, self.ca_file)

    def get(self):
        return self.exchange(self.url + DISK)

    def pages(self):
        page, pages = 1, 1
        while page <= pages:
            answer = self.exchange(f"{self.url}{DISKS}{page}")
            yield answer["disk"]
            pages = answer["pagination"]["total_pages"]
            page += 1

    def iterate(self):
        count = 0
        for page in self.pages():
            for disk in page:
                count += disk["size_in_gb"] > 0
        return count

    def keep(self):
        disks = []
        for page in self.pages():
            disks += page
        return disks
