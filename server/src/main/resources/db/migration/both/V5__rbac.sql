-- What is shared with whom. The flags shared and router:external of a resource stand for entries for everyone.
CREATE TABLE rbac_policies (
    id            VARCHAR(36)  NOT NULL PRIMARY KEY,
    project_id    VARCHAR(255) NOT NULL,
    object_type   VARCHAR(64)  NOT NULL,
    object_id     VARCHAR(36)  NOT NULL,
    action        VARCHAR(64)  NOT NULL,
    target_tenant VARCHAR(255) NOT NULL,
    doc           ${document}  NOT NULL
);
CREATE UNIQUE INDEX rbac_policies_by_object ON rbac_policies (object_id, action, target_tenant);
CREATE INDEX rbac_policies_by_target ON rbac_policies (target_tenant, object_type, action, object_id);
CREATE INDEX rbac_policies_by_project ON rbac_policies (project_id, id);

-- Who uses a shared network.
CREATE INDEX ports_by_user ON ports (network_id, project_id);

-- The entries that the flags stood for so far. An id made of the object's is as good as a random one.
INSERT INTO rbac_policies
SELECT id, project_id, 'network', id, 'access_as_shared', '*',
       json_object('id', id, 'object_type', 'network', 'object_id', id, 'target_tenant', '*',
                   'tenant_id', project_id, 'project_id', project_id, 'action', 'access_as_shared')
FROM networks WHERE shared = 1;
INSERT INTO rbac_policies
SELECT concat(substr(id, 29, 8), substr(id, 9, 20), substr(id, 1, 8)), project_id, 'network', id, 'access_as_external', '*',
       json_object('id', concat(substr(id, 29, 8), substr(id, 9, 20), substr(id, 1, 8)), 'object_type', 'network',
                   'object_id', id, 'target_tenant', '*', 'tenant_id', project_id, 'project_id', project_id,
                   'action', 'access_as_external')
FROM networks WHERE is_external = 1;
INSERT INTO rbac_policies
SELECT id, project_id, 'subnetpool', id, 'access_as_shared', '*',
       json_object('id', id, 'object_type', 'subnetpool', 'object_id', id, 'target_tenant', '*',
                   'tenant_id', project_id, 'project_id', project_id, 'action', 'access_as_shared')
FROM subnetpools WHERE shared = 1;
INSERT INTO rbac_policies
SELECT id, project_id, 'address_scope', id, 'access_as_shared', '*',
       json_object('id', id, 'object_type', 'address_scope', 'object_id', id, 'target_tenant', '*',
                   'tenant_id', project_id, 'project_id', project_id, 'action', 'access_as_shared')
FROM address_scopes WHERE shared = 1;
INSERT INTO quota_usage
SELECT project_id, 'rbac_policy', count(*) FROM rbac_policies GROUP BY project_id;
