package dev.sallyport.server.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Rows under each other, as kubectl and kubeadm print them. */
final class Columns {
  private static final int LEAST = 10;
  private static final int GAP = 3;

  private final List<List<String>> rows = new ArrayList<>();

  Columns row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  void print(PrintStream out) {
    List<Integer> widths = widths();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size() - 1; i++) {
        line.append(row.get(i)).append(" ".repeat(widths.get(i) - row.get(i).length()));
      }
      out.println(line.append(row.get(row.size() - 1)).toString().stripTrailing());
    }
  }

  private List<Integer> widths() {
    List<Integer> widths = new ArrayList<>();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        int width = Math.max(LEAST, row.get(i).length() + GAP);
        if (i == widths.size()) {
          widths.add(width);
        } else {
          widths.set(i, Math.max(widths.get(i), width));
        }
      }
    }
    return widths;
  }
}
