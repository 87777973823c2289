-- What a draft declares to go on from. Not a fact before it is submitted; then it stands in the submission.
CREATE TABLE draft_continuation (
  draft TEXT NOT NULL REFERENCES draft (id),
  -- The earlier application's number, or words that name a project.
  reference TEXT NOT NULL,
  -- Null where it is named in words.
  application TEXT,
  PRIMARY KEY (draft, reference)
);
-- Projected from facts: how willing an expert is to review an application. Nothing stands for “did not say”.
CREATE TABLE bid (
  application TEXT NOT NULL,
  expert TEXT NOT NULL,
  call TEXT NOT NULL,
  willingness TEXT NOT NULL,
  fact BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (application, expert)
);
CREATE INDEX bid_expert ON bid (expert, call);
CREATE INDEX bid_call ON bid (call, expert);
