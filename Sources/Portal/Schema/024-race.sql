-- Projected from facts: races between bids for one topic. A proposed one is on when the selection is signed.
CREATE TABLE race (
  id TEXT PRIMARY KEY,
  fact BIGINT NOT NULL,
  call TEXT NOT NULL,
  topic TEXT NOT NULL,
  state TEXT NOT NULL,
  proposer TEXT,
  proposed_at BIGINT NOT NULL,
  -- Why it is proposed, and why its routes differ.
  grounds TEXT,
  difference TEXT,
  -- Of the fact that opened it.
  opened_fact BIGINT,
  settled_at BIGINT,
  -- Why it was taken back.
  reason TEXT
);
CREATE INDEX race_call ON race (call, topic);
CREATE TABLE race_lane (
  race TEXT NOT NULL,
  application TEXT NOT NULL,
  place BIGINT NOT NULL,
  PRIMARY KEY (race, application)
);
CREATE INDEX race_lane_application ON race_lane (application);
