-- Projected from facts: how far back people's records go, everybody's or one person's.
CREATE TABLE known_past (
  fact BIGINT PRIMARY KEY,
  -- Empty where it is everybody's.
  person TEXT NOT NULL,
  -- JSON of KnownPast.
  body TEXT NOT NULL,
  source TEXT NOT NULL
);
CREATE INDEX known_past_person ON known_past (person);
-- Where an entry is on paper; nothing in entries of before.
ALTER TABLE track_record ADD COLUMN source TEXT;
