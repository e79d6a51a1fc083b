package dev.sallyport.audit.log;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * Names of rotated files as operators know them from kube-apiserver's logger: the time in UTC
 * before the suffix.
 *
 * @param prefix of every name, with its dash
 * @param suffix of every name, with its dot, or ""
 */
record BackupName(String prefix, String suffix) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss.SSS", Locale.ROOT);

  static BackupName of(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot < 0
        ? new BackupName(name + "-", "")
        : new BackupName(name.substring(0, dot) + "-", name.substring(dot));
  }

  String at(Instant time) {
    return prefix + TIME.format(time.atOffset(ZoneOffset.UTC)) + suffix;
  }

  /** The time in a name; empty when it is none of ours. */
  Optional<Instant> time(String name) {
    if (!name.startsWith(prefix)
        || !name.endsWith(suffix)
        || name.length() <= prefix.length() + suffix.length()) {
      return Optional.empty();
    }
    String text = name.substring(prefix.length(), name.length() - suffix.length());
    try {
      return Optional.of(LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
