-- Meetings: planned length, start, those in the room without a name, what the sides said of it; on whose word
-- merged meetings and agreements rest; how repeated quotations drift.
ALTER TABLE meetings ADD COLUMN "length_planned" TEXT;
ALTER TABLE meetings ADD COLUMN "start" TEXT;
ALTER TABLE meetings ADD COLUMN "others" TEXT NOT NULL DEFAULT '[]';
ALTER TABLE meetings ADD COLUMN "readouts" TEXT NOT NULL DEFAULT '[]';
ALTER TABLE merged_meetings ADD COLUMN "length_planned" TEXT;
ALTER TABLE merged_meetings ADD COLUMN "start" TEXT;
ALTER TABLE merged_meetings ADD COLUMN "others" TEXT NOT NULL DEFAULT '[]';
ALTER TABLE merged_meetings ADD COLUMN "readouts" TEXT NOT NULL DEFAULT '[]';
ALTER TABLE merged_meetings ADD COLUMN "told_by" TEXT NOT NULL DEFAULT '[]';
ALTER TABLE merged_agreements ADD COLUMN "told_by" TEXT NOT NULL DEFAULT '[]';
ALTER TABLE same_quotes ADD COLUMN "drift" TEXT;
