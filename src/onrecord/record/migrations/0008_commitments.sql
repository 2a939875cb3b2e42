-- Who promised what to whom, as each article tells it; none in a record made before, until it is built anew.

CREATE TABLE commitments (
    key INTEGER PRIMARY KEY,
    article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    "id" TEXT NOT NULL,
    "promiser" TEXT NOT NULL,
    "beneficiary" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "negated" INTEGER NOT NULL,
    "made_on_start" TEXT,
    "made_on_end" TEXT,
    "effective_start" TEXT,
    "effective_end" TEXT,
    "due_start" TEXT,
    "due_end" TEXT,
    "expires_start" TEXT,
    "expires_end" TEXT,
    "condition" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "agreement" TEXT,
    "on_word_of" TEXT,
    "evidence" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "confidence" REAL NOT NULL,
    "why" TEXT NOT NULL,
    "corrected" TEXT NOT NULL,
    UNIQUE (article, n),
    UNIQUE (id)
);

CREATE TABLE commitments_actors (
    row TEXT NOT NULL REFERENCES commitments(id) ON DELETE CASCADE,
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (row, role, actor)
) WITHOUT ROWID;
CREATE INDEX commitments_actors_by_actor ON commitments_actors(actor, row);

CREATE INDEX commitments_corrected ON commitments(id) WHERE corrected <> '[]';
CREATE INDEX commitments_by_agreement ON commitments(agreement) WHERE agreement IS NOT NULL;
