-- Projected: who stands in the roll of a call without a dossier, every time an officer entered somebody.
CREATE TABLE roll_invite (
  fact BIGINT PRIMARY KEY,
  call TEXT NOT NULL,
  statement TEXT NOT NULL,
  name TEXT NOT NULL,
  organisation TEXT NOT NULL,
  title TEXT NOT NULL,
  answers TEXT NOT NULL,
  at BIGINT NOT NULL,
  agreed TEXT,
  withdrawn_at BIGINT
);
CREATE INDEX roll_invite_call ON roll_invite (call, fact);
