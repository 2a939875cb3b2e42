-- Articles and actors that came, changed or went since merged rows were last brought in line with them.
CREATE TABLE unmerged (article TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE unmerged_actors (id TEXT PRIMARY KEY) WITHOUT ROWID;
INSERT INTO unmerged SELECT id FROM articles;
INSERT INTO unmerged_actors SELECT DISTINCT id FROM actors;
CREATE TRIGGER unmerged_in AFTER INSERT ON articles BEGIN
    INSERT OR IGNORE INTO unmerged VALUES (new.id); END;
CREATE TRIGGER unmerged_out AFTER DELETE ON articles BEGIN
    INSERT OR IGNORE INTO unmerged VALUES (old.id); END;
CREATE TRIGGER unmerged_actors_in AFTER INSERT ON actors BEGIN
    INSERT OR IGNORE INTO unmerged_actors VALUES (new.id); END;
CREATE TRIGGER unmerged_actors_out AFTER DELETE ON actors BEGIN
    INSERT OR IGNORE INTO unmerged_actors VALUES (old.id); END;

-- What merging starts from: of each article its place in time, wording with signature, names; wordings that
-- are near one another, articles alike, actors as they were known, and the blocks in which rows are found.
CREATE TABLE merge_state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE merge_traces (
    article TEXT PRIMARY KEY, first TEXT NOT NULL, last TEXT NOT NULL, wording TEXT NOT NULL,
    bands BLOB NOT NULL, names BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE merge_near (
    one TEXT NOT NULL, other TEXT NOT NULL, shared REAL NOT NULL, PRIMARY KEY (one, other)
) WITHOUT ROWID;
CREATE TABLE merge_alike (one TEXT NOT NULL, other TEXT NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE TABLE merge_actors (id TEXT PRIMARY KEY, told TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE merge_keys (
    kind TEXT NOT NULL, key INTEGER NOT NULL, row TEXT NOT NULL, article TEXT NOT NULL,
    told INTEGER NOT NULL, PRIMARY KEY (kind, key, row)
) WITHOUT ROWID;
CREATE INDEX merge_keys_by_article ON merge_keys(article, kind);

-- Merged rows are found by their place.
CREATE INDEX event_clusters_by_n ON event_clusters(n);
CREATE INDEX merged_meetings_by_n ON merged_meetings(n);
CREATE INDEX merged_agreements_by_n ON merged_agreements(n);
CREATE INDEX merged_disputes_by_n ON merged_disputes(n);
CREATE INDEX positions_by_n ON positions(n);

-- Corrected rows are few.
CREATE INDEX statements_corrected ON statements(id) WHERE corrected <> '[]';
CREATE INDEX events_corrected ON events(id) WHERE corrected <> '[]';
CREATE INDEX meetings_corrected ON meetings(id) WHERE corrected <> '[]';
CREATE INDEX agreements_corrected ON agreements(id) WHERE corrected <> '[]';
CREATE INDEX disputes_corrected ON disputes(id) WHERE corrected <> '[]';
