"""Batches: thousands of documents, nothing lost, nothing done twice.

`gather` finds the sources, `prepare` what must be made of them and why, `run` makes it by the workers of an executor
(`pool.Pool` on this machine, `cluster.Cluster` on many) and gives an `Outcome` for each, as it comes.
"""

from masthead.batch.execution import Plan, failed_only, prepare, run
from masthead.batch.outcome import Outcome, State
from masthead.batch.plan import Order
from masthead.batch.pool import Executor, Limits, Pool, cores
from masthead.batch.record import opened
from masthead.batch.sources import gather
from masthead.batch.tasks import Options, Picture

__all__ = [
    "Executor",
    "Limits",
    "Options",
    "Order",
    "Outcome",
    "Picture",
    "Plan",
    "Pool",
    "State",
    "cores",
    "failed_only",
    "gather",
    "opened",
    "prepare",
    "run",
]
