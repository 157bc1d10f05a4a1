-- What agents see of their hosts' devices: a document for each network on a host, and one for the host itself.
CREATE TABLE wirings (
    id         VARCHAR(36)  NOT NULL PRIMARY KEY,
    host_id    VARCHAR(255) NOT NULL,
    network_id VARCHAR(36)  NOT NULL,
    doc        ${document} NOT NULL
);
CREATE INDEX wirings_by_host ON wirings (host_id, id);
CREATE INDEX wirings_by_network ON wirings (network_id, id);
