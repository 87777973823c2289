-- Projected from facts: the definition that new calls are published with, and those proposed to take its place.
CREATE TABLE definition_in_force (
  programme TEXT PRIMARY KEY,
  digest TEXT NOT NULL,
  since BIGINT NOT NULL
);
INSERT INTO definition_in_force (programme, digest, since)
  SELECT one.programme, one.digest, one.adopted_at FROM programme_definition AS one
  WHERE one.adopted_at = (SELECT MIN(other.adopted_at) FROM programme_definition AS other
    WHERE other.programme = one.programme);
CREATE TABLE definition_proposal (
  fact BIGINT PRIMARY KEY,
  programme TEXT NOT NULL,
  digest TEXT NOT NULL,
  replaces TEXT NOT NULL,
  at BIGINT NOT NULL,
  proposer TEXT,
  grounds TEXT NOT NULL,
  -- JSON: ids of the calls that go over to it.
  moving TEXT NOT NULL,
  -- JSON: the texts by file name.
  files TEXT NOT NULL,
  -- Empty while it waits.
  answer TEXT NOT NULL,
  settled_at BIGINT,
  settled_by TEXT,
  settled_reason TEXT
);
CREATE INDEX definition_proposal_programme ON definition_proposal (programme, fact);
CREATE INDEX definition_proposal_answer ON definition_proposal (answer, fact);

-- Not projected: the texts of a definition while officers write them.
CREATE TABLE definition_draft (
  programme TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  files TEXT NOT NULL,
  saved_by TEXT NOT NULL,
  saved_at BIGINT NOT NULL
);
