-- Projected from facts. As what an expert can judge; an expert without a row is of the sciences.
CREATE TABLE expert_kind (
  person TEXT NOT NULL,
  kind TEXT NOT NULL,
  PRIMARY KEY (person, kind)
);

-- One expert's place in the panel of one step. `closed_fact` is the fact that counted the panel's answers.
CREATE TABLE appraiser_seat (
  id TEXT PRIMARY KEY,
  application TEXT NOT NULL,
  call TEXT NOT NULL,
  step TEXT NOT NULL,
  lens TEXT NOT NULL,
  expert TEXT NOT NULL,
  state TEXT NOT NULL,
  seated_at BIGINT NOT NULL,
  answered_at BIGINT,
  written_at BIGINT,
  written_fact BIGINT,
  reason TEXT,
  closed_fact BIGINT
);
CREATE INDEX appraiser_seat_application ON appraiser_seat (application, step);
CREATE INDEX appraiser_seat_expert ON appraiser_seat (expert, state);
CREATE INDEX appraiser_seat_call ON appraiser_seat (call, state);

-- What the answers of a panel came to; the figures stand in the fact.
CREATE TABLE appraisal_result (
  fact BIGINT PRIMARY KEY,
  application TEXT NOT NULL,
  step TEXT NOT NULL,
  at BIGINT NOT NULL,
  positive BOOLEAN NOT NULL
);
CREATE INDEX appraisal_result_application ON appraisal_result (application, step);

-- Not a fact until it is handed in.
CREATE TABLE appraisal_draft (
  seat TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  answers TEXT NOT NULL,
  saved_at BIGINT NOT NULL
);
