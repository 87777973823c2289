-- Not facts: filters of the list of applications that a person keeps under a name.
CREATE TABLE saved_view (
  person TEXT NOT NULL,
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (person, name)
);

-- The list of applications: one narrow index that answers every filter by itself, and one for each order.
CREATE INDEX application_find ON application (number, call, step_kind, state, university, discipline,
  submitted_at, due_at, owner, id, owner_name, title);
CREATE INDEX application_step_number ON application (step_kind, number);
CREATE INDEX application_step_discipline ON application (step_kind, discipline);
CREATE INDEX application_submitted ON application (submitted_at, number);
CREATE INDEX application_due ON application ((COALESCE(due_at, 9223372036854775807)), number);
