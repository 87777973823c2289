-- Projected: panels that hear candidates, and what is written of a dossier. `notes` is the form of it, and empty where nothing
-- is; `majority` is 0 where nobody votes.
ALTER TABLE meeting ADD COLUMN notes TEXT NOT NULL DEFAULT '';
ALTER TABLE meeting ADD COLUMN hears BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE meeting_item ADD COLUMN heard_at BIGINT;
ALTER TABLE meeting_item ADD COLUMN heard_until BIGINT;
