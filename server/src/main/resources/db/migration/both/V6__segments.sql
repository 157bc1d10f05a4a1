-- How much each agent serves; the least loaded one is the first in the index.
ALTER TABLE agents ADD COLUMN agent_load INTEGER NOT NULL DEFAULT 0;
CREATE INDEX agents_by_load ON agents (agent_type, agent_load, id);

-- Which DHCP agents serve which networks. A seat without an agent is vacant.
CREATE TABLE dhcp_seats (
    id         VARCHAR(36) NOT NULL PRIMARY KEY,
    network_id VARCHAR(36) NOT NULL,
    agent_id   VARCHAR(36) NOT NULL,
    doc        ${document} NOT NULL
);
CREATE INDEX dhcp_seats_by_network ON dhcp_seats (network_id, agent_id);
CREATE INDEX dhcp_seats_by_agent ON dhcp_seats (agent_id, id);

-- Until now the DHCP port of a network alone said who serves it.
INSERT INTO dhcp_seats
SELECT ports.id, ports.network_id, agents.id,
    json_object('id', ports.id, 'network_id', ports.network_id, 'agent_id', agents.id)
FROM ports JOIN agents ON agents.agent_host = ports.host_id AND agents.agent_type = 'DHCP agent'
WHERE ports.device_owner = 'network:dhcp';
INSERT INTO dhcp_seats
SELECT networks.id, networks.id, '', json_object('id', networks.id, 'network_id', networks.id, 'agent_id', '')
FROM networks WHERE id IN (SELECT network_id FROM subnets) AND id NOT IN (SELECT network_id FROM dhcp_seats);
UPDATE agents SET agent_load = (SELECT count(*) FROM dhcp_seats WHERE agent_id = agents.id);

-- All agents that there are stand in Neutron's default zone.
UPDATE networks SET doc = json_set(doc,
    '$.availability_zone_hints', json_extract('[]', '$'),
    '$.availability_zones', json_extract('[]', '$'));
UPDATE networks SET doc = json_set(doc, '$.availability_zones', json_extract('["nova"]', '$'))
WHERE id IN (SELECT network_id FROM dhcp_seats WHERE agent_id > '');

-- A network has segments of its own; until now its document alone named the one that it had.
CREATE TABLE segments (
    id         VARCHAR(36) NOT NULL PRIMARY KEY,
    network_id VARCHAR(36) NOT NULL,
    doc        ${document} NOT NULL
);
CREATE INDEX segments_by_network ON segments (network_id, id);
INSERT INTO segments
SELECT id, id, json_object(
    'id', id,
    'network_id', id,
    'physical_network', json_extract(doc, '$."provider:physical_network"'),
    'network_type', json_extract(doc, '$."provider:network_type"'),
    'segmentation_id', json_extract(doc, '$."provider:segmentation_id"'),
    'name', NULL,
    'description', NULL,
    'created_at', json_extract(doc, '$.created_at'),
    'updated_at', json_extract(doc, '$.updated_at'),
    'revision_number', 1)
FROM networks;
-- Neither engine makes a JSON true in the other's words.
UPDATE networks SET doc = replace(json_set(doc, '$.l2_adjacency', '@true@'), '"@true@"', 'true');

ALTER TABLE subnets ADD COLUMN segment_id VARCHAR(36) NOT NULL DEFAULT '';
CREATE INDEX subnets_by_segment ON subnets (segment_id, id);
UPDATE subnets SET doc = json_set(doc, '$.segment_id', NULL);
UPDATE ports SET doc = replace(
    json_set(doc,
        '$.ip_allocation', 'immediate',
        '$.propagate_uplink_status', '@true@',
        '$.data_plane_status', NULL,
        '$.device_profile', NULL),
    '"@true@"', 'true');

-- The bindings of ports beside the active ones, which ports have themselves.
CREATE TABLE port_bindings (
    id      VARCHAR(36)  NOT NULL PRIMARY KEY,
    port_id VARCHAR(36)  NOT NULL,
    host_id VARCHAR(255) NOT NULL,
    doc     ${document} NOT NULL
);
CREATE INDEX port_bindings_by_port ON port_bindings (port_id, host_id);

CREATE TABLE network_segment_ranges (
    id           VARCHAR(36) NOT NULL PRIMARY KEY,
    network_type VARCHAR(32) NOT NULL,
    doc          ${document} NOT NULL
);
CREATE INDEX network_segment_ranges_by_type ON network_segment_ranges (network_type, id);
