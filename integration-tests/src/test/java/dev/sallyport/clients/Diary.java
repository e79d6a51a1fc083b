package dev.sallyport.clients;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an informer told of objects, by their names, and what cannot be true of it. One that was
 * deleted and made again while the connection was broken is told as an update. Any thread.
 */
final class Diary {
  private final boolean tellsAgain;
  private final Map<String, Long> alive = new HashMap<>();
  private final List<String> told = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();

  /**
   * @param tellsAgain whether a list after a broken watch is told as updates to what is known
   */
  Diary(boolean tellsAgain) {
    this.tellsAgain = tellsAgain;
  }

  synchronized void added(String name, String version) {
    note("added", name, version);
    if (alive.put(name, Long.parseLong(version)) != null) {
      wrong.add(name + " was added twice");
    }
  }

  synchronized void changed(String name, String version) {
    note("changed", name, version);
    long now = Long.parseLong(version);
    Long before = alive.put(name, now);
    if (before == null || (tellsAgain ? before > now : before >= now)) {
      wrong.add(name + " went from " + before + " to " + version);
    }
  }

  synchronized void deleted(String name) {
    told.add("deleted " + name);
    if (alive.remove(name) == null) {
      wrong.add(name + " was deleted twice");
    }
  }

  private void note(String what, String name, String version) {
    told.add(what + " " + name + " " + version);
  }

  /** Objects by name, each with its last version. */
  synchronized Map<String, Long> alive() {
    return Map.copyOf(alive);
  }

  synchronized List<String> told() {
    return List.copyOf(told);
  }

  synchronized List<String> wrong() {
    return List.copyOf(wrong);
  }
}
