package org.atelier.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.atelier.text.ControlCharacters;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;

/** A table whose columns are as wide as their widest cells; on a narrower terminal the widest columns are wrapped. */
public final class ResultTable {

    private static final int GAP = 2;

    /** Narrower columns would split words. */
    private static final int MIN_WIDTH = 10;

    private static final ColorScheme PLAIN = Help.defaultColorScheme(Ansi.OFF);

    private final List<List<String>> rows = new ArrayList<>();

    public ResultTable(String... titles) {
        rows.add(List.of(titles));
    }

    /** Adds a row of single-line cells, one for each title. */
    public void add(String... cells) {
        rows.add(Arrays.stream(cells).map(ControlCharacters::shown).toList());
    }

    public void print(Terminal terminal) {
        int[] widths = widths();
        if (terminal.outColumns() > 0) {
            narrow(widths, terminal.outColumns());
        }
        TextTable table = TextTable.forColumns(PLAIN, columns(widths));
        for (List<String> row : rows) {
            List<List<String>> wrapped = IntStream.range(0, widths.length)
                    .mapToObj(column -> lines(row.get(column), widths[column]))
                    .toList();
            int height = wrapped.stream().mapToInt(List::size).max().orElse(0);
            for (int line = 0; line < height; line++) {
                table.addRowValues(texts(wrapped, line));
            }
        }
        terminal.out().print(table);
    }

    private int[] widths() {
        return IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream()
                        .mapToInt(row -> text(row.get(column)).getCJKAdjustedLength())
                        .max()
                        .orElse(0))
                .toArray();
    }

    /** Narrows the widest column, of several the last, until all fit or all have the minimum width. */
    private static void narrow(int[] widths, int available) {
        while (Arrays.stream(widths).sum() + GAP * (widths.length - 1) > available) {
            int widest = widths.length - 1;
            for (int column = widest; column >= 0; column--) {
                widest = widths[column] > widths[widest] ? column : widest;
            }
            if (widths[widest] <= MIN_WIDTH) {
                return;
            }
            widths[widest]--;
        }
    }

    private static Column[] columns(int... widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(column -> new Column(
                        widths[column] + (column == 0 ? 0 : GAP), column == 0 ? 0 : GAP, Column.Overflow.WRAP))
                .toArray(Column[]::new);
    }

    /** Wraps a cell into lines, because picocli would align the next cell with the last line of a wrapped one. */
    private static List<String> lines(String cell, int width) {
        TextTable alone = TextTable.forColumns(PLAIN, columns(width));
        alone.indentWrappedLines = 0;
        alone.addRowValues(text(cell));
        return alone.toString().lines().toList();
    }

    private static Ansi.Text[] texts(List<List<String>> cells, int line) {
        return cells.stream()
                .map(lines -> text(line < lines.size() ? lines.get(line) : ""))
                .toArray(Ansi.Text[]::new);
    }

    /** Creates text without interpreting picocli's markup, which a prompt may contain. */
    private static Ansi.Text text(String plain) {
        return PLAIN.apply(plain, List.of());
    }
}
