-- Projected: the fact that ended a panel before it was closed. Another branch sent the dossier back or ended it: what was
-- handed in is kept and counts for nothing. `journal verify` names what ended before as differences until `journal rebuild`
-- was run once.
ALTER TABLE appraiser_seat ADD COLUMN ended_fact BIGINT;
-- Work lists are read by open step, in the order of numbers or of deadlines, a page at a time; the number is the dossier's.
-- `beside` are those that application.step does not name: few, and counted beside what application_count has.
ALTER TABLE open_step ADD COLUMN number TEXT NOT NULL DEFAULT '';
ALTER TABLE open_step ADD COLUMN beside BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE open_step SET
  number = (SELECT application.number FROM application WHERE application.id = open_step.application),
  beside = step <> (SELECT application.step FROM application WHERE application.id = open_step.application)
WHERE EXISTS (SELECT 1 FROM application WHERE application.id = open_step.application);
CREATE INDEX open_step_number ON open_step (call, kind, number);
CREATE INDEX open_step_due ON open_step (kind, (COALESCE(due_at, 9223372036854775807)), number);
CREATE INDEX open_step_beside ON open_step (beside, kind, call, application);
