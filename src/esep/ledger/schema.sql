-- Schema of a case, format 1. The same names on every database; triggers are the dialect's.
-- Truth: claims, their values, batches, proposals. Nothing here is updated; one act is one batch.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE batch (
    number    INTEGER PRIMARY KEY,   -- 1, 2, 3 ... in the order of writing
    id        TEXT NOT NULL UNIQUE,  -- SHA-256 over the header (spec/ledger.md)
    actor     TEXT NOT NULL,
    device    TEXT NOT NULL,
    at        TEXT NOT NULL,         -- UTC; never decreases
    tool      TEXT NOT NULL,
    note      TEXT NOT NULL,
    first_seq INTEGER NOT NULL,
    n         INTEGER NOT NULL,
    root      BLOB NOT NULL,         -- Merkle root over all claims up to the end of this batch
    frontier  BLOB NOT NULL          -- roots of the perfect subtrees at that point
);

CREATE TABLE claim (
    seq        INTEGER PRIMARY KEY,
    cid        TEXT NOT NULL UNIQUE, -- 16 random bytes in hexadecimal, four of them the batch's
    batch      INTEGER NOT NULL REFERENCES batch (number) DEFERRABLE INITIALLY DEFERRED,
    op         TEXT NOT NULL,        -- assert | retract | erase
    subject    TEXT NOT NULL,        -- KIND:NAME of a record
    prop       TEXT NOT NULL,
    target     TEXT,                 -- cid retracted or erased; other record of a judgement; proposal decided
    source     TEXT,
    locator    TEXT,                 -- canonical JSON list, or null
    commitment BLOB NOT NULL         -- HMAC-SHA256(salt, canonical [state, value, lang, original])
);
CREATE INDEX claim_subject ON claim (subject, prop);
CREATE INDEX claim_prop ON claim (prop) WHERE op = 'assert';
CREATE INDEX claim_target ON claim (target) WHERE target IS NOT NULL;
CREATE INDEX claim_source ON claim (source) WHERE source IS NOT NULL;

CREATE TABLE claim_value (           -- the only part that can be erased
    seq      INTEGER PRIMARY KEY,
    salt     BLOB NOT NULL,
    state    TEXT NOT NULL,
    value    TEXT,                   -- canonical JSON, or null when the state is not «stated»
    lang     TEXT,
    original TEXT
);

CREATE TABLE proposal (              -- what a program found; never joined or counted by itself
    id      TEXT PRIMARY KEY,        -- SHA-256 over (kind, subject, grounds, payload, rule)
    number  INTEGER NOT NULL UNIQUE, -- order of arrival
    kind    TEXT NOT NULL,
    subject TEXT NOT NULL,           -- source that a text proposal is about, or left record of a pair
    grounds TEXT NOT NULL,           -- hash of the text, or right record of a pair
    payload TEXT NOT NULL,           -- canonical JSON
    rule    TEXT NOT NULL,           -- rule or model id
    batch   INTEGER NOT NULL REFERENCES batch (number) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX proposal_subject ON proposal (subject);
CREATE INDEX proposal_batch ON proposal (batch);

-- Projections: dropped and rebuilt at will, never edited.
CREATE TABLE identity (
    record TEXT PRIMARY KEY,
    minted TEXT NOT NULL UNIQUE,     -- id that this record would give; old ids find their person here
    entity TEXT NOT NULL,            -- id of the person (group, event ...) that the record belongs to now
    first  INTEGER NOT NULL          -- seq of the first claim about the record
);
CREATE INDEX identity_entity ON identity (entity);

CREATE TABLE entry (                 -- one row a person, group, event ... as of now, for lists
    entity   TEXT PRIMARY KEY,
    kind     TEXT NOT NULL,
    name     TEXT,                   -- first name stated, in the order of the ledger
    name_key TEXT,
    statuses TEXT NOT NULL,          -- words of all statuses ever stated, sorted, joined by space
    sources  INTEGER NOT NULL,
    records  INTEGER NOT NULL
);
CREATE INDEX entry_list ON entry (kind, coalesce(name_key, ''), entity);

CREATE TABLE search (token TEXT NOT NULL, entity TEXT NOT NULL, PRIMARY KEY (token, entity));
CREATE INDEX search_entity ON search (entity);

CREATE TABLE conflict (              -- joins that a «different» judgement forbids
    left_record  TEXT NOT NULL,
    right_record TEXT NOT NULL,
    reason       TEXT NOT NULL,
    PRIMARY KEY (left_record, right_record, reason)
);
