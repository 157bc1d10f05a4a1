-- When each change was made and where it came from: a user's request, or the report of a host's agent. A server of an earlier
-- version that still writes leaves the defaults.
ALTER TABLE changes ADD COLUMN made_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE changes ADD COLUMN network_id VARCHAR(36) NOT NULL DEFAULT '';
ALTER TABLE changes ADD COLUMN host VARCHAR(255) NOT NULL DEFAULT '';
ALTER TABLE changes ADD COLUMN user_id VARCHAR(255) NOT NULL DEFAULT '';
ALTER TABLE changes ADD COLUMN user_name VARCHAR(255) NOT NULL DEFAULT '';
ALTER TABLE changes ADD COLUMN request_id VARCHAR(64) NOT NULL DEFAULT '';

-- The life of one document.
CREATE INDEX changes_by_object ON changes (resource_id, revision);
