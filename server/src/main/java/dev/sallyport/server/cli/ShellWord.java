package dev.sallyport.server.cli;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** A file's name as one word of a shell's line, from any folder. */
final class ShellWord {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+=,-]+");

  private ShellWord() {}

  static String of(Path file) {
    String text = file.toAbsolutePath().normalize().toString();
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
