-- Who is asked to join a draft, by address. Nobody learns from it whether the address belongs to anybody: a name
-- stands in draft_member only once that person has agreed.
CREATE TABLE draft_asked (
  draft TEXT NOT NULL REFERENCES draft (id),
  email TEXT NOT NULL,
  task TEXT NOT NULL,
  added_at BIGINT NOT NULL,
  PRIMARY KEY (draft, email)
);
CREATE INDEX draft_asked_email ON draft_asked (email);
INSERT INTO draft_asked (draft, email, task, added_at)
  SELECT draft_member.draft, person.email, draft_member.task, draft_member.added_at
  FROM draft_member JOIN person ON person.id = draft_member.person
  WHERE NOT EXISTS (SELECT 1 FROM member_consent
    WHERE member_consent.application = draft_member.draft AND member_consent.person = draft_member.person);
DELETE FROM draft_member WHERE NOT EXISTS (SELECT 1 FROM member_consent
  WHERE member_consent.application = draft_member.draft AND member_consent.person = draft_member.person);
