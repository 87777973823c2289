-- Projected from facts: problems put in, and the topics that come from them.
CREATE TABLE problem (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  side TEXT NOT NULL,
  organisation TEXT,
  organisation_name TEXT NOT NULL,
  proposer TEXT,
  title TEXT NOT NULL,
  wanted_by TEXT,
  money BIGINT NOT NULL,
  -- JSON: the questions as they were asked, with what was answered.
  answers TEXT NOT NULL,
  -- All that was written, in small letters: what a search compares.
  text TEXT NOT NULL,
  -- SHA-256 of the secret of who did not sign in.
  receipt TEXT,
  at BIGINT NOT NULL,
  state TEXT NOT NULL,
  merged_into TEXT,
  settled_at BIGINT,
  settled_by TEXT,
  -- Why it was merged, set aside or taken up again.
  reason TEXT
);
CREATE INDEX problem_at ON problem (at, id);
CREATE INDEX problem_state ON problem (state, at, id);
CREATE INDEX problem_proposer ON problem (proposer, at);
CREATE INDEX problem_receipt ON problem (receipt);
CREATE INDEX problem_merged ON problem (merged_into);
CREATE TABLE problem_contact (
  problem TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  contact TEXT NOT NULL
);
CREATE TABLE problem_link (
  fact BIGINT PRIMARY KEY,
  problem TEXT NOT NULL,
  other TEXT NOT NULL,
  at BIGINT NOT NULL,
  reason TEXT
);
CREATE INDEX problem_link_problem ON problem_link (problem);
CREATE INDEX problem_link_other ON problem_link (other);
-- By which similar ones are found (see Likeness.swift).
CREATE TABLE problem_term (
  term TEXT NOT NULL,
  problem TEXT NOT NULL,
  PRIMARY KEY (term, problem)
);
CREATE INDEX problem_term_problem ON problem_term (problem);

CREATE TABLE topic (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL,
  version BIGINT NOT NULL,
  -- 0 before the first vote.
  round BIGINT NOT NULL,
  title TEXT NOT NULL,
  user_name TEXT NOT NULL,
  user_organisation TEXT,
  user_person TEXT,
  ceiling BIGINT NOT NULL,
  body TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  opened_by TEXT,
  closed_at BIGINT
);
CREATE INDEX topic_state ON topic (state, closed_at, id);
CREATE INDEX topic_user ON topic (user_person);
CREATE TABLE topic_problem (
  topic TEXT NOT NULL,
  problem TEXT NOT NULL,
  PRIMARY KEY (topic, problem)
);
CREATE INDEX topic_problem_problem ON topic_problem (problem);
CREATE TABLE topic_version (
  topic TEXT NOT NULL,
  version BIGINT NOT NULL,
  at BIGINT NOT NULL,
  author TEXT,
  body TEXT NOT NULL,
  reason TEXT,
  PRIMARY KEY (topic, version)
);
-- Experts have round 0; a panel has the round it votes in.
CREATE TABLE topic_person (
  topic TEXT NOT NULL,
  round BIGINT NOT NULL,
  capacity TEXT NOT NULL,
  person TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (topic, round, capacity, person)
);
CREATE INDEX topic_person_person ON topic_person (person);
CREATE TABLE topic_suggestion (
  fact BIGINT PRIMARY KEY,
  topic TEXT NOT NULL,
  version BIGINT NOT NULL,
  part TEXT NOT NULL,
  person TEXT,
  at BIGINT NOT NULL,
  text TEXT NOT NULL,
  -- The version that took it up.
  adopted BIGINT
);
CREATE INDEX topic_suggestion_topic ON topic_suggestion (topic);
CREATE TABLE topic_round (
  topic TEXT NOT NULL,
  round BIGINT NOT NULL,
  version BIGINT NOT NULL,
  quorum BIGINT NOT NULL,
  opened_at BIGINT NOT NULL,
  closed_at BIGINT,
  outcome TEXT,
  votes_for BIGINT,
  votes_against BIGINT,
  reason TEXT,
  PRIMARY KEY (topic, round)
);
CREATE TABLE topic_vote (
  topic TEXT NOT NULL,
  round BIGINT NOT NULL,
  person TEXT NOT NULL,
  supports BOOLEAN NOT NULL,
  at BIGINT NOT NULL,
  reason TEXT,
  PRIMARY KEY (topic, round, person)
);

-- The topics a published call lets, and the one an application bids for.
CREATE TABLE call_topic (
  call TEXT NOT NULL,
  topic TEXT NOT NULL,
  place BIGINT NOT NULL,
  PRIMARY KEY (call, topic)
);
CREATE INDEX call_topic_topic ON call_topic (topic);
ALTER TABLE application ADD COLUMN topic TEXT NOT NULL DEFAULT '';
CREATE INDEX application_topic ON application (topic, number);
