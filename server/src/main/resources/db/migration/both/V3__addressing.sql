-- Tags of any resource, beside its document, for filters.
CREATE TABLE tags (
    resource_id VARCHAR(36)  NOT NULL,
    tag         VARCHAR(255) NOT NULL,
    PRIMARY KEY (resource_id, tag)
);
CREATE INDEX tags_by_tag ON tags (tag, resource_id);

UPDATE networks SET doc = json_set(doc, '$.tags', json_extract('[]', '$'));
UPDATE subnets SET doc = json_set(doc, '$.tags', json_extract('[]', '$'));
UPDATE ports SET doc = json_set(doc, '$.tags', json_extract('[]', '$'));
