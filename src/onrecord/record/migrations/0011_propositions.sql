-- what statements tell of dealings between two sides; none in a record made before, until it is built anew
ALTER TABLE statements ADD COLUMN "proposition" TEXT;
