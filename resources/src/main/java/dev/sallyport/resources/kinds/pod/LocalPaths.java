package dev.sallyport.resources.kinds.pod;

import java.util.List;

/** Paths that must not lead out of the folder they are in. */
final class LocalPaths {

  private LocalPaths() {}

  /** Nothing in the path leads up. */
  static List<String> noBacksteps(String path) {
    int start = 0;
    while (start <= path.length()) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      if (path.substring(start, end).equals("..")) {
        return List.of("must not contain '..'");
      }
      start = end + 1;
    }
    return List.of();
  }

  /** A relative path that leads down only. */
  static List<String> descending(String path) {
    return path.startsWith("/") ? List.of("must be a relative path") : noBacksteps(path);
  }

  /** As {@link #descending}, without the names that a volume's own files have. */
  static List<String> unreserved(String path) {
    List<String> faults = descending(path);
    return faults.isEmpty() && path.startsWith("..") ? List.of("must not start with '..'") : faults;
  }
}
