package io.isospin.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Breaks a line at blanks, and a word that is too long at its last hyphen that fits, or where it must. */
final class Wrap {
    private Wrap() {}

    static List<String> lines(String text, int width) {
        if (Width.of(text) <= width) {
            return List.of(text);
        }
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : text.split(" ", -1)) {
            String left = word;
            while (true) {
                int room = width - Width.of(line.toString()) - (line.isEmpty() ? 0 : 1);
                if (Width.of(left) <= room) {
                    line.append(line.isEmpty() ? "" : " ").append(left);
                    break;
                }
                if (!line.isEmpty() && Width.of(left) <= width) {
                    lines.add(line.toString());
                    line.setLength(0);
                    continue;
                }
                int cut = room > 0 ? cut(left, room) : 0;
                if (cut > 0) {
                    lines.add((line.isEmpty() ? "" : line + " ") + left.substring(0, cut));
                    left = left.substring(cut);
                } else {
                    lines.add(line.toString());
                }
                line.setLength(0);
            }
        }
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }

    /** How many characters of the word go on a line of that room. */
    private static int cut(String word, int room) {
        int end = 0;
        while (end < word.length() && Width.of(word.substring(0, end + 1)) <= room) {
            end++;
        }
        int hyphen = word.lastIndexOf('-', end - 1);
        return hyphen > 0 ? hyphen + 1 : Math.max(end, 1);
    }
}
