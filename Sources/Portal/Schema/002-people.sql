-- Projected from facts.
CREATE TABLE organisation (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  name_en TEXT NOT NULL,
  pinyin TEXT NOT NULL,
  kind TEXT NOT NULL,
  parent TEXT,
  legal_entity TEXT NOT NULL,
  code TEXT,
  group_name TEXT,
  authority TEXT,
  level TEXT,
  note TEXT
);
CREATE INDEX organisation_pinyin ON organisation (pinyin, id);

CREATE TABLE person (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  pinyin TEXT NOT NULL,
  email TEXT NOT NULL,
  organisation TEXT NOT NULL,
  born TEXT,
  title TEXT,
  title_level TEXT,
  degree TEXT,
  full_time_teacher BOOLEAN,
  service_until TEXT,
  demo BOOLEAN NOT NULL
);
CREATE INDEX person_email ON person (email);
CREATE INDEX person_pinyin ON person (pinyin, id);

CREATE TABLE tenure (
  person TEXT NOT NULL,
  role TEXT NOT NULL,
  organisation TEXT NOT NULL,
  from_at BIGINT NOT NULL,
  until_at BIGINT,
  PRIMARY KEY (person, role, organisation, from_at)
);
CREATE INDEX tenure_role ON tenure (role, organisation);

CREATE TABLE expert (
  person TEXT PRIMARY KEY,
  disciplines TEXT NOT NULL,
  keywords TEXT NOT NULL,
  load_max BIGINT NOT NULL
);
CREATE TABLE expert_discipline (
  discipline TEXT NOT NULL,
  person TEXT NOT NULL,
  place BIGINT NOT NULL,
  PRIMARY KEY (discipline, person)
);

CREATE TABLE track_record (
  fact BIGINT PRIMARY KEY,
  person TEXT NOT NULL,
  kind TEXT NOT NULL,
  family TEXT NOT NULL,
  level TEXT NOT NULL,
  title TEXT NOT NULL,
  from_day TEXT NOT NULL,
  until_day TEXT
);
CREATE INDEX track_record_person ON track_record (person);

CREATE TABLE ledger_entry (
  fact BIGINT NOT NULL,
  line BIGINT NOT NULL,
  at BIGINT NOT NULL,
  from_account TEXT NOT NULL,
  to_account TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  PRIMARY KEY (fact, line)
);
CREATE TABLE account_balance (
  account TEXT PRIMARY KEY,
  balance BIGINT NOT NULL
);

-- What two administrators have to agree on.
CREATE TABLE role_proposal (
  fact BIGINT PRIMARY KEY,
  action TEXT NOT NULL,
  person TEXT NOT NULL,
  role TEXT NOT NULL,
  organisation TEXT NOT NULL,
  proposed_by TEXT,
  proposed_as TEXT,
  proposed_at BIGINT NOT NULL,
  settled_by TEXT,
  settled_at BIGINT,
  confirmed BOOLEAN
);

-- Not facts: secrets, sessions and counters. They are outside the journal, and `journal verify` says so.
CREATE TABLE credential (
  person TEXT PRIMARY KEY,
  password TEXT,
  totp_secret BYTEA,
  totp_last_step BIGINT,
  changed_at BIGINT NOT NULL
);
CREATE TABLE invitation (
  token_hash BYTEA PRIMARY KEY,
  person TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE TABLE session (
  token_hash BYTEA PRIMARY KEY,
  person TEXT NOT NULL,
  csrf TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  second_factor BOOLEAN NOT NULL
);
CREATE INDEX session_person ON session (person);
CREATE TABLE attempt (
  name TEXT PRIMARY KEY,
  failures BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  locked_until BIGINT
);
CREATE TABLE house_setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
);
