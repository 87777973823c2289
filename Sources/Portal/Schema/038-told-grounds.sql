-- Projected: whoever wrote the grounds of a round knew that they would be read by anybody. What was written before is not.
ALTER TABLE topic_round ADD COLUMN told BOOLEAN NOT NULL DEFAULT FALSE;
-- What waits at one kind of step in one call is found without walking the call. After 036, which could not tell the steps
-- that lie beside a dossier's first, `journal verify` names them as differences until `journal rebuild` was run once.
CREATE INDEX open_step_call ON open_step (call, kind, application);
