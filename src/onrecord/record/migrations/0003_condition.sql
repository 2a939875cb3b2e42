-- the clause that a forecast in the article's own voice hangs on, as spans
ALTER TABLE statements ADD COLUMN "condition" TEXT NOT NULL DEFAULT '[]';
