-- Text compares byte by byte, as SQLite compares it, in these tables and in those of later migrations.
ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Documents hold whole resources; columns beside them exist for what SQL must decide or find by an index.
CREATE TABLE networks (
    id          VARCHAR(36)  NOT NULL PRIMARY KEY,
    project_id  VARCHAR(255) NOT NULL,
    name        VARCHAR(255) NOT NULL,
    shared      INTEGER      NOT NULL,
    is_external INTEGER      NOT NULL,
    doc         LONGTEXT NOT NULL
);
CREATE INDEX networks_by_project ON networks (project_id, id);
CREATE INDEX networks_by_name ON networks (name, id);
CREATE INDEX networks_by_shared ON networks (shared, id);
CREATE INDEX networks_by_external ON networks (is_external, id);

CREATE TABLE subnets (
    id         VARCHAR(36)  NOT NULL PRIMARY KEY,
    project_id VARCHAR(255) NOT NULL,
    name       VARCHAR(255) NOT NULL,
    network_id VARCHAR(36)  NOT NULL,
    doc        LONGTEXT NOT NULL
);
CREATE INDEX subnets_by_project ON subnets (project_id, id);
CREATE INDEX subnets_by_name ON subnets (name, id);
CREATE INDEX subnets_by_network ON subnets (network_id, id);

CREATE TABLE ports (
    id           VARCHAR(36)  NOT NULL PRIMARY KEY,
    project_id   VARCHAR(255) NOT NULL,
    name         VARCHAR(255) NOT NULL,
    network_id   VARCHAR(36)  NOT NULL,
    mac_address  VARCHAR(32)  NOT NULL,
    device_id    VARCHAR(255) NOT NULL,
    device_owner VARCHAR(255) NOT NULL,
    host_id      VARCHAR(255) NOT NULL,
    -- The provisioning blocks that keep the port from ACTIVE: L2, DHCP.
    awaited      VARCHAR(32)  NOT NULL DEFAULT '',
    doc          LONGTEXT NOT NULL
);
CREATE INDEX ports_by_project ON ports (project_id, id);
CREATE INDEX ports_by_name ON ports (name, id);
CREATE INDEX ports_by_network ON ports (network_id, host_id, id);
CREATE INDEX ports_by_owner ON ports (network_id, device_owner, id);
CREATE INDEX ports_by_device ON ports (device_id, id);
CREATE INDEX ports_by_host ON ports (host_id, id);
CREATE INDEX ports_by_mac ON ports (mac_address, id);

CREATE TABLE agents (
    id         VARCHAR(36)  NOT NULL PRIMARY KEY,
    agent_host VARCHAR(255) NOT NULL,
    agent_type VARCHAR(255) NOT NULL,
    doc        LONGTEXT NOT NULL
);
CREATE UNIQUE INDEX agents_by_host ON agents (agent_host, agent_type);

-- What may have one owner only: addresses of a subnet, MACs of a network, segments of a type.
CREATE TABLE claims (
    pool   VARCHAR(80)  NOT NULL,
    item   VARCHAR(64)  NOT NULL,
    owner  VARCHAR(64)  NOT NULL,
    -- 1 where the item came out of a free range, to which it returns.
    ranged INTEGER      NOT NULL,
    PRIMARY KEY (pool, item)
);
CREATE INDEX claims_by_owner ON claims (owner);

-- What a pool still has to offer, as closed ranges: finding one costs the same in an empty pool and in a full one.
CREATE TABLE free_ranges (
    pool       VARCHAR(80) NOT NULL,
    first_item VARCHAR(64) NOT NULL,
    last_item  VARCHAR(64) NOT NULL,
    PRIMARY KEY (pool, first_item)
);

-- Counted with the resources themselves, in the same transaction.
CREATE TABLE quota_usage (
    project_id VARCHAR(255) NOT NULL,
    resource   VARCHAR(64)  NOT NULL,
    used       INTEGER      NOT NULL,
    PRIMARY KEY (project_id, resource)
);

CREATE TABLE quota_limits (
    project_id VARCHAR(255) NOT NULL,
    resource   VARCHAR(64)  NOT NULL,
    max_count  INTEGER      NOT NULL,
    PRIMARY KEY (project_id, resource)
);

CREATE TABLE changes (
    revision    BIGINT      NOT NULL PRIMARY KEY,
    resource    VARCHAR(64) NOT NULL,
    resource_id VARCHAR(36) NOT NULL,
    kind        VARCHAR(8)  NOT NULL,
    detail      LONGTEXT NOT NULL
);

CREATE TABLE memory (
    name  VARCHAR(64)  NOT NULL PRIMARY KEY,
    value LONGTEXT NOT NULL
);
