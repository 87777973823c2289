-- What lists need where there are many people and many applications.

-- Projected from facts: every place where a word may begin in a name or a title (see Terms.swift), so that a search
-- is one range of a key on either engine.
CREATE TABLE person_term (
  term TEXT NOT NULL,
  person TEXT NOT NULL,
  PRIMARY KEY (term, person)
);
CREATE TABLE application_term (
  term TEXT NOT NULL,
  application TEXT NOT NULL,
  PRIMARY KEY (term, application)
);

-- Projected from facts: how many experts are asked or have answered, and how many applications of a call stand at
-- each step. Counting them anew would cost more with every application there is.
ALTER TABLE application ADD COLUMN reviewers BIGINT NOT NULL DEFAULT 0;
UPDATE application SET reviewers = (SELECT COUNT(*) FROM assignment
  WHERE assignment.application = application.id AND assignment.state IN ('invited', 'accepted', 'submitted'));
CREATE TABLE application_count (
  call TEXT NOT NULL,
  step_kind TEXT NOT NULL,
  state TEXT NOT NULL,
  reviewers BIGINT NOT NULL,
  count BIGINT NOT NULL,
  PRIMARY KEY (call, step_kind, state, reviewers)
);
INSERT INTO application_count (call, step_kind, state, reviewers, count)
SELECT call, step_kind, state, reviewers, COUNT(*) FROM application GROUP BY call, step_kind, state, reviewers;

-- The earliest deadline of each of those groups is the first entry of its part of this index.
CREATE INDEX application_stand ON application (call, step_kind, state, reviewers, due_at);
-- The list: narrow filters, and a step in each order. An engine without statistics takes any index that begins with
-- a column it is asked for, so the one that led it astray goes.
CREATE INDEX application_discipline ON application (discipline, number);
CREATE INDEX application_call_state ON application (call, state, number);
CREATE INDEX application_call_discipline ON application (call, discipline);
CREATE INDEX application_step_submitted ON application (step_kind, submitted_at, number);
CREATE INDEX application_step_due ON application (step_kind, (COALESCE(due_at, 9223372036854775807)), number);
DROP INDEX application_step_discipline;
-- What waits for an applicant; whether an expert applies in the same call, and has how many of its reviews.
CREATE INDEX application_owner_step ON application (owner, step_kind, state);
CREATE INDEX application_owner_call ON application (owner, call);
CREATE INDEX assignment_expert_call ON assignment (expert, call, state);
-- What a research office counts.
CREATE INDEX application_university_step ON application (university, call, step_kind, state, due_at);

CREATE INDEX application_member_organisation ON application_member (organisation);
CREATE INDEX person_organisation ON person (organisation, pinyin, id);
CREATE INDEX person_name ON person (name);
CREATE INDEX decision_confirmed ON decision (funded, confirmed_at);
CREATE INDEX notice_application_application ON notice_application (application);
CREATE INDEX objection_application ON objection (application);

-- Who has read what within the hour.
CREATE INDEX fact_read ON fact (actor, subject_kind, subject_id, at) WHERE kind = 'record.read';
