"""What the service counts, for Prometheus. No metric names an account, an address or a link."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from toolkit.ledger.acts import Applied

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """The counters of one process."""

    def __init__(self) -> None:
        mine = self._registry = CollectorRegistry(auto_describe=True)
        self.requests = Counter("policy_requests", "Answers.", ["route", "status"], registry=mine)
        self.seconds = Histogram(
            "policy_request_seconds", "Time of an answer.", ["route"], buckets=_SECONDS, registry=mine
        )
        self.events = Counter("policy_events", "Events: new, known, strange or ignored.", ["became"], registry=mine)
        self.posts = Counter("policy_posts", "Posts: kept, applied, refused or put back.", ["became"], registry=mine)
        self.waiting = Gauge("policy_posts_waiting", "Posts that are kept and not applied yet.", registry=mine)
        self.acts = Counter("policy_acts", "Recorded: receipts, consents, objections.", ["kind"], registry=mine)
        self.braked = Counter("policy_braked", "Requests that had to wait after too many failures.", registry=mine)
        self.stale = Gauge("policy_stale", "1 while the policies cannot be read anew.", registry=mine)
        self.troubles = Counter("policy_troubles", "What failed beside requests, by task.", ["task"], registry=mine)

    def count(self, applied: Applied) -> None:
        """Count what became of posts and their events."""
        self.posts.labels("applied").inc(applied.posts)
        for became in ("new", "known", "strange", "ignored"):
            self.events.labels(became).inc(getattr(applied, became))

    def write(self) -> bytes:
        return generate_latest(self._registry)
