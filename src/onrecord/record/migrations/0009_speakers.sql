-- all who say it, where a source names several; none in a record made before, until it is built anew
ALTER TABLE statements ADD COLUMN "speakers" TEXT NOT NULL DEFAULT '[]';
