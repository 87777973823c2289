-- Projected: the voices at a step that were counted, and whether they carried it.
CREATE TABLE statement_count (
  fact BIGINT PRIMARY KEY,
  application TEXT NOT NULL,
  step TEXT NOT NULL,
  at BIGINT NOT NULL,
  voices TEXT NOT NULL,
  least BIGINT NOT NULL,
  carried BOOLEAN NOT NULL
);
CREATE INDEX statement_count_application ON statement_count (application, fact);
-- Projected: decisions that are not put on public notice, with the grounds.
CREATE TABLE withheld_notice (
  application TEXT PRIMARY KEY,
  fact BIGINT NOT NULL,
  at BIGINT NOT NULL,
  grounds TEXT NOT NULL
);
