-- Projected: the fact that ended a panel before it was closed. Another branch sent the dossier back or ended it: what was
-- handed in is kept and counts for nothing. `journal verify` names what ended before as differences until `journal rebuild`
-- was run once.
ALTER TABLE appraiser_seat ADD COLUMN ended_fact BIGINT;
-- Which open steps application.step does not name: few, and counted beside what application_count has.
ALTER TABLE open_step ADD COLUMN beside BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE open_step SET beside = TRUE WHERE step <> (SELECT application.step FROM application
  WHERE application.id = open_step.application);
CREATE INDEX open_step_beside ON open_step (beside, kind, call, application);
