-- The journal: a fact is a row, a salted payload and a leaf. Nothing here is ever updated.
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
  reason TEXT,
  clause TEXT,
  salt BYTEA NOT NULL,
  payload_hash BYTEA NOT NULL,
  entry BYTEA NOT NULL
);
CREATE INDEX fact_subject ON fact (subject_kind, subject_id, number);
CREATE INDEX fact_kind ON fact (kind, number);

-- A row may be missing only where a later fact says that it was erased.
CREATE TABLE payload (
  number BIGINT PRIMARY KEY REFERENCES fact (number),
  salt BYTEA NOT NULL,
  body TEXT NOT NULL
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
