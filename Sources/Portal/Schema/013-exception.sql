-- What a dossier's last submission asks for: that an unmet rule “in principle” be excepted, and on what grounds.
CREATE TABLE exception_request (
  application TEXT NOT NULL,
  rule TEXT NOT NULL,
  -- The role that the rule leaves the exception to.
  decider TEXT NOT NULL,
  grounds TEXT NOT NULL,
  PRIMARY KEY (application, rule)
);
CREATE INDEX exception_request_decider ON exception_request (decider);
-- The words on exceptions. Each looked at one submission; a later submission leaves it behind.
CREATE TABLE exception_ruling (
  application TEXT NOT NULL,
  rule TEXT NOT NULL,
  submission BIGINT NOT NULL,
  fact BIGINT NOT NULL,
  at BIGINT NOT NULL,
  person TEXT,
  role TEXT,
  granted BOOLEAN NOT NULL,
  reason TEXT,
  PRIMARY KEY (application, rule, submission)
);
