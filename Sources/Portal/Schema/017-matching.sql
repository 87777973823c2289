-- Plans of who reviews what. Working material and no facts, but for the last table.
CREATE TABLE assignment_plan (
  id TEXT PRIMARY KEY,
  call TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  objective TEXT NOT NULL,
  keeps_invited BOOLEAN NOT NULL,
  -- Decides the order of the documents, in which numbers stand for names.
  salt TEXT NOT NULL,
  -- Rules of scoring and the experts' terms, to explain a score later: JSON.
  rules TEXT NOT NULL,
  lexicon TEXT NOT NULL,
  summary TEXT NOT NULL,
  public_gap BIGINT NOT NULL
);
CREATE INDEX assignment_plan_call ON assignment_plan (call, made_at);
CREATE TABLE assignment_plan_application (
  plan TEXT NOT NULL,
  application TEXT NOT NULL,
  -- Its row in the documents, from 0.
  place BIGINT NOT NULL,
  demand BIGINT NOT NULL,
  score BIGINT NOT NULL,
  -- Of the vector of its terms: a decimal number as text.
  length TEXT NOT NULL,
  changes BIGINT NOT NULL,
  holes BIGINT NOT NULL,
  -- Why: JSON.
  hole TEXT,
  PRIMARY KEY (plan, application)
);
CREATE TABLE assignment_plan_expert (
  plan TEXT NOT NULL,
  expert TEXT NOT NULL,
  place BIGINT NOT NULL,
  load BIGINT NOT NULL,
  load_max BIGINT NOT NULL,
  PRIMARY KEY (plan, expert)
);
CREATE TABLE assignment_plan_pair (
  plan TEXT NOT NULL,
  application TEXT NOT NULL,
  expert TEXT NOT NULL,
  score BIGINT NOT NULL,
  change TEXT NOT NULL,
  is_locked BOOLEAN NOT NULL,
  -- The points with their reasons: JSON.
  affinity TEXT NOT NULL,
  PRIMARY KEY (plan, application, expert)
);
CREATE TABLE assignment_plan_document (
  plan TEXT NOT NULL,
  name TEXT NOT NULL,
  is_public BOOLEAN NOT NULL,
  digest TEXT NOT NULL,
  bytes BYTEA NOT NULL,
  PRIMARY KEY (plan, is_public, name)
);
-- What officers want of single pairs.
CREATE TABLE assignment_wish (
  call TEXT NOT NULL,
  application TEXT NOT NULL,
  expert TEXT NOT NULL,
  wish TEXT NOT NULL,
  wished_by TEXT NOT NULL,
  wished_at BIGINT NOT NULL,
  PRIMARY KEY (call, application, expert)
);
-- Projected from facts.
CREATE TABLE signed_plan (
  plan TEXT PRIMARY KEY,
  call TEXT NOT NULL,
  fact BIGINT NOT NULL,
  signed_by TEXT,
  signed_at BIGINT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX signed_plan_call ON signed_plan (call, signed_at);
