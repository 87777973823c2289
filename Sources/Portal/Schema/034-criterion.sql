-- Projected: what was found of each item of a checklist, every time somebody looked; the latest is what holds.
CREATE TABLE criterion_finding (
  fact BIGINT PRIMARY KEY,
  application TEXT NOT NULL,
  step TEXT NOT NULL,
  criterion TEXT NOT NULL,
  state TEXT NOT NULL,
  person TEXT,
  role TEXT,
  at BIGINT NOT NULL,
  attachment TEXT,
  words TEXT
);
CREATE INDEX criterion_finding_application ON criterion_finding (application, fact);
