CREATE TABLE declared_conflict (
  fact BIGINT PRIMARY KEY,
  person TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  nature TEXT NOT NULL
);
CREATE INDEX declared_conflict_subject ON declared_conflict (subject_kind, subject_id);
CREATE INDEX declared_conflict_person ON declared_conflict (person);

CREATE TABLE screening (
  application TEXT PRIMARY KEY,
  fact BIGINT NOT NULL,
  at BIGINT NOT NULL,
  officer TEXT,
  passed BOOLEAN NOT NULL,
  overturned BOOLEAN NOT NULL,
  reason TEXT
);

CREATE TABLE assignment (
  id TEXT PRIMARY KEY,
  application TEXT NOT NULL,
  call TEXT NOT NULL,
  expert TEXT NOT NULL,
  state TEXT NOT NULL,
  assigned_at BIGINT NOT NULL,
  answered_at BIGINT,
  submitted_at BIGINT,
  reason TEXT,
  review_fact BIGINT,
  grade TEXT,
  advice TEXT,
  points BIGINT,
  sent_back TEXT
);
CREATE INDEX assignment_application ON assignment (application);
CREATE INDEX assignment_expert ON assignment (expert, state);
CREATE INDEX assignment_call ON assignment (call, state);

-- Not a fact until submitted.
CREATE TABLE review_draft (
  assignment TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  answers TEXT NOT NULL,
  saved_at BIGINT NOT NULL
);
