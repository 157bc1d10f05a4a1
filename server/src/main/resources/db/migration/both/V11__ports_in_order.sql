-- A project's ports by name, and by MAC address without reading the ports.
CREATE INDEX ports_of_project ON ports (project_id, name, mac_address, id);
