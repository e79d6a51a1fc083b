package dev.sallyport.config;

import java.nio.file.Path;

/**
 * Where the objects are kept.
 *
 * @param dataDir the server's own folder: the engine's files, and what the first run makes. Made
 *     with mode 0700 when it is missing
 * @param engine what keeps them
 */
public record StorageConfig(Path dataDir, StorageEngine engine) {}
