-- Projected: every open step of a dossier. A dossier may have several at once, of which application.step names the
-- first; so far only those that wait for a statement stood in a table.
CREATE TABLE open_step (
  application TEXT NOT NULL,
  step TEXT NOT NULL,
  kind TEXT NOT NULL,
  call TEXT NOT NULL,
  holder TEXT NOT NULL,
  since BIGINT NOT NULL,
  due_at BIGINT,
  PRIMARY KEY (application, step)
);
-- An engine without statistics takes the index of which it can bind the most columns: with the application in each, a
-- person's few are looked up one by one.
CREATE INDEX open_step_kind ON open_step (kind, application);
CREATE INDEX open_step_holder ON open_step (kind, holder, application);
-- What can be told without the procedures, so that no list is empty before `journal rebuild` adds the steps that lie
-- beside a dossier's first; until then the first counts as open since the last move.
INSERT INTO open_step (application, step, kind, call, holder, since, due_at)
  SELECT application, step, 'statement', call, holder, since, due_at FROM open_statement;
INSERT INTO open_step (application, step, kind, call, holder, since, due_at)
  SELECT application.id, application.step, application.step_kind, application.call, application.holder,
    COALESCE((SELECT MAX(fact.at) FROM fact WHERE fact.subject_kind = 'application'
      AND fact.subject_id = application.id AND fact.step IS NOT NULL), application.submitted_at),
    application.due_at
  FROM application WHERE application.state = 'open' AND application.step_kind <> 'statement';
DROP TABLE open_statement;
