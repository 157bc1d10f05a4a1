package io.isospin.server.policy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The rules in force, compiled.
 *
 * @param fallback the rule that stands for names that have none
 * @param files the names that policy files have
 * @param settings how far the old defaults count
 */
record Rules(Map<String, Check> checks, String fallback, Set<String> files, PolicySettings settings) {

    /** The defaults, with the rules of policy files in their place, each already compiled. */
    static Rules of(Map<String, Check> files, PolicySettings settings) {
        var checks = new HashMap<String, Check>();
        DefaultRules.get().forEach((name, rule) -> checks.put(name, rule.check(settings.enforceNewDefaults())));
        checks.putAll(files);
        return new Rules(Map.copyOf(checks), settings.defaultRule(), Set.copyOf(files.keySet()), settings);
    }

    /** The rule of a name, or the one for names that have none, or no. */
    Check named(String name) {
        var check = checks.get(name);
        return check != null ? check : checks.getOrDefault(fallback, Check.Always.NO);
    }

    boolean has(String name) {
        return checks.containsKey(name);
    }

    /** Whether a rule, and all that it names, are Neutron's own with the old ones counting. */
    boolean standard(String name) {
        return !settings.enforceNewDefaults()
                && reached(name, new HashSet<>()).stream().noneMatch(files::contains);
    }

    private Set<String> reached(String name, Set<String> seen) {
        if (seen.add(name)) {
            collect(named(name), seen);
        }
        return seen;
    }

    private void collect(Check check, Set<String> seen) {
        if (check instanceof Check.Rule(var other)) {
            reached(other, seen);
        }
        check.parts().forEach(part -> collect(part, seen));
    }

    /** @throws MalformedRule where a rule leads back to itself */
    void refuseCircles(String name) {
        refuseCircles(name, new HashSet<>());
    }

    private void refuseCircles(String name, Set<String> above) {
        if (!above.add(name)) {
            throw new MalformedRule("it leads back to itself by rule:" + name);
        }
        refuseCircles(named(name), above);
        above.remove(name);
    }

    private void refuseCircles(Check check, Set<String> above) {
        if (check instanceof Check.Rule(var other)) {
            refuseCircles(other, above);
        }
        check.parts().forEach(part -> refuseCircles(part, above));
    }
}
