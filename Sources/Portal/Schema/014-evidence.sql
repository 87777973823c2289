-- Projected from facts: files that came with an objection, in the order in which they were handed in.
CREATE TABLE objection_evidence (
  objection TEXT NOT NULL,
  place BIGINT NOT NULL,
  hash TEXT NOT NULL,
  name TEXT NOT NULL,
  size BIGINT NOT NULL,
  type TEXT NOT NULL,
  PRIMARY KEY (objection, hash)
);
