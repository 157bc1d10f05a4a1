package io.isospin.server.policy;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** A rule, or a part of one, ready to be asked. What it says about no document in particular holds for every one. */
sealed interface Check
        permits Check.Always,
                Check.Not,
                Check.All,
                Check.Any,
                Check.Rule,
                Check.Role,
                Check.Known,
                Check.Literal,
                Owner,
                Field {
    Verdict of(Question question);

    /** The checks that it is made of. */
    default List<Check> parts() {
        return List.of();
    }

    /** {@code @} and {@code !}. */
    record Always(Verdict verdict) implements Check {
        static final Always YES = new Always(Verdict.YES);
        static final Always NO = new Always(Verdict.NO);

        @Override
        public Verdict of(Question question) {
            return verdict;
        }
    }

    record Not(Check check) implements Check {
        @Override
        public Verdict of(Question question) {
            return check.of(question).not();
        }

        @Override
        public List<Check> parts() {
            return List.of(check);
        }
    }

    record All(List<Check> parts) implements Check {
        @Override
        public Verdict of(Question question) {
            return first(parts, question, Verdict.NO, Verdict.YES);
        }
    }

    record Any(List<Check> parts) implements Check {
        @Override
        public Verdict of(Question question) {
            return first(parts, question, Verdict.YES, Verdict.NO);
        }
    }

    private static Verdict first(List<Check> parts, Question question, Verdict decisive, Verdict otherwise) {
        var verdict = otherwise;
        for (var part : parts) {
            var one = part.of(question);
            if (one == decisive) {
                return decisive;
            }
            verdict = one == Verdict.DEPENDS ? one : verdict;
        }
        return verdict;
    }

    /** {@code rule:NAME}: what another rule says. */
    record Rule(String name) implements Check {
        @Override
        public Verdict of(Question question) {
            return question.ask(name);
        }
    }

    /** {@code role:NAME}, in any case. */
    record Role(Template name) implements Check {
        @Override
        public Verdict of(Question question) {
            return filled(name, question, role -> question.caller().roles().contains(role.toLowerCase(Locale.ROOT)));
        }
    }

    /** {@code project_id:%(project_id)s}: what is known of the caller is what the text says. */
    record Known(String name, Template text) implements Check {
        @Override
        public Verdict of(Question question) {
            return filled(text, question, question.caller().values(name)::contains);
        }
    }

    /** {@code 'member':%(role)s}: a fixed text is what the template says. */
    record Literal(String value, Template text) implements Check {
        @Override
        public Verdict of(Question question) {
            return filled(text, question, value::equals);
        }
    }

    private static Verdict filled(Template template, Question question, Predicate<String> test) {
        var constant = template.constant();
        if (constant.isPresent()) {
            return Verdict.of(test.test(constant.get()));
        }
        var target = question.target();
        return target == null
                ? Verdict.DEPENDS
                : Verdict.of(template.fill(target).filter(test).isPresent());
    }
}
