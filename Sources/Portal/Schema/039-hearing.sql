-- Projected: panels that hear candidates. `notes` is the form in which is written what was said with each, and empty where
-- none is heard; `majority` is 0 where nobody votes.
ALTER TABLE meeting ADD COLUMN notes TEXT NOT NULL DEFAULT '';
ALTER TABLE meeting_item ADD COLUMN heard_at BIGINT;
ALTER TABLE meeting_item ADD COLUMN heard_until BIGINT;
