-- A project keeps the id of the application it came from.
CREATE TABLE contract (
  application TEXT PRIMARY KEY,
  fact BIGINT NOT NULL,
  number TEXT NOT NULL,
  amount BIGINT NOT NULL,
  drafted_at BIGINT NOT NULL,
  agreed_at BIGINT
);
CREATE TABLE contract_agreement (
  application TEXT NOT NULL,
  party TEXT NOT NULL,
  person TEXT,
  at BIGINT NOT NULL,
  PRIMARY KEY (application, party)
);
CREATE TABLE instalment (
  application TEXT NOT NULL,
  id TEXT NOT NULL,
  place BIGINT NOT NULL,
  amount BIGINT NOT NULL,
  upon TEXT NOT NULL,
  PRIMARY KEY (application, id)
);
CREATE TABLE payment (
  id TEXT PRIMARY KEY,
  application TEXT NOT NULL,
  instalment TEXT NOT NULL,
  amount BIGINT NOT NULL,
  payee TEXT NOT NULL,
  state TEXT NOT NULL,
  prepared_by TEXT,
  prepared_at BIGINT NOT NULL,
  approved_by TEXT,
  approved_at BIGINT,
  paid_at BIGINT,
  reference TEXT,
  reason TEXT
);
CREATE INDEX payment_application ON payment (application);
CREATE INDEX payment_state ON payment (state, prepared_at);
