"""Real relay, worker and broker processes for tests; an app only so that its jobs are known."""
