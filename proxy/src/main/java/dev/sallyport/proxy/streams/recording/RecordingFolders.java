package dev.sallyport.proxy.streams.recording;

import dev.sallyport.config.RecordingConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** All folders with recordings, each once however many recorders write to it. Thread safe. */
public final class RecordingFolders {

  /** A folder and how much is kept in it. */
  private record Kept(RecordingFolder folder, Retention retention) {}

  private final Executor background;
  private final Clock clock;
  private final Map<Path, Kept> folders = new ConcurrentHashMap<>();

  /**
   * @param background where old recordings are removed
   */
  public RecordingFolders(Executor background, Clock clock) {
    this.background = background;
    this.clock = clock;
  }

  /** From now on that much is kept, whatever was said of the folder before. */
  public void keep(RecordingConfig config) {
    kept(config.directory()).retention.keep(config.limits());
  }

  RecordingFolder at(Path directory) {
    return kept(directory).folder;
  }

  private Kept kept(Path directory) {
    return folders.computeIfAbsent(directory.toAbsolutePath().normalize(), this::make);
  }

  private Kept make(Path directory) {
    Set<Path> inProgress = ConcurrentHashMap.newKeySet();
    Retention retention = new Retention(directory, inProgress, background, clock);
    return new Kept(new RecordingFolder(directory, inProgress, retention::soon), retention);
  }
}
