-- A new way in for who has one already takes two: one administrator holds the link, the other the code.
CREATE TABLE role_proposal_next (
  fact BIGINT PRIMARY KEY,
  action TEXT NOT NULL,
  person TEXT NOT NULL,
  -- Null where a link is proposed for somebody who is no administrator.
  role TEXT,
  organisation TEXT NOT NULL,
  proposed_by TEXT,
  proposed_as TEXT,
  proposed_at BIGINT NOT NULL,
  settled_by TEXT,
  settled_at BIGINT,
  confirmed BOOLEAN
);
INSERT INTO role_proposal_next (fact, action, person, role, organisation, proposed_by, proposed_as, proposed_at,
    settled_by, settled_at, confirmed)
  SELECT fact, action, person, role, organisation, proposed_by, proposed_as, proposed_at, settled_by, settled_at,
    confirmed FROM role_proposal;
DROP TABLE role_proposal;
ALTER TABLE role_proposal_next RENAME TO role_proposal;

-- Not facts, as the invitations they belong to.
CREATE TABLE invitation_code (
  proposal BIGINT PRIMARY KEY,
  code_hash BYTEA NOT NULL
);
ALTER TABLE invitation ADD COLUMN code_hash BYTEA;
