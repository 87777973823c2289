-- Projected from facts.
CREATE TABLE draw (
  id TEXT PRIMARY KEY,
  purpose TEXT NOT NULL,
  about_kind TEXT NOT NULL,
  about_id TEXT NOT NULL,
  title TEXT NOT NULL,
  places BIGINT NOT NULL,
  alternates BIGINT NOT NULL,
  by_class BOOLEAN NOT NULL,
  asked_by TEXT,
  asked_at BIGINT NOT NULL,
  kept_by TEXT,
  committed_at BIGINT,
  committed_fact BIGINT,
  commitment TEXT,
  digest TEXT,
  not_before BIGINT,
  held_by TEXT,
  held_at BIGINT,
  held_fact BIGINT,
  transcript TEXT
);
CREATE INDEX draw_asked ON draw (asked_at, id);

CREATE TABLE draw_entry (
  draw TEXT NOT NULL,
  code TEXT NOT NULL,
  number BIGINT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  salt TEXT NOT NULL,
  outcome TEXT,
  place BIGINT,
  -- Who stands in for this one, and why.
  substitute TEXT,
  reason TEXT,
  PRIMARY KEY (draw, code)
);
