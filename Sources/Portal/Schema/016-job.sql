-- Long work, while it goes. A job is no fact; what comes of it is.
CREATE TABLE job (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  -- What the title says it is about, as the asker saw it.
  title TEXT NOT NULL,
  input TEXT NOT NULL,
  asked_by TEXT NOT NULL,
  asked_at BIGINT NOT NULL,
  state TEXT NOT NULL,
  started_at BIGINT,
  ended_at BIGINT,
  -- How often it was begun: more than once where the house was restarted meanwhile.
  turn BIGINT NOT NULL,
  stage TEXT NOT NULL,
  done BIGINT NOT NULL,
  total BIGINT NOT NULL,
  -- Where a job that was interrupted goes on from; the kind's own text.
  reached TEXT,
  cancelled_by TEXT,
  -- The page that shows what came of it.
  outcome TEXT,
  -- Why it failed: codes and values of refusals as JSON.
  failure TEXT
);
CREATE INDEX job_state ON job (state, asked_at);
CREATE INDEX job_asked_by ON job (asked_by, asked_at);
-- The same work about the same thing is not asked for twice at once.
CREATE UNIQUE INDEX job_once ON job (kind, subject_kind, subject_id) WHERE state IN ('waiting', 'running');
