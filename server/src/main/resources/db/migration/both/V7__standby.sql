-- What a binding beside a port's active one asks of its host.
DELETE FROM port_bindings WHERE port_id NOT IN (SELECT id FROM ports);
ALTER TABLE port_bindings ADD COLUMN network_id VARCHAR(36) NOT NULL DEFAULT '';
ALTER TABLE port_bindings ADD COLUMN vif_type VARCHAR(64) NOT NULL DEFAULT '';
UPDATE port_bindings SET
    network_id = (SELECT network_id FROM ports WHERE ports.id = port_bindings.port_id),
    vif_type = json_extract(doc, '$.vif_type');
UPDATE port_bindings SET
    doc = json_set(doc, '$.network_id', network_id),
    vif_type = replace(vif_type, '"', '');
CREATE INDEX port_bindings_by_network ON port_bindings (network_id, vif_type, host_id);
CREATE INDEX port_bindings_by_host ON port_bindings (host_id, vif_type, network_id);
