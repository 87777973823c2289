-- Projected: how many of each role had accepted to be a party of the dossier when it was submitted. They carry it until
-- it is submitted again, whatever is answered meanwhile.
CREATE TABLE submitted_party (
  fact BIGINT NOT NULL,
  application TEXT NOT NULL,
  role TEXT NOT NULL,
  count BIGINT NOT NULL,
  PRIMARY KEY (fact, role)
);
CREATE INDEX submitted_party_application ON submitted_party (application, fact);
