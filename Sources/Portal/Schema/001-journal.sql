-- The journal: a fact is a row, a salted payload, perhaps a salted reason, and a leaf. Nothing here is ever updated.
CREATE TABLE fact (
  number BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  kind TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  actor TEXT,
  role TEXT,
  step TEXT,
  outcome TEXT,
  target TEXT,
  clause TEXT,
  salt BYTEA NOT NULL,
  payload_hash BYTEA NOT NULL,
  -- NULL where no reason was given.
  reason_hash BYTEA,
  entry BYTEA NOT NULL
);
CREATE INDEX fact_subject ON fact (subject_kind, subject_id, number);
CREATE INDEX fact_kind ON fact (kind, number);

-- Of payload and reason a row may be missing only where a later fact says that it was erased.
CREATE TABLE payload (
  number BIGINT PRIMARY KEY REFERENCES fact (number),
  salt BYTEA NOT NULL,
  body TEXT NOT NULL
);
CREATE TABLE reason (
  number BIGINT PRIMARY KEY REFERENCES fact (number),
  salt BYTEA NOT NULL,
  text TEXT NOT NULL
);

-- Projected: which fact erased the payload or the reason of which.
CREATE TABLE erasure (
  number BIGINT NOT NULL,
  part TEXT NOT NULL,
  fact BIGINT NOT NULL,
  PRIMARY KEY (number, part)
);

-- Hashes of the Merkle tree, 256 to a full tile (C2SP tlog-tiles); derived from fact.entry.
CREATE TABLE tile (
  level BIGINT NOT NULL,
  place BIGINT NOT NULL,
  width BIGINT NOT NULL,
  hashes BYTEA NOT NULL,
  PRIMARY KEY (level, place)
);

-- Signed heads, oldest first.
CREATE TABLE checkpoint (
  size BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  note TEXT NOT NULL
);
