-- Drafts are not facts: they belong to whoever writes them.
CREATE TABLE draft (
  id TEXT PRIMARY KEY,
  call TEXT NOT NULL,
  owner TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  submitted BOOLEAN NOT NULL,
  UNIQUE (call, owner)
);
CREATE INDEX draft_owner ON draft (owner);
CREATE TABLE draft_section (
  draft TEXT NOT NULL REFERENCES draft (id),
  section TEXT NOT NULL,
  version BIGINT NOT NULL,
  answers TEXT NOT NULL,
  saved_at BIGINT NOT NULL,
  saved_by TEXT NOT NULL,
  PRIMARY KEY (draft, section)
);
CREATE TABLE draft_member (
  draft TEXT NOT NULL REFERENCES draft (id),
  person TEXT NOT NULL,
  task TEXT NOT NULL,
  added_at BIGINT NOT NULL,
  PRIMARY KEY (draft, person)
);
CREATE INDEX draft_member_person ON draft_member (person);
CREATE TABLE draft_attachment (
  draft TEXT NOT NULL REFERENCES draft (id),
  hash TEXT NOT NULL,
  name TEXT NOT NULL,
  size BIGINT NOT NULL,
  type TEXT NOT NULL,
  added_at BIGINT NOT NULL,
  PRIMARY KEY (draft, hash)
);
CREATE TABLE draft_exclusion (
  draft TEXT NOT NULL REFERENCES draft (id),
  person TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (draft, person)
);

-- Projected from facts. `fact` is the number of the last submission, whose payload holds the answers.
CREATE TABLE application (
  id TEXT PRIMARY KEY,
  call TEXT NOT NULL,
  programme TEXT NOT NULL,
  digest TEXT NOT NULL,
  number TEXT NOT NULL UNIQUE,
  owner TEXT NOT NULL,
  owner_name TEXT NOT NULL,
  university TEXT NOT NULL,
  university_name TEXT NOT NULL,
  born TEXT,
  title TEXT NOT NULL,
  discipline TEXT NOT NULL,
  amount BIGINT NOT NULL,
  fact BIGINT NOT NULL,
  version BIGINT NOT NULL,
  first_submitted_at BIGINT NOT NULL,
  submitted_at BIGINT NOT NULL,
  list_rank BIGINT,
  -- Standing, derived by replaying the facts over the procedure.
  step TEXT NOT NULL,
  step_kind TEXT NOT NULL,
  holder TEXT NOT NULL,
  state TEXT NOT NULL,
  due_at BIGINT
);
CREATE INDEX application_call ON application (call, number);
CREATE INDEX application_call_step ON application (call, step_kind, number);
CREATE INDEX application_university ON application (university, call, number);
CREATE INDEX application_owner ON application (owner);
CREATE INDEX application_step ON application (step_kind, state, due_at);
CREATE TABLE application_member (
  application TEXT NOT NULL,
  person TEXT NOT NULL,
  name TEXT NOT NULL,
  organisation TEXT NOT NULL,
  organisation_name TEXT NOT NULL,
  task TEXT NOT NULL,
  PRIMARY KEY (application, person)
);
CREATE INDEX application_member_person ON application_member (person);
CREATE TABLE application_attachment (
  application TEXT NOT NULL,
  hash TEXT NOT NULL,
  name TEXT NOT NULL,
  size BIGINT NOT NULL,
  type TEXT NOT NULL,
  PRIMARY KEY (application, hash)
);
CREATE TABLE application_exclusion (
  application TEXT NOT NULL,
  person TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (application, person)
);
CREATE TABLE member_consent (
  application TEXT NOT NULL,
  person TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (application, person)
);
CREATE TABLE endorsement_list (
  call TEXT NOT NULL,
  university TEXT NOT NULL,
  fact BIGINT NOT NULL,
  at BIGINT NOT NULL,
  officer TEXT,
  PRIMARY KEY (call, university)
);
