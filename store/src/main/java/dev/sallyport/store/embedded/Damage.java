package dev.sallyport.store.embedded;

import dev.sallyport.store.StoreOpenException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is found wrong with the log while it is read. */
final class Damage {

  /** Names enough to see what was hit, in one line that can still be read. */
  private static final int MOST_NAMED = 10;

  private final Path file;
  private final List<String> faults = new ArrayList<>();
  private int found;

  Damage(Path file) {
    this.file = file;
  }

  boolean isNone() {
    return found == 0;
  }

  void add(Row row, String fault) {
    add("row " + row.revision() + " (" + printable(row.key().toString()) + ") " + fault);
  }

  void add(String fault) {
    if (found++ < MOST_NAMED) {
      faults.add(fault);
    }
  }

  /**
   * @throws StoreOpenException naming the faults, if any was found
   */
  void refuse() throws StoreOpenException {
    if (isNone()) {
      return;
    }
    String more = found > MOST_NAMED ? "; and " + (found - MOST_NAMED) + " more" : "";
    throw new StoreOpenException(
        StoreOpenException.Kind.DAMAGED,
        file,
        "is damaged: table log: " + String.join("; ", faults) + more,
        null);
  }

  /** A damaged key may hold anything, and the message is one line. */
  private static String printable(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    for (int i = 0; i < text.length() && i < 300; i++) {
      char c = text.charAt(i);
      printable.append(c < ' ' || c > '~' ? '?' : c);
    }
    return printable.toString();
  }
}
