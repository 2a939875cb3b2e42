-- Issues that a deed itself names; none in a record made before, until it is built anew.
ALTER TABLE events ADD COLUMN "issues" TEXT NOT NULL DEFAULT '[]';
ALTER TABLE event_clusters ADD COLUMN "issues" TEXT NOT NULL DEFAULT '[]';
