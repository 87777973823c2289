CREATE TABLE selection (
  fact BIGINT PRIMARY KEY,
  call TEXT NOT NULL,
  state TEXT NOT NULL,
  proposer TEXT,
  proposed_at BIGINT NOT NULL,
  settled_by TEXT,
  settled_at BIGINT,
  reason TEXT,
  total BIGINT NOT NULL
);
CREATE INDEX selection_call ON selection (call, fact);
CREATE TABLE selection_departure (
  proposal BIGINT NOT NULL,
  application TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (proposal, application)
);
CREATE TABLE decision (
  application TEXT PRIMARY KEY,
  call TEXT NOT NULL,
  fact BIGINT NOT NULL,
  at BIGINT NOT NULL,
  funded BOOLEAN NOT NULL,
  amount BIGINT NOT NULL,
  place BIGINT NOT NULL,
  mean_hundredths BIGINT NOT NULL,
  departure TEXT,
  confirmed_at BIGINT,
  overturned_at BIGINT
);
CREATE INDEX decision_call ON decision (call, funded, place);
CREATE TABLE notice (
  id TEXT PRIMARY KEY,
  call TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  closed_at BIGINT
);
CREATE INDEX notice_call ON notice (call);
CREATE TABLE notice_application (
  notice TEXT NOT NULL,
  application TEXT NOT NULL,
  PRIMARY KEY (notice, application)
);
CREATE TABLE objection (
  id TEXT PRIMARY KEY,
  notice TEXT NOT NULL,
  application TEXT NOT NULL,
  fact BIGINT NOT NULL,
  filed_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  answered_at BIGINT,
  upheld BOOLEAN,
  answer TEXT
);
CREATE INDEX objection_notice ON objection (notice);
