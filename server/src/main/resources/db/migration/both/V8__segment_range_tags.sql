-- Segment ranges have tags, as all resources with Neutron's standard attributes.
UPDATE network_segment_ranges SET doc = json_set(doc, '$.tags', json_extract('[]', '$'));
