-- Projected from facts: who funds a call together with the commission, and that organisation's word on the call's text
-- and on a selection.
ALTER TABLE call ADD COLUMN funder TEXT;
CREATE INDEX call_funder ON call (funder);
CREATE TABLE call_joined (
  call TEXT NOT NULL,
  -- SHA-256 of the call's canonical text
  text TEXT NOT NULL,
  funder TEXT NOT NULL,
  fact BIGINT NOT NULL,
  at BIGINT NOT NULL,
  person TEXT,
  agreed BOOLEAN NOT NULL,
  -- why not
  reason TEXT,
  PRIMARY KEY (call, text)
);
CREATE TABLE selection_joined (
  proposal BIGINT PRIMARY KEY,
  funder TEXT NOT NULL,
  person TEXT,
  at BIGINT NOT NULL
);
-- No fact, as the draft it is about: the version of a draft that was last put before the other funder.
CREATE TABLE call_asked (
  call TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  funder TEXT NOT NULL,
  text TEXT NOT NULL,
  title TEXT NOT NULL,
  at BIGINT NOT NULL
);
