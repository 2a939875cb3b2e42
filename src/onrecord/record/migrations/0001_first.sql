-- Tables of a record; columns follow the types of onrecord (docs/data-dictionary.md).

CREATE TABLE articles (
    key INTEGER PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "title" TEXT,
    "authors" TEXT NOT NULL,
    "publisher" TEXT,
    "url" TEXT,
    "published" TEXT,
    "published_basis" TEXT NOT NULL,
    "published_range_start" TEXT,
    "published_range_end" TEXT,
    "published_evidence" TEXT NOT NULL,
    "published_reason" TEXT,
    "language" TEXT,
    "licence" TEXT,
    "text_sha256" TEXT NOT NULL,
    "meta" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    UNIQUE (id)
);

CREATE TABLE passages (
    key INTEGER PRIMARY KEY,
    article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "role" TEXT NOT NULL,
    "language" TEXT,
    UNIQUE (article, n)
);

CREATE TABLE actors (
    key INTEGER PRIMARY KEY,
    article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "country" TEXT,
    "sector" TEXT,
    "wikidata" TEXT,
    "role" TEXT,
    UNIQUE (article, n),
    UNIQUE (article, id)
);

CREATE TABLE mentions (
    key INTEGER PRIMARY KEY,
    article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "form" TEXT NOT NULL,
    "actor" TEXT,
    "reason" TEXT,
    "keys" TEXT NOT NULL,
    "members" TEXT NOT NULL,
    UNIQUE (article, n)
);

CREATE TABLE times (
    key INTEGER PRIMARY KEY,
    article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "range_start" TEXT,
    "range_end" TEXT,
    "mod" TEXT,
    "looks" TEXT,
    UNIQUE (article, n)
);

CREATE TABLE statements (
    key INTEGER PRIMARY KEY,
    article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    "id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "cue" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "speaker" TEXT,
    "speech" TEXT NOT NULL,
    "act" TEXT NOT NULL,
    "negated" INTEGER NOT NULL,
    "hedged" INTEGER NOT NULL,
    "within" TEXT,
    "addressee" TEXT NOT NULL,
    "said_on_start" TEXT,
    "said_on_end" TEXT,
    "said_at" TEXT,
    "issues" TEXT NOT NULL,
    "confidence" REAL NOT NULL,
    "quote" TEXT NOT NULL,
    "source_text" TEXT NOT NULL,
    "cue_text" TEXT NOT NULL,
    "speaker_reason" TEXT,
    "why" TEXT NOT NULL,
    UNIQUE (article, n),
    UNIQUE (id)
);

CREATE TABLE statements_actors (
    row TEXT NOT NULL REFERENCES statements(id) ON DELETE CASCADE,
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (row, role, actor)
) WITHOUT ROWID;
CREATE INDEX statements_actors_by_actor ON statements_actors(actor, row);

CREATE TABLE statements_issues (
    row TEXT NOT NULL REFERENCES statements(id) ON DELETE CASCADE,
    issue TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (row, role, issue)
) WITHOUT ROWID;
CREATE INDEX statements_issues_by_issue ON statements_issues(issue, row);

CREATE TABLE events (
    key INTEGER PRIMARY KEY,
    article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "mode" TEXT,
    "contexts" TEXT NOT NULL,
    "actors" TEXT NOT NULL,
    "recipients" TEXT NOT NULL,
    "date_start" TEXT,
    "date_end" TEXT,
    "place" TEXT,
    "status" TEXT NOT NULL,
    "on_word_of" TEXT,
    "trigger" TEXT NOT NULL,
    "evidence" TEXT NOT NULL,
    "confidence" REAL NOT NULL,
    "trigger_text" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "date_basis" TEXT,
    "why" TEXT NOT NULL,
    UNIQUE (article, n),
    UNIQUE (id)
);

CREATE TABLE events_actors (
    row TEXT NOT NULL REFERENCES events(id) ON DELETE CASCADE,
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (row, role, actor)
) WITHOUT ROWID;
CREATE INDEX events_actors_by_actor ON events_actors(actor, row);

CREATE TABLE events_issues (
    row TEXT NOT NULL REFERENCES events(id) ON DELETE CASCADE,
    issue TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (row, role, issue)
) WITHOUT ROWID;
CREATE INDEX events_issues_by_issue ON events_issues(issue, row);

CREATE TABLE meetings (
    key INTEGER PRIMARY KEY,
    article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    "id" TEXT NOT NULL,
    "participants" TEXT NOT NULL,
    "delegations" TEXT NOT NULL,
    "occasion" TEXT,
    "place" TEXT,
    "date_start" TEXT,
    "date_end" TEXT,
    "minutes" INTEGER,
    "length_told" TEXT,
    "medium" TEXT,
    "status" TEXT NOT NULL,
    "agenda" TEXT NOT NULL,
    "evidence" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "date_basis" TEXT,
    "on_word_of" TEXT,
    "confidence" REAL NOT NULL,
    "why" TEXT NOT NULL,
    UNIQUE (article, n),
    UNIQUE (id)
);

CREATE TABLE meetings_actors (
    row TEXT NOT NULL REFERENCES meetings(id) ON DELETE CASCADE,
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (row, role, actor)
) WITHOUT ROWID;
CREATE INDEX meetings_actors_by_actor ON meetings_actors(actor, row);

CREATE TABLE meetings_issues (
    row TEXT NOT NULL REFERENCES meetings(id) ON DELETE CASCADE,
    issue TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (row, role, issue)
) WITHOUT ROWID;
CREATE INDEX meetings_issues_by_issue ON meetings_issues(issue, row);

CREATE TABLE agreements (
    key INTEGER PRIMARY KEY,
    article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    "id" TEXT NOT NULL,
    "parties" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "made_on_start" TEXT,
    "made_on_end" TEXT,
    "effective_start" TEXT,
    "effective_end" TEXT,
    "expires_start" TEXT,
    "expires_end" TEXT,
    "state" TEXT NOT NULL,
    "on_word_of" TEXT,
    "brokers" TEXT NOT NULL,
    "conditions" TEXT NOT NULL,
    "evidence" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "confidence" REAL NOT NULL,
    "why" TEXT NOT NULL,
    UNIQUE (article, n),
    UNIQUE (id)
);

CREATE TABLE agreements_actors (
    row TEXT NOT NULL REFERENCES agreements(id) ON DELETE CASCADE,
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (row, role, actor)
) WITHOUT ROWID;
CREATE INDEX agreements_actors_by_actor ON agreements_actors(actor, row);

CREATE TABLE agreements_issues (
    row TEXT NOT NULL REFERENCES agreements(id) ON DELETE CASCADE,
    issue TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (row, role, issue)
) WITHOUT ROWID;
CREATE INDEX agreements_issues_by_issue ON agreements_issues(issue, row);

CREATE TABLE disputes (
    key INTEGER PRIMARY KEY,
    article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    "id" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "sides" TEXT NOT NULL,
    "confidence" REAL NOT NULL,
    "why" TEXT NOT NULL,
    "about_row" TEXT,
    UNIQUE (article, n),
    UNIQUE (id)
);

CREATE TABLE disputes_actors (
    row TEXT NOT NULL REFERENCES disputes(id) ON DELETE CASCADE,
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (row, role, actor)
) WITHOUT ROWID;
CREATE INDEX disputes_actors_by_actor ON disputes_actors(actor, row);

CREATE TABLE disputes_issues (
    row TEXT NOT NULL REFERENCES disputes(id) ON DELETE CASCADE,
    issue TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (row, role, issue)
) WITHOUT ROWID;
CREATE INDEX disputes_issues_by_issue ON disputes_issues(issue, row);

CREATE TABLE issues (
    key INTEGER PRIMARY KEY,
    article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    "id" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "weight" REAL NOT NULL,
    UNIQUE (article, n)
);

CREATE TABLE event_clusters (
    key INTEGER PRIMARY KEY,
    n INTEGER NOT NULL,
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "mode" TEXT,
    "contexts" TEXT NOT NULL,
    "actors" TEXT NOT NULL,
    "recipients" TEXT NOT NULL,
    "date_start" TEXT,
    "date_end" TEXT,
    "place" TEXT,
    "status" TEXT NOT NULL,
    "on_word_of" TEXT,
    "trigger" TEXT NOT NULL,
    "evidence" TEXT NOT NULL,
    "confidence" REAL NOT NULL,
    "trigger_text" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "date_basis" TEXT,
    "why" TEXT NOT NULL,
    "articles" INTEGER NOT NULL,
    "independent" INTEGER NOT NULL,
    "accounts" TEXT NOT NULL,
    UNIQUE (id)
);

CREATE TABLE event_clusters_actors (
    row TEXT NOT NULL REFERENCES event_clusters(id) ON DELETE CASCADE,
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (row, role, actor)
) WITHOUT ROWID;
CREATE INDEX event_clusters_actors_by_actor ON event_clusters_actors(actor, row);

CREATE TABLE event_clusters_issues (
    row TEXT NOT NULL REFERENCES event_clusters(id) ON DELETE CASCADE,
    issue TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (row, role, issue)
) WITHOUT ROWID;
CREATE INDEX event_clusters_issues_by_issue ON event_clusters_issues(issue, row);

CREATE TABLE event_clusters_articles (
    row TEXT NOT NULL REFERENCES event_clusters(id) ON DELETE CASCADE,
    article TEXT NOT NULL,
    PRIMARY KEY (row, article)
) WITHOUT ROWID;
CREATE INDEX event_clusters_articles_by_article ON event_clusters_articles(article, row);

CREATE TABLE merged_meetings (
    key INTEGER PRIMARY KEY,
    n INTEGER NOT NULL,
    "id" TEXT NOT NULL,
    "participants" TEXT NOT NULL,
    "delegations" TEXT NOT NULL,
    "occasion" TEXT,
    "place" TEXT,
    "date_start" TEXT,
    "date_end" TEXT,
    "minutes" INTEGER,
    "length_told" TEXT,
    "medium" TEXT,
    "status" TEXT NOT NULL,
    "agenda" TEXT NOT NULL,
    "evidence" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "date_basis" TEXT,
    "on_word_of" TEXT,
    "confidence" REAL NOT NULL,
    "why" TEXT NOT NULL,
    "articles" INTEGER NOT NULL,
    "independent" INTEGER NOT NULL,
    "accounts" TEXT NOT NULL,
    UNIQUE (id)
);

CREATE TABLE merged_meetings_actors (
    row TEXT NOT NULL REFERENCES merged_meetings(id) ON DELETE CASCADE,
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (row, role, actor)
) WITHOUT ROWID;
CREATE INDEX merged_meetings_actors_by_actor ON merged_meetings_actors(actor, row);

CREATE TABLE merged_meetings_issues (
    row TEXT NOT NULL REFERENCES merged_meetings(id) ON DELETE CASCADE,
    issue TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (row, role, issue)
) WITHOUT ROWID;
CREATE INDEX merged_meetings_issues_by_issue ON merged_meetings_issues(issue, row);

CREATE TABLE merged_meetings_articles (
    row TEXT NOT NULL REFERENCES merged_meetings(id) ON DELETE CASCADE,
    article TEXT NOT NULL,
    PRIMARY KEY (row, article)
) WITHOUT ROWID;
CREATE INDEX merged_meetings_articles_by_article ON merged_meetings_articles(article, row);

CREATE TABLE merged_agreements (
    key INTEGER PRIMARY KEY,
    n INTEGER NOT NULL,
    "id" TEXT NOT NULL,
    "parties" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "made_on_start" TEXT,
    "made_on_end" TEXT,
    "effective_start" TEXT,
    "effective_end" TEXT,
    "expires_start" TEXT,
    "expires_end" TEXT,
    "state" TEXT NOT NULL,
    "on_word_of" TEXT,
    "brokers" TEXT NOT NULL,
    "conditions" TEXT NOT NULL,
    "evidence" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "confidence" REAL NOT NULL,
    "why" TEXT NOT NULL,
    "articles" INTEGER NOT NULL,
    "independent" INTEGER NOT NULL,
    "accounts" TEXT NOT NULL,
    UNIQUE (id)
);

CREATE TABLE merged_agreements_actors (
    row TEXT NOT NULL REFERENCES merged_agreements(id) ON DELETE CASCADE,
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (row, role, actor)
) WITHOUT ROWID;
CREATE INDEX merged_agreements_actors_by_actor ON merged_agreements_actors(actor, row);

CREATE TABLE merged_agreements_issues (
    row TEXT NOT NULL REFERENCES merged_agreements(id) ON DELETE CASCADE,
    issue TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (row, role, issue)
) WITHOUT ROWID;
CREATE INDEX merged_agreements_issues_by_issue ON merged_agreements_issues(issue, row);

CREATE TABLE merged_agreements_articles (
    row TEXT NOT NULL REFERENCES merged_agreements(id) ON DELETE CASCADE,
    article TEXT NOT NULL,
    PRIMARY KEY (row, article)
) WITHOUT ROWID;
CREATE INDEX merged_agreements_articles_by_article ON merged_agreements_articles(article, row);

CREATE TABLE merged_disputes (
    key INTEGER PRIMARY KEY,
    n INTEGER NOT NULL,
    "id" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "sides" TEXT NOT NULL,
    "confidence" REAL NOT NULL,
    "why" TEXT NOT NULL,
    "about_row" TEXT,
    "articles" INTEGER NOT NULL,
    "independent" INTEGER NOT NULL,
    "accounts" TEXT NOT NULL,
    UNIQUE (id)
);

CREATE TABLE merged_disputes_actors (
    row TEXT NOT NULL REFERENCES merged_disputes(id) ON DELETE CASCADE,
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (row, role, actor)
) WITHOUT ROWID;
CREATE INDEX merged_disputes_actors_by_actor ON merged_disputes_actors(actor, row);

CREATE TABLE merged_disputes_issues (
    row TEXT NOT NULL REFERENCES merged_disputes(id) ON DELETE CASCADE,
    issue TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (row, role, issue)
) WITHOUT ROWID;
CREATE INDEX merged_disputes_issues_by_issue ON merged_disputes_issues(issue, row);

CREATE TABLE merged_disputes_articles (
    row TEXT NOT NULL REFERENCES merged_disputes(id) ON DELETE CASCADE,
    article TEXT NOT NULL,
    PRIMARY KEY (row, article)
) WITHOUT ROWID;
CREATE INDEX merged_disputes_articles_by_article ON merged_disputes_articles(article, row);

CREATE TABLE positions (
    key INTEGER PRIMARY KEY,
    n INTEGER NOT NULL,
    "id" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "issue" TEXT NOT NULL,
    "range_start" TEXT,
    "range_end" TEXT,
    "stance" TEXT NOT NULL,
    "shift_from" TEXT,
    "articles" INTEGER NOT NULL,
    "independent" INTEGER NOT NULL,
    "accounts" TEXT NOT NULL,
    UNIQUE (id)
);

CREATE TABLE positions_actors (
    row TEXT NOT NULL REFERENCES positions(id) ON DELETE CASCADE,
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (row, role, actor)
) WITHOUT ROWID;
CREATE INDEX positions_actors_by_actor ON positions_actors(actor, row);

CREATE TABLE positions_issues (
    row TEXT NOT NULL REFERENCES positions(id) ON DELETE CASCADE,
    issue TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (row, role, issue)
) WITHOUT ROWID;
CREATE INDEX positions_issues_by_issue ON positions_issues(issue, row);

CREATE TABLE positions_articles (
    row TEXT NOT NULL REFERENCES positions(id) ON DELETE CASCADE,
    article TEXT NOT NULL,
    PRIMARY KEY (row, article)
) WITHOUT ROWID;
CREATE INDEX positions_articles_by_article ON positions_articles(article, row);

CREATE TABLE copies (
    "article" TEXT NOT NULL,
    "of" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "similarity" REAL NOT NULL,
    PRIMARY KEY (article)
);

CREATE TABLE same_quotes (
    "statement" TEXT NOT NULL,
    "group" TEXT NOT NULL,
    "similarity" REAL NOT NULL,
    PRIMARY KEY (statement)
);

CREATE INDEX articles_by_path ON articles(path);
CREATE INDEX actors_by_id ON actors(id, name, kind, country, sector, article);
CREATE INDEX mentions_by_actor ON mentions(actor);
CREATE INDEX issues_by_id ON issues(id);
CREATE INDEX statements_by_speaker ON statements(speaker);
CREATE INDEX statements_by_day ON statements(said_on_start);
CREATE INDEX events_by_day ON events(date_start);

-- event → the cluster it is told with
CREATE TABLE event_members (
    event TEXT PRIMARY KEY REFERENCES events(id) ON DELETE CASCADE,
    cluster TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX event_members_by_cluster ON event_members(cluster);

-- inputs that are no article, and why
CREATE TABLE rejects (
    path TEXT NOT NULL, reason TEXT NOT NULL, detail TEXT NOT NULL, deliberate INTEGER NOT NULL,
    PRIMARY KEY (path, reason, detail)
) WITHOUT ROWID;

-- rows that were refused because their words are not the characters they point at
CREATE TABLE refused (
    article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    kind TEXT NOT NULL, row TEXT NOT NULL, reason TEXT NOT NULL
);
CREATE INDEX refused_by_article ON refused(article);

-- what made the record: versions, settings; values are JSON
CREATE TABLE manifest (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- a user's own tables of facts, as they were when the record was built
CREATE TABLE fact_tables (
    kind TEXT NOT NULL, n INTEGER NOT NULL, name TEXT NOT NULL, content TEXT NOT NULL, PRIMARY KEY (kind, n)
) WITHOUT ROWID;

CREATE VIRTUAL TABLE articles_fts USING fts5(
    title, text, content='articles', content_rowid='key', tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER articles_fts_in AFTER INSERT ON articles BEGIN
    INSERT INTO articles_fts(rowid, title, text) VALUES (new.key, new.title, new.text); END;
CREATE TRIGGER articles_fts_out AFTER DELETE ON articles BEGIN
    INSERT INTO articles_fts(articles_fts, rowid, title, text)
    VALUES ('delete', old.key, old.title, old.text); END;

CREATE VIRTUAL TABLE statements_fts USING fts5(
    quote, source_text, content='statements', content_rowid='key', tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER statements_fts_in AFTER INSERT ON statements BEGIN
    INSERT INTO statements_fts(rowid, quote, source_text)
    VALUES (new.key, new.quote, new.source_text); END;
CREATE TRIGGER statements_fts_out AFTER DELETE ON statements BEGIN
    INSERT INTO statements_fts(statements_fts, rowid, quote, source_text)
    VALUES ('delete', old.key, old.quote, old.source_text); END;
