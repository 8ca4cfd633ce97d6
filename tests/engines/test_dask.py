"""The recipe for Dask of docs/engines.md. Each start of a cluster takes seconds, so there are few."""

import pytest
import recipes


def test_200_disks_and_again(limited, folder):
    recipes.creates_all("with_dask.py", limited, folder)
    recipes.costs(limited, most=1.1)
    recipes.again_nothing_is_created("with_dask.py", limited, folder)


def test_errors(limited, folder):
    recipes.tells_of_errors("with_dask.py", limited, folder)


@pytest.mark.parametrize("whom", ["group", "main"])
def test_ctrl_c(slow, folder, whom):
    recipes.ends_at_ctrl_c("with_dask.py", slow, folder, whom=whom)
