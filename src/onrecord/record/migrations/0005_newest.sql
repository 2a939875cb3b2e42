-- Lists of the newest articles are read in their order instead of sorting every article.
CREATE INDEX articles_by_day ON articles("published_range_start" IS NULL, "published_range_start" DESC, "id");
