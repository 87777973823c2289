-- Projected from facts: cases that experts wrote for proposals they reviewed and others were against.
CREATE TABLE champion_case (
  fact BIGINT PRIMARY KEY,
  call TEXT NOT NULL,
  application TEXT NOT NULL,
  assignment TEXT NOT NULL,
  at BIGINT NOT NULL,
  words TEXT NOT NULL
);
-- Once for each review.
CREATE UNIQUE INDEX champion_case_assignment ON champion_case (assignment);
CREATE INDEX champion_case_call ON champion_case (call, application);
-- How it was chosen otherwise than by the ranking.
ALTER TABLE decision ADD COLUMN route TEXT;
