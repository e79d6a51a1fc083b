package dev.sallyport.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the objects are kept.
 *
 * @param dataDir the server's own folder: the engine's files, and what the first run makes. Made
 *     with mode 0700 when it is missing
 * @param engine what keeps them
 * @param eventTtl how long an Event is kept after its last write; zero for ever
 * @param compactionInterval history is kept for at least this long, and at most for twice as long;
 *     zero: however old it is
 */
public record StorageConfig(
    Path dataDir, StorageEngine engine, Duration eventTtl, Duration compactionInterval) {
  public StorageConfig {
    new Faults()
        .check(!eventTtl.isNegative(), "--event-ttl", eventTtl, "no negative time")
        .check(
            !compactionInterval.isNegative(),
            "--etcd-compaction-interval",
            compactionInterval,
            "no negative time")
        .throwIfAny();
  }
}
