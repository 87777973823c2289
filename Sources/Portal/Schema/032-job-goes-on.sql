-- Whether the turn that runs, or ran last, went on from what an earlier one had kept.
ALTER TABLE job ADD COLUMN goes_on BOOLEAN NOT NULL DEFAULT FALSE;
-- Whoever oversees kinds of work looks through all of theirs.
CREATE INDEX job_kind ON job (kind, asked_at, id);
