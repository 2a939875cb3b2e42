-- Who a name, its last word or a country stands for, and how the newest article knows somebody, by index.
ALTER TABLE actors ADD COLUMN day TEXT NOT NULL DEFAULT '';
UPDATE actors SET day = coalesce((SELECT published_range_end FROM articles WHERE id = article), '');
CREATE TRIGGER actors_day AFTER INSERT ON actors BEGIN
    UPDATE actors SET day = coalesce((SELECT published_range_end FROM articles WHERE id = new.article), '')
    WHERE key = new.key; END;
CREATE INDEX actors_newest ON actors(id, day, article);
CREATE INDEX actors_by_country ON actors(country, id, name, kind, sector);
CREATE INDEX actors_by_short_id ON actors(substr(id, instr(id, ':') + 1) COLLATE NOCASE);
CREATE INDEX actors_by_any_id ON actors(id COLLATE NOCASE);
CREATE INDEX actors_by_role ON actors(role, id) WHERE role IS NOT NULL;
CREATE INDEX actors_by_name ON actors(name COLLATE NOCASE);
CREATE INDEX actors_by_last_word ON actors(
    substr(name, length(rtrim(name, replace(name, ' ', ''))) + 1) COLLATE NOCASE);
-- Issues by id or label as people write them, and with their labels in order.
DROP INDEX issues_by_id;
CREATE INDEX issues_by_id ON issues(id, label);
CREATE INDEX issues_by_name ON issues(id COLLATE NOCASE);
CREATE INDEX issues_by_label ON issues(label COLLATE NOCASE);
CREATE INDEX same_quotes_by_group ON same_quotes("group");
