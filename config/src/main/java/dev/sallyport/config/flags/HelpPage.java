package dev.sallyport.config.flags;

import java.util.ArrayList;
import java.util.List;

/** Prints flags for people: in named sections on a terminal, and as a Markdown page. */
public final class HelpPage {
  private static final int WIDTH = 100;
  private static final int INDENT = 14;

  private HelpPage() {}

  /** The sections as kube-apiserver's help has them, 100 columns wide. */
  public static String text(FlagTable table) {
    StringBuilder out = new StringBuilder();
    for (FlagSection section : table.sections()) {
      out.append('\n').append(section.title()).append(" flags:\n\n");
      for (Flag<?> flag : section.flags()) {
        out.append("  ").append(synopsis(flag)).append('\n');
        for (String line : wrap(flag.help() + defaultNote(flag), WIDTH - INDENT)) {
          out.append(" ".repeat(INDENT)).append(line).append('\n');
        }
      }
    }
    return out.toString();
  }

  /** One table for each section. */
  public static String markdown(FlagTable table) {
    StringBuilder out = new StringBuilder();
    for (FlagSection section : table.sections()) {
      out.append("\n## ").append(section.title()).append(" flags\n\n");
      out.append("| flag | default | what it does |\n| --- | --- | --- |\n");
      for (Flag<?> flag : section.flags()) {
        String byDefault = flag.defaultText().isEmpty() ? "" : "`" + flag.defaultText() + "`";
        out.append("| `").append(synopsis(flag).strip()).append("` | ").append(byDefault);
        out.append(" | ").append(flag.help().replace("|", "\\|")).append(" |\n");
      }
    }
    return out.toString();
  }

  private static String synopsis(Flag<?> flag) {
    String letter = flag.shorthand() == 0 ? "    " : "-" + flag.shorthand() + ", ";
    String label = flag.type().label().isEmpty() ? "" : " " + flag.type().label();
    return letter + "--" + flag.name() + label;
  }

  private static String defaultNote(Flag<?> flag) {
    boolean silent = flag.defaultText().isEmpty() || flag.defaultText().equals("false");
    return silent ? "" : " (default " + flag.defaultText() + ")";
  }

  private static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (line.length() > 0 && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
