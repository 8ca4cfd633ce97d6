"""What the stories about OpenStack share."""

LOGIN, CATALOG = ("POST", "login"), ("GET", "catalog")
GET, DELETE, ACTION = ("GET", "volume"), ("DELETE", "volume"), ("GET", "action")


def check_no_secret(sim, outcome):
    """Nothing secret is in an error."""
    names = ("password", "application_credential_secret", "openstack_token")
    secrets = [sim.about[name] for name in names]
    shown = f"{outcome.error} {outcome.raw} {outcome.object!r} {outcome.object}"
    assert not [secret for secret in [*secrets, "wrong-secret"] if secret in shown]
