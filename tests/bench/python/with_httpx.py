"""httpx, with a client."""

import ssl

import httpx

import requested


class Client(requested.DictClient):
    def open(self):
        verify = True if self.ca_file is None else ssl.create_default_context(cafile=self.ca_file)
        self.client = httpx.Client(headers=requested.HEADERS, timeout=requested.TIMEOUT, verify=verify)

    def exchange(self, url):
        answer = self.client.get(url)
        answer.raise_for_status()
        return answer.json()
