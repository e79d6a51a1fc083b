package dev.sallyport.config.options;

import static dev.sallyport.config.flags.ValueType.INT;
import static dev.sallyport.config.flags.ValueType.STRING;
import static dev.sallyport.config.flags.ValueType.SWITCH;

import dev.sallyport.config.AuditLogConfig;
import dev.sallyport.config.AuditMode;
import dev.sallyport.config.Faults;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.flags.Flag;
import dev.sallyport.config.flags.FlagSection;
import dev.sallyport.config.flags.ValueType;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The audit log; a part of the audit flags. */
final class AuditLogOptions {

  private static final String STANDARD_OUTPUT = "-";

  private final Flag<String> path;
  private final Flag<AuditLogConfig.Format> format;
  private final Flag<AuditMode> mode;
  private final Flag<String> version;
  private final Flag<Integer> maxSize;
  private final Flag<Integer> maxAge;
  private final Flag<Integer> maxBackups;
  private final Flag<Boolean> compressed;
  private final AuditBatchOptions batch;

  AuditLogOptions(FlagSection section) {
    path =
        section.flag(
            "audit-log-path",
            STRING,
            "",
            "File that events are appended to, one a line; - for standard output.");
    format =
        section.flag(
            "audit-log-format",
            ValueType.choice(
                AuditLogConfig.Format.class, value -> value.name().toLowerCase(Locale.ROOT)),
            "json",
            "The form of a line: json or legacy.");
    mode = section.flag("audit-log-mode", AuditOptions.MODE, "blocking", AuditOptions.MODE_HELP);
    version = AuditOptions.version(section, "audit-log-version");
    maxSize =
        section.flag(
            "audit-log-maxsize",
            INT,
            "0",
            "Megabytes after which the file is rotated; 0 for 100 of them.");
    maxAge = section.flag("audit-log-maxage", INT, "0", "Days to keep rotated files; 0 for ever.");
    maxBackups =
        section.flag("audit-log-maxbackup", INT, "0", "Rotated files to keep; 0 for all of them.");
    compressed =
        section.flag("audit-log-compress", SWITCH, "false", "Whether to gzip rotated files.");
    batch =
        new AuditBatchOptions(
            section, "audit-log-", new AuditBatchOptions.Defaults("1", "0s", "false", "0", "0"));
  }

  boolean given() {
    return !path.text().isEmpty();
  }

  Optional<AuditLogConfig> toConfig(Faults faults) {
    AuditOptions.checkVersion(version, faults);
    AuditLogConfig config =
        new AuditLogConfig(
            file(faults),
            format.read(faults),
            mode.read(faults),
            batch.batch(faults),
            batch.truncation(faults),
            maxSize.read(faults),
            maxAge.read(faults),
            maxBackups.read(faults),
            compressed.read(faults));
    return given() ? Optional.of(config) : Optional.empty();
  }

  /** Makes nothing: folders that are missing are made when the log is opened. */
  void checkFiles(GivenFiles files) {
    file(new Faults())
        .ifPresent(file -> files.check(path, file, "a file to append to", AuditLogOptions::append));
  }

  private static void append(Path file) throws InvalidFileException {
    if (Files.isDirectory(file)) {
      throw new InvalidFileException(file, "is a folder");
    }
    Path there = file.toAbsolutePath();
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    if (there == null || !(there.equals(file.toAbsolutePath()) || Files.isDirectory(there))) {
      throw new InvalidFileException(file, there + " is no folder");
    }
    if (!Files.isWritable(there)) {
      throw new InvalidFileException(file, "no right to write to " + there);
    }
  }

  private Optional<Path> file(Faults faults) {
    String text = path.read(faults);
    if (text.isEmpty() || text.equals(STANDARD_OUTPUT)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      faults.add(path.label(), text, "a file name, or - for standard output");
      return Optional.empty();
    }
  }
}
