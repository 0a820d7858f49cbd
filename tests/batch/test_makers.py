"""Workers die and hang: the books are made all the same, or it is said why not."""

import os
import signal
import threading
import time
from contextlib import contextmanager, suppress

import psutil
import pytest

from pipeline import batch
from pipeline.batch.pool import Pool
from pipeline.failures import Missing, Status
from tests.batch.shop import batch as of

NAMES = [f"{name}.txt" for name in "一二三四五六"]


def statuses(found):
    return {progress.record.source[8:]: progress.record.status for progress in found}


def busy(workers):
    """Wait for one of ``workers`` to work, and return its number."""
    for _ in range(2000):
        for process in workers():
            with suppress(psutil.NoSuchProcess):
                if process.cpu_times().user > 0.2:
                    return process.pid
        time.sleep(0.01)
    pytest.fail("no worker ever worked")
    return None


def of_pool():
    """Return the workers of a pool: they come from a server that is our child."""
    servers = psutil.Process().children()
    return [worker for server in servers for worker in server.children()]


def of_cluster():
    return psutil.Process().children()


@contextmanager
def killing(workers):
    """Kill one of ``workers`` once, while the block runs."""
    killed = []

    def kill():
        killed.append(busy(workers))
        os.kill(killed[0], signal.SIGKILL)

    thread = threading.Thread(target=kill)
    thread.start()
    yield killed
    thread.join()
    assert killed


def test_a_pool_survives_the_death_of_a_worker(library, tmp_path):
    library(*NAMES)
    with killing(of_pool):
        found = list(batch.run(of(tmp_path, "library"), Pool(2, books=4)))
    assert statuses(found) == dict.fromkeys(NAMES, Status.GOOD)


def test_a_pool_gives_up_a_book_that_hangs(library, tmp_path):
    library("一.txt")
    (found,) = batch.run(of(tmp_path, "library"), Pool(1, patience=0.01))
    assert found.record.status is Status.MACHINE
    assert "given up" in found.record.failure


@pytest.fixture(scope="module")
def cluster():
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        dashboard_address="127.0.0.1:0",
        host="127.0.0.1",
    ) as running:
        yield running


@pytest.mark.filterwarnings("ignore")  # Dask has some of its own
def test_a_cluster_survives_the_death_of_a_worker(cluster, library, tmp_path):
    from pipeline.batch.cluster import Cluster

    library(*NAMES)
    with killing(of_cluster):
        makers = Cluster(cluster.scheduler_address)
        found = list(batch.run(of(tmp_path, str(tmp_path / "library")), makers))
    assert {p.record.status for p in found} == {Status.GOOD}
    assert len(found) == len(NAMES)


@pytest.mark.filterwarnings("ignore")
def test_a_scheduler_that_does_not_answer_is_said(library, tmp_path):
    from pipeline.batch.cluster import Cluster

    library("一.txt")
    makers = Cluster("tcp://127.0.0.1:9")
    with pytest.raises(Missing, match=r"127\.0\.0\.1:9"):
        list(batch.run(of(tmp_path, "library"), makers))
