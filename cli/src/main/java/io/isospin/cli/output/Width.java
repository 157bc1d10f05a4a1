package io.isospin.cli.output;

/** How many columns of a terminal a text takes: Hangul, kana and ideographs take two, combining marks none. */
final class Width {
    private Width() {}

    static int of(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            width += of(text.codePointAt(i));
        }
        return width;
    }

    private static int of(int point) {
        if (point < 0x300) {
            return 1;
        }
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> isWide(point) ? 2 : 1;
        };
    }

    /** The wide and full-width blocks of Unicode's EastAsianWidth.txt. */
    private static boolean isWide(int point) {
        return between(point, 0x1100, 0x115f)
                || between(point, 0x2e80, 0x303e)
                || between(point, 0x3041, 0xa4cf)
                || between(point, 0xa960, 0xa97c)
                || between(point, 0xac00, 0xd7a3)
                || between(point, 0xf900, 0xfaff)
                || between(point, 0xfe30, 0xfe6f)
                || between(point, 0xff00, 0xff60)
                || between(point, 0xffe0, 0xffe6)
                || between(point, 0x1f300, 0x1f64f)
                || between(point, 0x1f900, 0x1f9ff)
                || between(point, 0x20000, 0x3fffd);
    }

    private static boolean between(int point, int first, int last) {
        return point >= first && point <= last;
    }
}
