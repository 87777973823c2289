-- Projected: who was asked in by name for one dossier, before and after its submission. Whom an unanswered invitation
-- went to stands in no fact, hence in no projected table.
CREATE TABLE dossier_party (
  invitation BIGINT PRIMARY KEY,
  application TEXT NOT NULL,
  call TEXT NOT NULL,
  role TEXT NOT NULL,
  state TEXT NOT NULL,
  person TEXT,
  conflicted BOOLEAN NOT NULL,
  invited_at BIGINT NOT NULL,
  answered_at BIGINT
);
CREATE INDEX dossier_party_application ON dossier_party (application, role);
CREATE INDEX dossier_party_person ON dossier_party (person, call);
-- No fact: the addresses that were asked, as with the members of a team. Gone when an invitation is taken back.
CREATE TABLE party_address (
  invitation BIGINT PRIMARY KEY,
  email TEXT NOT NULL
);
CREATE INDEX party_address_email ON party_address (email);
-- Projected: what was written at a step.
CREATE TABLE statement (
  fact BIGINT PRIMARY KEY,
  application TEXT NOT NULL,
  step TEXT NOT NULL,
  form TEXT NOT NULL,
  person TEXT,
  role TEXT,
  outcome TEXT NOT NULL,
  at BIGINT NOT NULL,
  answers TEXT NOT NULL,
  reason TEXT
);
CREATE INDEX statement_application ON statement (application, fact);
-- Projected: the open steps that wait for a statement. A dossier may have several at once, of which
-- application.step names the first.
CREATE TABLE open_statement (
  application TEXT NOT NULL,
  step TEXT NOT NULL,
  call TEXT NOT NULL,
  holder TEXT NOT NULL,
  since BIGINT NOT NULL,
  due_at BIGINT,
  PRIMARY KEY (application, step)
);
CREATE INDEX open_statement_holder ON open_statement (holder, call, due_at);
