package io.isospin.cli.output;

import java.util.ArrayList;
import java.util.List;

/** A table drawn with {@code +}, {@code -} and {@code |}. A cell may have several lines. */
public final class Table {
    private final List<String> columns;
    private final List<Boolean> right;
    private final List<List<List<String>>> rows = new ArrayList<>();

    /** @param right which columns have their text at the right */
    public Table(List<String> columns, List<Boolean> right) {
        this.columns = columns;
        this.right = right;
    }

    public void add(List<String> cells) {
        rows.add(cells.stream().map(cell -> List.of(cell.split("\n", -1))).toList());
    }

    /**
     * The table, its columns cut down by wrapping where it would be wider than {@code width}, none narrower than
     * {@code least}.
     *
     * @param width columns of the terminal, or 0 for any
     */
    public String draw(int width, int least) {
        var natural = widths(rows);
        var limits = width > 0 && total(natural) > width ? limits(natural, width, least) : natural;
        var wrapped = rows.stream()
                .map(row -> {
                    var cells = new ArrayList<List<String>>();
                    for (int i = 0; i < row.size(); i++) {
                        int limit = limits.get(i);
                        cells.add(row.get(i).stream()
                                .flatMap(line -> Wrap.lines(line, limit).stream())
                                .toList());
                    }
                    return (List<List<String>>) cells;
                })
                .toList();
        return draw(wrapped, cappedWidths(wrapped, limits, natural));
    }

    private String draw(List<List<List<String>>> rows, List<Integer> widths) {
        var rule = new StringBuilder("+");
        widths.forEach(width -> rule.repeat('-', width + 2).append('+'));
        if (widths.isEmpty()) {
            rule.append('+');
        }
        rule.append('\n');
        var text = new StringBuilder(rule);
        line(text, columns, widths, true);
        text.append(rule);
        for (var row : rows) {
            int height = row.stream().mapToInt(List::size).max().orElse(1);
            for (int i = 0; i < height; i++) {
                int at = i;
                line(
                        text,
                        row.stream()
                                .map(cell -> at < cell.size() ? cell.get(at) : "")
                                .toList(),
                        widths,
                        false);
            }
        }
        return text.append(rule).toString();
    }

    private void line(StringBuilder text, List<String> cells, List<Integer> widths, boolean head) {
        text.append('|');
        for (int i = 0; i < widths.size(); i++) {
            int space = Math.max(0, widths.get(i) - Width.of(cells.get(i)));
            boolean pushed = right.get(i);
            text.append(' ').repeat(' ', pushed ? space : 0);
            text.append(cells.get(i)).repeat(' ', pushed ? 0 : space).append(" |");
        }
        text.append(head && widths.isEmpty() ? "|\n" : "\n");
    }

    private List<Integer> widths(List<List<List<String>>> rows) {
        var widths = new ArrayList<Integer>();
        for (int i = 0; i < columns.size(); i++) {
            int width = Width.of(columns.get(i));
            for (var row : rows) {
                for (var line : row.get(i)) {
                    width = Math.max(width, Width.of(line));
                }
            }
            widths.add(width);
        }
        return widths;
    }

    /** A column that was cut keeps its limit as its width, even where wrapping left its lines shorter. */
    private List<Integer> cappedWidths(List<List<List<String>>> wrapped, List<Integer> limits, List<Integer> natural) {
        var actual = new ArrayList<>(widths(wrapped));
        for (int i = 0; i < actual.size(); i++) {
            if (limits.get(i) < natural.get(i)) {
                actual.set(i, Math.max(limits.get(i), Width.of(columns.get(i))));
            }
        }
        return actual;
    }

    private static int total(List<Integer> widths) {
        return widths.stream().mapToInt(width -> width + 3).sum() + 1;
    }

    /** Columns wider than an equal share give up what is too much, in equal parts; the last one takes the remainder. */
    private static List<Integer> limits(List<Integer> natural, int width, int least) {
        int usable = Math.max(0, width - 1 - 3 * natural.size());
        int share = usable / natural.size();
        var wide = new ArrayList<Integer>();
        int left = usable;
        for (int i = 0; i < natural.size(); i++) {
            if (natural.get(i) > share) {
                wide.add(i);
            } else {
                left -= natural.get(i);
            }
        }
        var limits = new ArrayList<>(natural);
        int part = left / wide.size();
        for (var column : wide.subList(0, wide.size() - 1)) {
            limits.set(column, Math.max(least, part));
            left -= part;
        }
        limits.set(wide.getLast(), Math.max(least, left));
        return limits;
    }
}
