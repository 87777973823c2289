CREATE TABLE call (
  id TEXT PRIMARY KEY,
  programme TEXT NOT NULL,
  digest TEXT NOT NULL,
  number TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  year BIGINT NOT NULL,
  opens_at BIGINT NOT NULL,
  closes_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  published_at BIGINT NOT NULL,
  budget BIGINT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX call_closes ON call (closes_at, id);
CREATE TABLE call_version (
  call TEXT NOT NULL,
  version BIGINT NOT NULL,
  at BIGINT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (call, version)
);

-- A draft is not a fact.
CREATE TABLE call_draft (
  id TEXT PRIMARY KEY,
  programme TEXT NOT NULL,
  version BIGINT NOT NULL,
  body TEXT NOT NULL,
  saved_by TEXT NOT NULL,
  saved_at BIGINT NOT NULL
);
