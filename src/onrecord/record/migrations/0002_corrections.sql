-- what people put right; kept through every build
CREATE TABLE corrections (
    id TEXT PRIMARY KEY, what TEXT NOT NULL, field TEXT, anchors TEXT NOT NULL, value TEXT NOT NULL,
    was TEXT NOT NULL, who TEXT NOT NULL, at TEXT NOT NULL, why TEXT NOT NULL
) WITHOUT ROWID;

-- where each correction found its words when they were last applied
CREATE TABLE corrections_found (
    correction TEXT NOT NULL, n INTEGER NOT NULL, article TEXT, row TEXT,
    state TEXT NOT NULL, reason TEXT NOT NULL
);
CREATE INDEX corrections_found_by_row ON corrections_found(row);

-- the extractor's own reading of each article that corrections changed, as JSON, without the text
CREATE TABLE uncorrected (
    article TEXT PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE, reading TEXT NOT NULL
) WITHOUT ROWID;

ALTER TABLE mentions ADD COLUMN corrected TEXT NOT NULL DEFAULT '[]';
ALTER TABLE statements ADD COLUMN corrected TEXT NOT NULL DEFAULT '[]';
ALTER TABLE events ADD COLUMN corrected TEXT NOT NULL DEFAULT '[]';
ALTER TABLE meetings ADD COLUMN corrected TEXT NOT NULL DEFAULT '[]';
ALTER TABLE agreements ADD COLUMN corrected TEXT NOT NULL DEFAULT '[]';
ALTER TABLE disputes ADD COLUMN corrected TEXT NOT NULL DEFAULT '[]';
ALTER TABLE event_clusters ADD COLUMN corrected TEXT NOT NULL DEFAULT '[]';
ALTER TABLE merged_meetings ADD COLUMN corrected TEXT NOT NULL DEFAULT '[]';
ALTER TABLE merged_agreements ADD COLUMN corrected TEXT NOT NULL DEFAULT '[]';
ALTER TABLE merged_disputes ADD COLUMN corrected TEXT NOT NULL DEFAULT '[]';
ALTER TABLE positions ADD COLUMN corrected TEXT NOT NULL DEFAULT '[]';
