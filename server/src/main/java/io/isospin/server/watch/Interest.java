package io.isospin.server.watch;

import io.isospin.core.schema.Resource;
import io.isospin.server.identity.Caller;
import io.isospin.server.store.Query.Condition;
import java.util.List;

/** Who watches what: those who are alike are told the same, found out once. */
record Interest(Resource resource, Caller caller, List<Condition> conditions, List<String> fields) {}
