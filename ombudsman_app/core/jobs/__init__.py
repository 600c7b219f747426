"""Work that may run a minute later: the job table is the truth, a queue only wakes (JQ1, ADR 10)."""
