package dev.sallyport.config.options;

import static dev.sallyport.config.flags.ValueType.DURATION;
import static dev.sallyport.config.flags.ValueType.FILE;

import dev.sallyport.config.Faults;
import dev.sallyport.config.StorageConfig;
import dev.sallyport.config.StorageEngine;
import dev.sallyport.config.flags.Flag;
import dev.sallyport.config.flags.FlagSection;
import dev.sallyport.config.flags.ValueType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where the objects are kept. */
public final class StorageOptions {
  final FlagSection section = new FlagSection("Storage");

  private final Flag<Optional<Path>> dataDir = dataDir(section);
  private final Flag<StorageEngine> engine =
      section.flag(
          "storage-engine",
          ValueType.choice(StorageEngine.class, StorageEngine::flagValue),
          "embedded",
          "What keeps the objects: embedded (a database in the data directory, durable before a"
              + " write is acknowledged) or memory (gone with the process).");

  private final Flag<Duration> eventTtl =
      section.flag(
          "event-ttl", DURATION, "1h0m0s", "How long an Event is kept after its last write.");
  private final Flag<Duration> compactionInterval =
      section.flag(
          "etcd-compaction-interval",
          DURATION,
          "5m0s",
          "How long old revisions are kept at least, for watches and lists that go on from them;"
              + " twice as long at most. 0 for as long as their number allows.");

  StorageOptions() {}

  /** The flag that all commands with a data directory share. */
  public static Flag<Optional<Path>> dataDir(FlagSection section) {
    return section.flag(
        "data-dir",
        FILE,
        "./sallyport-data",
        "The server's own folder: the database and what the first start makes. One process at a"
            + " time.");
  }

  StorageConfig toConfig(Faults faults) {
    Optional<Path> folder = dataDir.read(faults);
    if (folder.isEmpty()) {
      faults.add(dataDir.label(), "", "a folder's name");
    }
    return new StorageConfig(
        folder.orElse(Path.of(".")),
        engine.read(faults),
        eventTtl.read(faults),
        compactionInterval.read(faults));
  }
}
