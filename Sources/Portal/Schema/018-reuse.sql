-- Reading for text reuse. What is found is no fact: it is worked out from texts that are, and can be worked out
-- again at any time (`jiebang reuse rebuild --data`). An officer's word on it is one: see reuse_verdict.

-- When a submission was read last, and how many other texts it was compared with.
CREATE TABLE reuse_check (
  application TEXT PRIMARY KEY,
  submission BIGINT NOT NULL,
  at BIGINT NOT NULL,
  texts BIGINT NOT NULL
);
-- Two texts with passages in common. `application` is the one that was submitted later.
CREATE TABLE reuse_pair (
  -- Made of the two, so that it stays the same however often they are read.
  id TEXT PRIMARY KEY,
  application TEXT NOT NULL,
  call TEXT NOT NULL,
  submission BIGINT NOT NULL,
  source_kind TEXT NOT NULL,
  source TEXT NOT NULL,
  -- 0 for a text of the archive.
  source_submission BIGINT NOT NULL,
  relation TEXT NOT NULL,
  -- Ten-thousandths of the application, and of the other text.
  containment BIGINT NOT NULL,
  reverse BIGINT NOT NULL,
  longest BIGINT NOT NULL,
  passages BIGINT NOT NULL,
  found_at BIGINT NOT NULL
);
CREATE INDEX reuse_pair_application ON reuse_pair (application);
CREATE INDEX reuse_pair_source ON reuse_pair (source, source_kind);
CREATE INDEX reuse_pair_call ON reuse_pair (call, containment, longest, id);
CREATE INDEX reuse_pair_relation ON reuse_pair (call, relation, containment, longest, id);
-- What two parts of such a pair have in common. `passages`: [[from, to, from, to], …] in Unicode scalars.
CREATE TABLE reuse_part (
  pair TEXT NOT NULL,
  place BIGINT NOT NULL,
  section TEXT NOT NULL,
  source_section TEXT NOT NULL,
  containment BIGINT NOT NULL,
  reverse BIGINT NOT NULL,
  longest BIGINT NOT NULL,
  passages TEXT NOT NULL,
  PRIMARY KEY (pair, place)
);
-- The text of an attachment as it was read, or why none was: a key under reuse.file.
CREATE TABLE reuse_file (
  application TEXT NOT NULL,
  hash TEXT NOT NULL,
  problem TEXT,
  text TEXT NOT NULL,
  PRIMARY KEY (application, hash)
);
-- Texts from elsewhere. That they came in is a fact (archive.imported), they themselves are not.
CREATE TABLE reuse_archive (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  language TEXT NOT NULL,
  text TEXT NOT NULL,
  published BOOLEAN NOT NULL,
  imported_at BIGINT NOT NULL
);

-- Projected from facts: the last word on a pair.
CREATE TABLE reuse_verdict (
  pair TEXT PRIMARY KEY,
  application TEXT NOT NULL,
  submission BIGINT NOT NULL,
  source_submission BIGINT NOT NULL,
  verdict TEXT NOT NULL,
  fact BIGINT NOT NULL,
  at BIGINT NOT NULL,
  officer TEXT,
  reason TEXT
);
