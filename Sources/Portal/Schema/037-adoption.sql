-- Projected: what was said of a project's result being taken up, every time somebody said it.
CREATE TABLE adoption (
  fact BIGINT PRIMARY KEY,
  application TEXT NOT NULL,
  extent TEXT NOT NULL,
  organisation TEXT NOT NULL,
  place TEXT NOT NULL,
  since TEXT,
  corrects BIGINT,
  person TEXT,
  role TEXT,
  at BIGINT NOT NULL,
  evidence TEXT
);
CREATE INDEX adoption_application ON adoption (application, fact);
-- One word is corrected once; whoever has more to say corrects the correction.
CREATE UNIQUE INDEX adoption_corrects ON adoption (corrects);
