-- The one row that every writing transaction holds until it commits: writers of all servers go one after the other,
-- and revisions are committed in the order in which they are handed out. Each writer changes it, by turn at least, so
-- that a Galera cluster, whose nodes do not share locks, refuses the later of two that overlap.
CREATE TABLE log_head (
    id       INTEGER NOT NULL PRIMARY KEY,
    revision BIGINT  NOT NULL,
    turn     BIGINT  NOT NULL
);
INSERT INTO log_head SELECT 1, COALESCE(max(revision), 0), 0 FROM changes;

-- Who has an address, whatever its subnet.
CREATE INDEX claims_by_item ON claims (item);
