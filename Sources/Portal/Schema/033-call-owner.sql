-- Projected from facts: who answers for what set a call off, a person or whoever holds a role in an organisation.
ALTER TABLE call ADD COLUMN owner_person TEXT;
ALTER TABLE call ADD COLUMN owner_role TEXT;
ALTER TABLE call ADD COLUMN owner_organisation TEXT;
CREATE INDEX call_owner ON call (owner_person);
CREATE INDEX call_owner_role ON call (owner_role, owner_organisation);
