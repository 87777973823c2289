-- Projected from facts: definitions that calls pin, and the calendar deadlines were counted by.
CREATE TABLE programme_definition (
  digest TEXT PRIMARY KEY,
  programme TEXT NOT NULL,
  adopted_at BIGINT NOT NULL,
  definition TEXT NOT NULL
);
CREATE TABLE work_calendar (
  fact BIGINT PRIMARY KEY,
  definition TEXT NOT NULL
);
