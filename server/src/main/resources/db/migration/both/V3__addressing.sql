-- Tags of any resource, beside its document, for filters.
CREATE TABLE tags (
    resource_id VARCHAR(36)  NOT NULL,
    tag         VARCHAR(255) NOT NULL,
    PRIMARY KEY (resource_id, tag)
);
CREATE INDEX tags_by_tag ON tags (tag, resource_id);

CREATE TABLE subnetpools (
    id               VARCHAR(36)  NOT NULL PRIMARY KEY,
    project_id       VARCHAR(255) NOT NULL,
    name             VARCHAR(255) NOT NULL,
    shared           INTEGER      NOT NULL,
    address_scope_id VARCHAR(36)  NOT NULL,
    doc              ${document}  NOT NULL
);
CREATE INDEX subnetpools_by_project ON subnetpools (project_id, id);
CREATE INDEX subnetpools_by_name ON subnetpools (name, id);
CREATE INDEX subnetpools_by_shared ON subnetpools (shared, id);
CREATE INDEX subnetpools_by_scope ON subnetpools (address_scope_id, id);

CREATE TABLE address_scopes (
    id         VARCHAR(36)  NOT NULL PRIMARY KEY,
    project_id VARCHAR(255) NOT NULL,
    name       VARCHAR(255) NOT NULL,
    shared     INTEGER      NOT NULL,
    doc        ${document}  NOT NULL
);
CREATE INDEX address_scopes_by_project ON address_scopes (project_id, id);
CREATE INDEX address_scopes_by_name ON address_scopes (name, id);
CREATE INDEX address_scopes_by_shared ON address_scopes (shared, id);

-- Sets of addresses as their largest prefixes: what a subnet pool has left, what an address scope's pools hold.
CREATE TABLE prefix_sets (
    name          VARCHAR(80) NOT NULL,
    first_item    VARCHAR(64) NOT NULL,
    prefix_length INTEGER     NOT NULL,
    PRIMARY KEY (name, first_item)
);
CREATE INDEX prefix_sets_by_length ON prefix_sets (name, prefix_length DESC, first_item);

-- How many subnets of each length a project has from a subnet pool, for the pool's quota.
CREATE TABLE prefix_usage (
    subnetpool_id VARCHAR(36)  NOT NULL,
    project_id    VARCHAR(255) NOT NULL,
    prefix_length INTEGER      NOT NULL,
    subnets       INTEGER      NOT NULL,
    PRIMARY KEY (subnetpool_id, project_id, prefix_length)
);

ALTER TABLE subnets ADD COLUMN subnetpool_id VARCHAR(36) NOT NULL DEFAULT '';
CREATE INDEX subnets_by_pool ON subnets (subnetpool_id, id);

UPDATE networks SET doc = json_set(doc, '$.dns_domain', '', '$.ipv4_address_scope', NULL, '$.ipv6_address_scope', NULL,
    '$.tags', json_extract('[]', '$'));
-- No function of both engines makes JSON's false; in a subnet the key stands once.
UPDATE subnets SET doc = replace(doc, '"created_at":', '"dns_publish_fixed_ip":false,"created_at":');
UPDATE subnets SET doc = json_set(doc, '$.service_types', json_extract('[]', '$'), '$.tags', json_extract('[]', '$'));
UPDATE ports SET doc = json_set(doc, '$.dns_name', '', '$.dns_domain', '', '$.dns_assignment', json_extract('[]', '$'),
    '$.tags', json_extract('[]', '$'));
