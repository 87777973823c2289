-- Projected from facts: universities that were asked for chance, what they promised and what they opened.
ALTER TABLE draw ADD COLUMN quorum BIGINT;
ALTER TABLE draw ADD COLUMN opening_hours BIGINT;
ALTER TABLE draw ADD COLUMN invited_by TEXT;
ALTER TABLE draw ADD COLUMN promises_until BIGINT;
ALTER TABLE draw ADD COLUMN parties BIGINT NOT NULL DEFAULT 0;
ALTER TABLE draw ADD COLUMN promised BIGINT NOT NULL DEFAULT 0;
-- In time.
ALTER TABLE draw ADD COLUMN opened BIGINT NOT NULL DEFAULT 0;

CREATE TABLE draw_party (
  draw TEXT NOT NULL,
  organisation TEXT NOT NULL,
  name TEXT NOT NULL,
  hash TEXT,
  promised_at BIGINT,
  secret TEXT,
  opened_at BIGINT,
  in_time BOOLEAN,
  PRIMARY KEY (draw, organisation)
);
CREATE INDEX draw_party_organisation ON draw_party (organisation, draw);
CREATE INDEX draw_party_hash ON draw_party (hash);
