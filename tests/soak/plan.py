"""What a simulator is to do with its next requests: mostly to perform them, and now and then something bad."""

import random

NOT_NOW = {"error": {"code": "service_unavailable", "description": "Not now", "detail": {}}}
TOO_MANY = {"error": {"code": "rate_limit_reached", "description": "Slow down", "detail": {}}}
OF_THE_API = {"X-Api-Schema": "json-error"}

# What a client meets in a bad network and before a service in trouble.
FAULTS = (
    {"send": "nothing"},
    {"perform": True, "send": "nothing"},
    {"perform": True, "send": "half_head"},
    {"perform": True, "send": "half_body"},
    {"status": 503, "body": NOT_NOW, "headers": OF_THE_API, "send": "half_body"},
    {"status": 503, "body": NOT_NOW, "headers": {**OF_THE_API, "Retry-After": "0"}},
    {"status": 503, "body_text": ""},
    {"status": 502, "body_text": "<html>502 Bad Gateway</html>", "headers": {"Content-Type": "text/html"}},
    {"status": 429, "body": TOO_MANY, "headers": {**OF_THE_API, "Retry-After": "0"}},
)
LATE = {"perform": True, "delay_seconds": 0.02}


def fates(seed, requests, one_of, faults=FAULTS):
    """Answers for the simulator's store: of so many requests, one of `one_of` meets a fault."""
    chance = random.Random(seed)
    plan, left = [], requests
    while left > 0:
        good = min(left, chance.randint(1, 2 * one_of - 1) - 1)
        if good > 0:
            plan.append({"perform": True, "times": good})
        if good < left:
            plan.append(chance.choice(faults))
        left -= good + 1
    return plan
