-- Projected from facts: panels that meet over dossiers and vote.
CREATE TABLE meeting (
  id TEXT PRIMARY KEY,
  call TEXT NOT NULL,
  title TEXT NOT NULL,
  at BIGINT NOT NULL,
  place TEXT NOT NULL,
  chair TEXT NOT NULL,
  quorum BIGINT NOT NULL,
  majority BIGINT NOT NULL,
  -- called, open, ended, signed
  state TEXT NOT NULL,
  -- The dossier whose turn it is; empty between turns.
  item TEXT NOT NULL,
  opened_at BIGINT,
  ended_at BIGINT,
  signed_at BIGINT,
  minutes TEXT NOT NULL
);
CREATE INDEX meeting_call ON meeting (call, at);
CREATE INDEX meeting_state ON meeting (state, at);
CREATE TABLE meeting_member (
  meeting TEXT NOT NULL,
  person TEXT NOT NULL,
  present BOOLEAN NOT NULL,
  PRIMARY KEY (meeting, person)
);
CREATE INDEX meeting_member_person ON meeting_member (person, meeting);
CREATE TABLE meeting_item (
  meeting TEXT NOT NULL,
  application TEXT NOT NULL,
  place BIGINT NOT NULL,
  begun_at BIGINT,
  closed_at BIGINT,
  entitled BIGINT,
  yes BIGINT,
  no BIGINT,
  abstained BIGINT,
  outcome TEXT,
  PRIMARY KEY (meeting, application)
);
CREATE INDEX meeting_item_application ON meeting_item (application, meeting);
CREATE TABLE meeting_leave (
  meeting TEXT NOT NULL,
  application TEXT NOT NULL,
  person TEXT NOT NULL,
  at BIGINT NOT NULL,
  conflict TEXT,
  reason TEXT,
  PRIMARY KEY (meeting, application, person)
);
CREATE TABLE meeting_ballot (
  meeting TEXT NOT NULL,
  application TEXT NOT NULL,
  person TEXT NOT NULL,
  vote TEXT NOT NULL,
  PRIMARY KEY (meeting, application, person)
);
